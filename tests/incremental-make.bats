#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Only what changed, where a recipe calls make: that one runs in process, and all that it looks at and changes is told
# to the recipe's trace.

load incremental/common

# The makefile of the folder sub.
inner() {
	{
		echo '.RECIPEPREFIX = >'
		cat
	} > sub/Makefile
}

# out/a calls make in sub, out/b does in another folder; what is done to sub, by the command behind the expected
# targets, must not run out/b.
two_makes() {
	mkdir -p sub beside
	echo src > sub/src
	echo src > beside/src
	printf 'all: ; cat src > ../out/b\n' > beside/Makefile
	makefile <<-'E'
	all: out/a out/b
	out/a: FORCE
	>$(MAKE) -C sub
	out/b: FORCE
	>$(MAKE) -C beside
	E
}

# After the command in $2 exactly $1 runs, once.
after() {
	build
	build
	expect ""
	eval "$2"
	build
	expect "$1"
	same_as_make
	build
	expect ""
}

@test "a make in a recipe: left out as a whole, run again when its makefile or a file of it changed" {
	mkdir sub
	printf 'all: ../out/s\n../out/s: src\n\tcat src > $@\n' > sub/Makefile
	echo src > sub/src
	makefile <<-'E'
	out/a: FORCE
	>$(MAKE) -C sub; cat out/s > $@
	E
	build TARGETS=out/a
	build TARGETS=out/a
	build TARGETS=out/a
	expect ""
	echo SRC > sub/src
	build TARGETS=out/a
	expect "out/a"
	same_as_make TARGETS=out/a
	sed -i 's/cat src/cat src src/' sub/Makefile
	touch sub/src
	build TARGETS=out/a
	expect "out/a"
	same_as_make TARGETS=out/a
}

@test "a make in a recipe is no process" {
	two_makes
	inner <<-'E'
	all:
	>$(MAKE) -f deeper
	E
	printf 'all: ; ../bin/tool src > ../out/a\n' > sub/deeper
	IMAGEMK_STATS=$W/stats build
	expect "out/a out/b"
	sed -n 's/^ *[0-9]* \(.*\)/\1/p' "$W/stats" > started
	cat "$W/stats"
	! grep -q make started
	after out/a 'echo SRC > sub/src'
	after out/a 'cp bin/script bin/new; mv bin/new bin/tool'
	after out/a 'echo "all: ; cat src src > ../out/a" > sub/deeper'
	after out/b 'echo SRC > beside/src'
}

@test "what only the inner makefile finds: a header by wildcard, one that is gone, one along VPATH, an included file that was not there" {
	two_makes
	mkdir sub/include sub/far
	echo h > sub/include/a.h
	echo far > sub/far/v.c
	inner <<-'E'
	VPATH = near far
	-include maybe.mk
	HEADERS := $(wildcard include/*.h)
	all: ../out/a
	../out/a: $(HEADERS) v.c always
	>echo $(HEADERS) $(sort $(WORD)) > $@; cat $(HEADERS) $(filter %.c,$^) >> $@
	.PHONY: always
	E
	after out/a 'echo H > sub/include/a.h'
	after out/a 'echo b > sub/include/b.h'
	after out/a 'rm sub/include/a.h'
	after out/a 'mkdir sub/near; echo near > sub/near/v.c'
	after out/a 'echo "WORD = now" > sub/maybe.mk'
	after out/a 'rm sub/maybe.mk'
	after "" 'echo nobody > sub/other'
}

@test "what functions of the inner make look at: shell, file, realpath, a name that is there or not" {
	two_makes
	echo one > sub/by-shell
	echo one > sub/by-file
	echo one > sub/t1
	echo two > sub/t2
	ln -s t1 sub/link
	inner <<-'E'
	A := $(shell cat by-shell)
	B := $(file < by-file)
	C := $(notdir $(realpath link))
	D := $(if $(wildcard flag),there)
	all:
	>echo $A $B $C $D > ../out/a
	E
	after out/a 'echo two > sub/by-shell'
	after out/a 'echo two > sub/by-file'
	after out/a 'ln -sfn t2 sub/link'
	after out/a 'touch sub/flag'
	after out/a 'rm sub/flag'
	after "" 'echo TWO > sub/t2'
}

@test "the time of a prerequisite counts, and so do a rule that a new file makes possible and a member of an archive" {
	two_makes
	touch -d 2020-01-01 sub/old
	printf '!<arch>\n%-16s%-12s%-6s%-6s%-8s%-10s`\n' m/ 1000 0 0 644 0 > sub/lib.a
	inner <<-'E'
	all: ../out/a
	../out/a: src old lib.a(m) x.out always
	>cat src x.out > $@
	%.out: %.early
	>cat $< > $@
	%.out: %.late
	>cat $< > $@
	.PHONY: always
	E
	echo late > sub/x.late
	after out/a 'touch -d 2021-01-01 sub/old'
	after out/a 'echo LATE > sub/x.late'
	after out/a 'echo early > sub/x.early'
	after out/a 'sed -i "s/1000/2000/" sub/lib.a'
}

@test "the environment, and -C through a link that leads elsewhere" {
	two_makes
	mkdir real1 real2
	printf 'all: ; echo one $(E) > ../out/a\n' > real1/Makefile
	printf 'all: ; echo two $(E) > ../out/a\n' > real2/Makefile
	rm -rf sub
	ln -s real1 sub
	export E=x
	build
	build
	expect ""
	E=y
	build
	expect "out/a out/b" # each recipe has it
	same_as_make
	after out/a 'ln -sfn real2 sub'
}

@test "an inner make that asks a clock runs each time" {
	two_makes
	inner <<-'E'
	all: ; echo $(shell date +%N) > ../out/a
	E
	build
	build
	expect out/a
	inner <<-'E'
	all: ; date +%N > ../out/a
	E
	build
	build
	expect out/a
}

@test "what an inner make writes and removes is the recipe's" {
	two_makes
	inner <<-'E'
	all: ../out/a ../out/c
	../out/a: ../out/mid
	>cat ../out/mid > $@
	../out/mid: src
	>cat src > $@
	.INTERMEDIATE: ../out/mid
	../out/c: always
	>$(file > $@,$(shell cat src))
	always:
	E
	after out/a 'echo SRC > sub/src'
	[ ! -e out/mid ]
	after out/a 'echo by hand > out/c'
	after out/a 'rm out/a'
}
