# args: -t -k all bad cut
# A touched member gets the time that the archive has; what is no archive, or ends in the middle of a member's head, is none.
$(shell touch -d @1000000800 lib.a; touch -d @1000000900 in)
all: lib.a(m.o) ; +@cat lib.a
lib.a(m.o): in ; echo
bad: bad.a(m.o) ;
bad.a(m.o): ; echo
cut: cut.a(n.o) cut.a(m.o) ;
cut.a(n.o) cut.a(m.o): ; echo
in: ;
