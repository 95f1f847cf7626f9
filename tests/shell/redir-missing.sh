cat < /nonexistent/file; echo $?; echo x > /nonexistent/file; echo $?; echo y >> /nonexistent/d/f; echo $?
if cat < nofile; then echo yes; else echo no $?; fi
for i in 1; do echo $i; done > /nonexistent/x; echo $?
{ echo a; } > /nonexistent/y || echo failed
