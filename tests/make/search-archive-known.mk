# A prerequisite in an archive that is there makes the archive known, and its time is looked at.
all: ; @$(MAKE) -s -p -f Makefile f.q 2>/dev/null | sed -n '/^lib.a:/,/updated/s/modified.*/modified/p'; :
%.q: lib.a(n.o) ; @:
%.q: ; @:
