#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Only what changed: which recipes run again, and that the bytes are those of a run of everything by GNU make.

load incremental/common

@test "nothing changed: nothing runs, no file is touched" {
	makefile <<-'E'
	TARGETS = out/a out/b
	out/a: FORCE
	>cat in other > $@
	out/b: out/a FORCE
	>./bin/tool out/a > $@
	E
	build TARGETS='out/a out/b'
	expect "out/a out/b"
	before=$(stat -c '%n %i %Y %Z' out/*)
	build TARGETS='out/a out/b'
	expect ""
	[ "$before" = "$(stat -c '%n %i %Y %Z' out/*)" ]
	same_as_make TARGETS='out/a out/b'
}

@test "a changed input runs what read it, and no more" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: FORCE
	>cat other > $@
	out/c: out/a out/b FORCE
	>cat out/a out/b > $@
	E
	build TARGETS=out/c
	echo ONE > in
	build TARGETS=out/c
	expect "out/a out/c"
	same_as_make TARGETS=out/c
}

@test "cpp: a header, one in a folder that is looked at earlier, such a folder" {
	command -v cpp >cpp || skip "no cpp"
	makefile <<-'E'
	out/a: FORCE
	>cpp -nostdinc -undef -x assembler-with-cpp -Ione -Itwo -Ithree -o $@ a.dts
	E
	mkdir one three
	echo '#include <b.h>' >a.dts
	echo three >three/b.h
	build TARGETS=out/a
	build TARGETS=out/a
	expect ""
	for change in 'echo 3 >three/b.h' 'echo one >one/b.h' 'rm one/b.h' 'mkdir two; echo two >two/b.h' 'echo "#include <b.h> // c" >a.dts'; do
		eval "$change"
		build TARGETS=out/a
		expect "out/a"
		same_as_make TARGETS=out/a
	done
	build TARGETS=out/a
	expect ""
}

@test "a new time with the same bytes runs nothing, but where the time counts" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: FORCE
	>cp -p in $@
	out/c: FORCE
	>stat -c %Y in > $@
	out/d: FORCE
	>if [ in -nt other ]; then echo newer; fi > $@
	E
	touch -d '2020-01-01' in
	build TARGETS='out/a out/b out/c out/d'
	touch -d '2021-01-01' in
	build TARGETS='out/a out/b out/c out/d'
	expect "out/b out/c out/d"
	same_as_make TARGETS='out/a out/b out/c out/d'
}

@test "a file replaced by an older one, or changed with its time kept, is seen" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	E
	build TARGETS=out/a
	echo ELD > old
	touch -d '2001-01-01' old
	mv old in
	build TARGETS=out/a
	expect "out/a"
	same_as_make TARGETS=out/a
	touch -r in ref
	printf 'xyz\n' > in
	touch -r ref in
	build TARGETS=out/a
	expect "out/a"
	same_as_make TARGETS=out/a
}

@test "outputs from the future, as after a clock that was ahead, hide nothing" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a
	>cat out/a > $@
	E
	build TARGETS=out/b
	touch -d '2050-01-01' out/a out/b
	echo ONE > in
	build TARGETS=out/b
	same_as_make TARGETS=out/b
	build TARGETS=out/b
	expect ""
}

@test "a tool that changed runs what it made, also a script, and one that PATH finds now" {
	makefile <<-'E'
	out/a: FORCE
	>./bin/tool in other > $@
	out/b: FORCE
	>./bin/script in other > $@
	out/c: FORCE
	>PATH=$(CURDIR)/first:$(CURDIR)/bin:$(PATH) script in > $@
	E
	mkdir first
	build TARGETS='out/a out/b out/c'
	cp /usr/bin/nl bin/tool
	build TARGETS='out/a out/b out/c'
	expect "out/a"
	printf '#!/bin/sh\ncat "$@" "$@"\n' > bin/script
	build TARGETS='out/a out/b out/c'
	expect "out/b out/c"
	printf '#!/bin/sh\necho first\n' > first/script
	chmod +x first/script
	build TARGETS='out/a out/b out/c'
	expect "out/c"
	same_as_make TARGETS='out/a out/b out/c'
}

@test "what a recipe read without make's knowing counts: a file, one that was not there, the names in a folder" {
	makefile <<-'E'
	out/a: FORCE
	>cat in hidden > $@
	out/b: FORCE
	>if [ -f maybe ]; then cat maybe; fi > $@
	out/c: FORCE
	>ls folder > $@
	out/d: FORCE
	>for f in folder/*; do echo $$f; done > $@
	E
	mkdir folder
	touch folder/x
	build TARGETS='out/a out/b out/c out/d'
	echo THREE > hidden
	build TARGETS='out/a out/b out/c out/d'
	expect "out/a"
	echo now > maybe
	build TARGETS='out/a out/b out/c out/d'
	expect "out/b"
	touch folder/y
	build TARGETS='out/a out/b out/c out/d'
	expect "out/c out/d"
	same_as_make TARGETS='out/a out/b out/c out/d'
}

@test "the same of processes, and of what they start" {
	makefile <<-'E'
	out/a: FORCE
	>./bin/tool hidden in > $@
	out/b: FORCE
	>python3 -c 'import os; print(sorted(os.listdir("folder")), os.path.exists("maybe"))' > $@
	out/c: FORCE
	>perl -e 'system("./bin/tool other > $@")'
	E
	mkdir folder
	build TARGETS='out/a out/b out/c'
	build TARGETS='out/a out/b out/c'
	expect ""
	echo THREE > hidden
	build TARGETS='out/a out/b out/c'
	expect "out/a"
	touch folder/new
	build TARGETS='out/a out/b out/c'
	expect "out/b"
	touch maybe
	build TARGETS='out/a out/b out/c'
	expect "out/b"
	echo TWO > other
	build TARGETS='out/a out/b out/c'
	expect "out/c"
	same_as_make TARGETS='out/a out/b out/c'
}

@test "an output that is gone, was changed or only touched is made again" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: FORCE
	>cat in > out/side; cat in > $@
	E
	build TARGETS='out/a out/b'
	rm out/a
	build TARGETS='out/a out/b'
	expect "out/a"
	echo other > out/side
	build TARGETS='out/a out/b'
	expect "out/b"
	touch -d '2020-02-02' out/a
	build TARGETS='out/a out/b'
	expect "out/a"
	chmod 600 out/b
	build TARGETS='out/a out/b'
	expect "out/b"
	same_as_make TARGETS='out/a out/b'
}

@test "one by-product of several recipes, with the same bytes" {
	makefile <<-'E'
	out/a out/b: FORCE
	>cat in in > out/side; cat out/side > $@
	E
	build TARGETS='out/a out/b'
	build TARGETS='out/a out/b'
	expect ""
	touch out/side
	build TARGETS='out/a out/b'
	expect ""
	echo other > out/side
	build TARGETS='out/a out/b'
	expect "out/a"
	same_as_make TARGETS='out/a out/b'
}

@test "a changed recipe, variable or environment runs what it is about" {
	makefile <<-'E'
	out/a: FORCE
	>echo $(X) > $@
	out/b: FORCE
	>cat in > $@
	E
	build TARGETS='out/a out/b' X=1
	build TARGETS='out/a out/b' X=1
	expect ""
	build TARGETS='out/a out/b' X=2
	expect "out/a out/b"	# X is exported, so it is in b's environment too
	sed -i 's/cat in/cat other/' Makefile
	build TARGETS='out/a out/b' X=2
	expect "out/b"
	same_as_make TARGETS='out/a out/b' X=2
}

@test "-B and IMAGEMK_INCREMENTAL=0 run everything" {
	makefile <<-'E'
	out/a: FORCE
	>@echo ran; cat in > $@
	E
	build TARGETS=out/a
	[[ $said == *ran* ]]
	build TARGETS=out/a
	[[ $said != *ran* ]]
	build -B TARGETS=out/a
	[[ $said == *ran* ]]
	export IMAGEMK_INCREMENTAL=0
	build TARGETS=out/a
	[[ $said == *ran* ]]
}

@test "what failed, asked a clock or its own number, or left no target runs again" {
	makefile <<-'E'
	out/a: FORCE
	>date +%s%N > $@
	out/b: FORCE
	>echo $$$$ > $@
	out/c: FORCE
	>-cat in > $@; false
	out/d: FORCE
	>cat in > $@; rm $@
	E
	build TARGETS='out/a out/b out/c'
	build TARGETS='out/a out/b out/c'
	expect "out/a out/b"
	build -k TARGETS=out/d
	echo late > out/d
	build -k TARGETS=out/d
	expect "out/d"
	[ ! -e out/d ]
}

@test "a run that fails ends as GNU make does, and what was made before stays known" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>cat missing > $@
	E
	status=0
	IMAGEMK_STATE=. "$IMAGEMK" make TARGETS=out/b > ours 2>&1 || status=$?
	[ "$status" = 2 ]
	touch missing
	build TARGETS=out/b
	expect "out/b"
	same_as_make TARGETS=out/b
}

@test "a recipe that only says something says it each time" {
	makefile <<-'E'
	out/a: hello
	>cat in > $@
	hello:
	>@echo hello from it; rm -f nothing
	.PHONY: hello
	E
	for i in 1 2 3; do
		build TARGETS=out/a
		[[ $said == *"hello from it"* ]]
	done
	expect "hello"
}

@test "another umask is another recipe" {
	makefile <<-'E'
	out/a: FORCE
	>rm -f $@; cat in > $@
	E
	build TARGETS=out/a
	(umask 077 && build TARGETS=out/a)
	[ "$(stat -c %a out/a)" = 600 ]
}

@test "what depends on a recipe that was left out is decided as if it had run" {
	# b is made anew because a is, and b reads what no rule names
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a
	>cat out/a hidden > $@
	E
	build TARGETS=out/b
	echo THREE > hidden
	build TARGETS=out/b
	expect "out/b"
	same_as_make TARGETS=out/b
}

@test "a folder that is emptied at the beginning of each run fills again" {
	makefile <<-'E'
	out/a: prepare FORCE
	>cat in > $@
	out/j/x: out/a
	>mkdir -p out/j; cat out/a other > $@
	prepare:
	>rm -rf out/j
	.PHONY: prepare
	E
	for j in 1 1 4 4; do
		build -j$j TARGETS=out/j/x
		same_as_make TARGETS=out/j/x
	done
	touch out/j/stale
	build TARGETS=out/j/x
	same_as_make TARGETS=out/j/x
}

@test "an output that a later recipe pads in place: both are left out, and made again when a hand or an input was at it" {
	makefile <<-'E'
	all: out/c
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>printf padding >> out/a; cat out/a other > $@
	out/c: out/b FORCE
	>./bin/tool out/a out/b > $@
	E
	build
	for edit in 'true' 'echo ONE > in' 'echo TWO > other' 'echo hand > out/a' 'rm out/a' 'cp out/a x; mv x out/a' \
			'rm out/b' 'echo hand > out/c' 'touch -d 2001-01-01 out/a' 'cp /usr/bin/nl bin/tool' 'chmod 600 out/a'; do
		build
		expect ""
		eval "$edit"
		build
		chmod 644 out/a
		same_as_make
		build
		build
	done
	# what was kept aside is no more, or has other bytes: then it is made anew
	echo broken > .imagemk-aside/*
	build
	expect "out/a out/b"
	rm -r .imagemk-aside
	build
	expect "out/a out/b"
	same_as_make
	build
	expect ""
}

@test "the same by processes, and with a recipe between that reads it as it was" {
	makefile <<-'E'
	all: out/d
	out/a: FORCE
	>./bin/script in > $@
	out/b: out/a FORCE
	>./bin/tool out/a hidden > $@
	out/c: out/b FORCE
	>python3 -c 'f = open("out/a", "r+"); f.write("X")'; ./bin/tool out/a > $@
	out/d: out/c FORCE
	>cp out/a $@; python3 -c 'import os; os.unlink("out/a"); open("out/a", "w").write("last\n")'
	E
	build
	build
	expect ""
	# b must have a as it was made, though the disk has what d left
	echo THREE > hidden
	build
	expect "out/b out/d"	# c makes the same of it
	same_as_make
	build
	expect ""
	echo ONE > in
	build
	same_as_make
	build
	expect ""
	same_as_make
}

@test "a function of make, or of the shell in a recipe, sees the file as it was at that point" {
	makefile <<-'E'
	all: out/c
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>@echo $(shell cat other; wc -c < out/a) $(realpath out/a) > $@
	out/c: out/b FORCE
	>printf padding >> out/a; cp out/a $@
	E
	for i in 1 2; do
		build
		build
		expect "out/c"	# its file was put back for the shell
		[ "$(cat out/b)" = "$(cat other) 4 $(pwd -P)/out/a" ]
		echo TWO > other
	done
}

@test "a recipe whose text writes what another one has read" {
	makefile <<-'E'
	include word.mk
	out/a: FORCE
	>cat state > $@
	out/b: FORCE
	>$(shell echo $(WORD) > state)cat state > $@
	out/c: FORCE
	>$(shell cp $(WORD) state)cat state > $@
	E
	echo none > state
	for b in out/b out/c; do
		for word in in in in other; do
			echo "WORD = $word" > word.mk
			build TARGETS="out/a $b"
		done
		expect "$b" # out/a had seen the same before
	done
	[ "$(cat out/a out/b out/c)" = "$(printf 'one\nother\ntwo')" ]
}

@test "a folder that each run empties and fills: nothing is written again, and what does not belong goes" {
	makefile <<-'E'
	all: out/j/x out/j/sub/y out/sum
	out/j/x out/j/sub/y: prepare FORCE
	>@mkdir -p $(shell dirname $@)
	>cat in > $@
	out/sum: out/j/x out/j/sub/y FORCE
	>cat out/j/* 2> /dev/null > $@; ls out/j out/j/sub >> $@
	prepare:
	>mkdir -p out
	>rm -rf out/j
	.PHONY: prepare
	E
	build
	build
	expect ""
	touch out/j/stale out/j/sub/stale
	mkdir out/j/folder
	touch out/j/folder/stale
	build
	same_as_make
	build
	expect ""
	rm out/j/x
	build
	same_as_make
	echo ONE > in
	build
	same_as_make
	rm -r out/j
	build
	same_as_make
	rm -r out/j
	echo file > out/j
	build
	same_as_make
	# the folder is filled no more
	sed -i 's/^all:.*/all: prepare/' Makefile
	build
	[ ! -e out/j ]
}

@test "what an emptied folder held is not there for make either" {
	makefile <<-'E'
	all: prepare out/j/x
	out/j/x:
	>mkdir -p out/j; cat in > $@
	prepare:
	>mkdir -p out; rm -rf out/j
	.PHONY: prepare
	E
	for i in 1 2 3; do
		build
		same_as_make
	done
	expect ""
	echo ONE > in
	build
	expect "out/j/x"
	same_as_make
}

@test "a file made anew by a second recipe in the same run" {
	makefile <<-'E'
	all: out/c
	out/a: FORCE
	>cat in > out/shared; cat out/shared > $@
	out/b: out/a FORCE
	>cat other > out/shared; cat out/shared out/a > $@
	out/c: out/b FORCE
	>cat out/shared > $@
	E
	build
	for edit in 'true' 'echo ONE > in' 'echo TWO > other' 'echo hand > out/shared' 'rm out/shared' 'echo two > other'; do
		build
		expect ""
		eval "$edit"
		build
		same_as_make
		build
	done
	expect ""
}

@test "killed anywhere between recipes that change one another's output" {
	makefile <<-'E'
	KILL = [ ! -e kill$(1) ] || python3 -c 'import os; os.kill(os.getppid(), 9)'
	all: out/c out/j/x
	prepare: ; mkdir -p out; rm -rf out/j
	out/a: prepare FORCE
	>./bin/script in > $@; $(call KILL,1)
	out/b: out/a FORCE
	>$(call KILL,2); printf padding >> out/a; cat out/a > $@; $(call KILL,3)
	out/c: out/b FORCE
	>$(call KILL,4); cat out/a > $@
	out/j/x: out/c FORCE
	>$(call KILL,5); mkdir -p out/j; cat in > $@
	.PHONY: prepare
	E
	build
	for edit in 'echo "new $n" > in' 'echo hand > out/a'; do
		for n in 1 2 3 4 5; do
			build
			expect ""
			touch "kill$n"
			eval "$edit"
			run env IMAGEMK_STATE=. "$IMAGEMK" make
			[ "$status" = 137 ]
			rm "kill$n"
			build
			same_as_make
			build
		done
	done
}

@test "an archive that is made anew is no input of its own recipe" {
	makefile <<-'E'
	out/a.tar: FORCE
	>rm -rf out/d; mkdir -p out/d; cp in out/d/in; tar --mtime=@1 -C out/d -cf $@ .
	E
	build TARGETS=out/a.tar
	expect out/a.tar
	build TARGETS=out/a.tar
	expect ""
	same_as_make TARGETS=out/a.tar
}

@test "a folder that a recipe wants, and found, is made again when it is gone" {
	makefile <<-'E'
	out/a: prepare FORCE
	>cat in > out/d/e/x; cp out/d/e/x $@
	prepare:
	>mkdir -p out/d out/d/e out/f
	.PHONY: prepare
	E
	mkdir -p out/d/e out/f
	build TARGETS=out/a
	build TARGETS=out/a
	expect ""
	rm -r out/d out/f
	build TARGETS=out/a
	[ -d out/f ]
	same_as_make TARGETS=out/a
}

@test "files below /dev/shm are as others; elsewhere below /dev, /proc and /sys a target runs each time, and this is said" {
	memory=$(mktemp -d -p /dev/shm) || skip 'no /dev/shm'
	makefile <<-E
	$memory/a: FORCE
	>cat $memory/in > \$@; echo log > out/log
	$memory/b: FORCE
	>./bin/tool $memory/in > \$@; echo log > out/blog
	/proc/none: FORCE
	>echo log > out/none
	E
	echo one > "$memory/in"
	build TARGETS="$memory/a $memory/b"
	build TARGETS="$memory/a $memory/b"
	expect ""
	rm "$memory/a" "$memory/b"
	build TARGETS="$memory/a $memory/b"
	expect "$memory/a $memory/b"
	echo two > "$memory/in"
	build TARGETS="$memory/a $memory/b"
	expect "$memory/a $memory/b"
	[ "$(cat "$memory/a")" = two ]
	rm -r "$memory"
	build TARGETS=/proc/none
	build TARGETS=/proc/none
	[[ $said == *"/proc/none runs: it always does: its file is below /dev, /proc or /sys"* ]]
}

@test "where the kernel watches for somebody else already, recipes that start processes run each time" {
	mkdir -p inner/out
	cp -a bin inner/
	echo src > inner/src
	printf 'all: out/t out/c out/q\nFORCE: ;\nout/t: FORCE\n\t./bin/tool src > $@\nout/c: FORCE\n\tcat src > $@\n' > inner/Makefile
	printf 'out/p: FORCE\n\tcat src > $@\nout/q: out/p FORCE\n\techo x >> out/p; cat out/p > $@\n' >> inner/Makefile
	makefile <<-'E'
	out/a: FORCE
	>env -u MAKEFLAGS IMAGEMK_STATE=. IMAGEMK_EXPLAIN=1 $(MAKE) -C inner > out/log 2>&1; cat inner/out/t > $@
	E
	build -B TARGETS=out/a
	build -B TARGETS=out/a
	cat out/log
	grep -q "out/t runs: it always does: a process, which can't be watched here" out/log
	run grep 'out/c runs' out/log
	[ "$status" = 1 ]
	grep -q "out/p runs" out/log	# nobody could say that a process looks at it
	[ "$(cat out/a)" = src ]
}

@test "makefiles that are remade are read again once" {
	makefile <<-'E'
	include out/inc.mk
	out/inc.mk: in
	>echo 'Y = y' > $@
	out/a: FORCE
	>echo $(Y) > $@
	E
	build TARGETS=out/a
	touch in
	build TARGETS=out/a
	same_as_make TARGETS=out/a
	touch in
	timeout 20 env IMAGEMK_STATE=. "$IMAGEMK" make TARGETS=out/a
}

@test "a state file that is cut, is nonsense or another program's costs time, not bytes" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: FORCE
	>cat other > $@
	E
	build TARGETS='out/a out/b'
	cp .imagemk-state whole
	for n in 0 1 50 200 400 600; do
		head -c $n whole > .imagemk-state
		build TARGETS='out/a out/b'
		build TARGETS='out/a out/b'
		expect ""
		same_as_make TARGETS='out/a out/b'
	done
	head -c 3000 /dev/urandom > .imagemk-state
	build TARGETS='out/a out/b'
	expect "out/a out/b"
	sed '1s/imagemk-state 2/imagemk-state 9/' whole > .imagemk-state
	build TARGETS='out/a out/b'
	expect "out/a out/b"
	# one letter of a digest
	sed -i '2s/ [0-9a-f]\{4\}/ 0123/' .imagemk-state
	echo ONE > in
	build TARGETS='out/a out/b'
	same_as_make TARGETS='out/a out/b'
}

@test "copies that are links of each other stay two files for processes and cp" {
	export IMAGEMK_LINKS=1
	head -c 300000 /dev/urandom > in
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>cp out/a $@
	out/c: out/b
	>cp out/b $@; python3 -c 'f = open("$@", "r+b"); f.write(b"changed")'
	E
	build TARGETS=out/c
	[ "$(stat -c %i out/a)" = "$(stat -c %i out/b)" ]
	[ "$(stat -c %i out/b)" != "$(stat -c %i out/c)" ]
	cmp in out/b
	same_as_make TARGETS=out/c
	rm .imagemk-state
	build TARGETS=out/c
	same_as_make TARGETS=out/c
}

@test "a copy in a folder that is packed is no link: programs tell by the count of names" {
	export IMAGEMK_LINKS=1
	head -c 300000 /dev/urandom > in
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>rm -rf out/d; mkdir out/d; cp out/a out/d/k; cp out/a out/d/l; python3 -c 'import os; print(os.stat("out/d/k").st_nlink)' > $@
	out/c: out/b
	>cp out/d/k $@
	E
	build TARGETS=out/c
	same_as_make TARGETS=out/c
	[ "$(cat out/b)" = 1 ]
	[ "$(stat -c %h out/d/l)" = 1 ]
}

@test "nothing to do: nothing is read or written down anew, also behind hard links and with what always runs" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: out/a FORCE
	>ln -f out/a $@
	out/none: FORCE
	>@grep nothing in > /dev/null || :
	E
	build TARGETS='out/a out/b out/none'
	before=$(stat -c '%i %s %z' .imagemk-state)
	build TARGETS='out/a out/b out/none'
	expect out/none
	[ "$(stat -c '%i %s %z' .imagemk-state)" = "$before" ]
}

# Where the file system keeps times by the tick of a clock; one that gives each change its own has no such moment.
@test "what is changed at the moment a run ends is seen by the next" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	E
	for i in {100..160}; do
		echo "$i" > in
		IMAGEMK_STATE=. "$IMAGEMK" make -s TARGETS=out/a && echo xxx 1<> out/a
		IMAGEMK_STATE=. "$IMAGEMK" make -s TARGETS=out/a
		[ "$(cat out/a)" = "$i" ]
	done
}

@test "two runs at once: one keeps the state, both make the same" {
	makefile <<-'E'
	out/a: FORCE
	>cat in > $@
	out/b: FORCE
	>./bin/tool in > $@
	E
	for i in 1 2 3; do
		IMAGEMK_STATE=. "$IMAGEMK" make -j2 TARGETS='out/a out/b' > /dev/null &
		IMAGEMK_STATE=. "$IMAGEMK" make -j2 TARGETS='out/a out/b' > /dev/null &
		wait
		same_as_make TARGETS='out/a out/b'
		echo "$i" >> in
	done
}

@test "random recipes and random edits: always the bytes of GNU make" {
	python3 "$BATS_TEST_DIRNAME/incremental/draw" --imagemk "$IMAGEMK" --cases "${INCREMENTAL_CASES:-6}" --seed 1 --folder "$W"
}

@test "where a name leads is no question of what is there: dd of= over something older" {
	makefile <<-'E'
	out/a: FORCE
	>dd if=in of=stg/x 2>/dev/null
	>cat in > $@
	E
	mkdir stg
	echo something longer > stg/x
	build TARGETS=out/a
	expect out/a
	build TARGETS=out/a
	expect ""
	ln -sf ../in stg/x
	build TARGETS=out/a
	expect out/a
}
