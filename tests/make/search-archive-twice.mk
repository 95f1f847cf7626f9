# A member without a time is passed over when its time is looked for: one of the same name behind it counts.
lib.a(m.o): lib.a(n.o) ; @echo remade $@ '$%'
$(shell echo x > n.o; echo y > m.o)
$(shell printf '!<arch>\n%-16s%-12s0     0     644     %-10d`\nx\n%-16s%-12s0     0     644     %-10d`\nx\n%-16s%-12s0     0     644     %-10d`\ny\n' n.o/ 0 2 n.o/ 1000000100 2 m.o/ 1000000300 2 > lib.a)
lib.a(n.o): ;
