# Patterns match the members of archives; $(wildcard) has only the archive for each.
all: lib.a(*.o) lib.a(?.x) none.a(*.o)
	@echo '$^'
$(info [$(wildcard lib.a(*.o))] [$(wildcard l*.a(b.o))] [$(wildcard none.a(b.o))] [$(wildcard lib.a(none))])
lib.a(%):;@echo '$@ $%'
none.a(%):;@echo '$@ $%'
