touch f; mkdir d; ln -s f l; ln -s none broken; echo x > s; chmod 755 s
for t in -e -f -d -s -L -h -r -w -x -p -b -c -S -u -g; do for f in f d l broken s nofile /dev/null; do [ $t $f ]; echo "$t $f $?"; done; done
touch -d @1 old; [ f -nt old ]; echo $?; [ old -ot f ]; echo $?; [ f -ef l ]; echo $?; [ f -nt nofile ] ; [ -f "" ]; echo $?
