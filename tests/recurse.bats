#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Makes in a make: which run in process, what they leave behind, how they are stopped. What they do is in
# tests/make/recurse-*.mk.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	IMAGEMK=$(readlink -f "${IMAGEMK:-$B/imagemk}")
	unset MAKEFLAGS MAKELEVEL
	cd "$BATS_TEST_TMPDIR" || return
	mkdir d
	cat >Makefile <<'MK'
ifeq ($(MAKELEVEL),0)
shapes:
	@$(MAKE) -s sub
	@cd d && $(MAKE) -s -f ../Makefile sub A="b c"
	@(cd d; $(MAKE) -s -f ../Makefile sub) > log 2>&1
	@run() { >/dev/null 2>&1 $(MAKE) -s "$$@" < /dev/null || { echo failed; false; }; } 8>&1 9>&2; run sub
	@for i in 1 2; do X=$$i $(MAKE) -s sub; done; umask 077; env Y=1 $(MAKE) -s sub | cat; x=$$($(MAKE) -s sub); echo "$$x"
	@echo '$(shell MAKELEVEL=1 $(MAKE) -s sub)'
closed: ; @$(MAKE) -s sub <&-
preload: ; @LD_LIBRARY_PATH=/nowhere $(MAKE) -s sub
background: ; @$(MAKE) -s sub & wait
limited: ; @ulimit -n 1024; $(MAKE) -s sub
checked: ; @_limit=`ulimit -n`; [ "$$_limit" = "unlimited" -o "$$_limit" -ge 1024 ] || ulimit -n 1024; $(MAKE) -s sub
loop: ; @for i in $$(seq $(N)); do $(MAKE) -s sub || exit; done
else
sub: ; @echo sub
endif
deeper: ; @$(MAKE) --no-print-directory deeper
MK
}

# started TEXT: the line of the statistics in $output for a process whose reason is TEXT
started() {
	grep -q "tool .*make.*: $1\$" <<<"$output"
}

@test "plain calls of make start no process and are counted" {
	run "$IMAGEMK" --stats make -s shapes
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"imagemk: 0 processes started"* ]]
	[[ $output == *"imagemk: 9 sub-makes in process"* ]]
}

@test "what asks for a process is one: --no-native, the environment, a closed descriptor, a limit, &" {
	run "$IMAGEMK" --stats --no-native make make closed
	started "not native"
	[[ $output == *"imagemk: 0 sub-makes in process"* ]]
	run env IMAGEMK_NATIVE=0 "$IMAGEMK" --stats make closed
	started "not native"
	run "$IMAGEMK" --stats make closed
	started "a closed descriptor"
	run "$IMAGEMK" --stats make preload
	started "another environment of the program"
	ulimit -n 2048
	run "$IMAGEMK" --stats make limited
	started "ulimit -n"
	[[ $output == *"imagemk: 1 processes started: 1 tools, 0 shells"* ]]
	run "$IMAGEMK" --stats make checked
	[[ $output == *"imagemk: 0 processes started"* ]]
	run "$IMAGEMK" --stats make background
	echo "$output"
	[[ $output == *"imagemk: 1 processes started: 0 tools, 1 shells"* ]]
}

@test "recursion without end ends, with a message and status 2" {
	run timeout 20 "$IMAGEMK" --stats make deeper
	echo "$output" | head -n 3
	[ "$status" -eq 2 ]
	[ "$(grep -c '\*\*\*' <<<"$output")" -eq 66 ]
	grep -q '^make\[65\]: \*\*\* more than 64 makes inside one another\.  Stop\.$' <<<"$output"
	grep -q '^make: \*\*\* \[Makefile:[0-9]*: deeper\] Error 2$' <<<"$output"
	[[ $output == *"imagemk: 64 sub-makes in process"* ]]
}

peak() {
	ASAN_OPTIONS=$ASAN_OPTIONS:quarantine_size_mb=1 "$IMAGEMK" --stats make -s loop N="$1" 2>&1 >/dev/null |
		sed -n 's/.*peak memory \([0-9]*\).*/\1/p'
}

@test "a thousand makes need no more memory than fifty" {
	few=$(peak 50)
	many=$(peak 1000)
	echo "$few KiB, then $many KiB"
	[ "$many" -lt $((few + few / 2 + 1024)) ]
}

# stop SIGNAL MAKE...: send it when the files half, top and low are there: to the group, TERM to make alone.
# Output on standard output, the status behind it.
stop() {
	rm -f top low ready
	perl -e '
		my ($signal, @make) = @ARGV;
		my $pid = fork // die;
		if (!$pid) {
			setpgrp;
			$SIG{$_} = "DEFAULT" for qw(HUP INT QUIT TERM);
			open STDERR, ">&STDOUT";
			exec @make;
		}
		for (1 .. 500) { last if -e "ready"; select undef, undef, undef, 0.01 }
		kill $signal, $signal eq "INT" ? -$pid : $pid;
		waitpid $pid, 0;
		print "signal ", $? & 127, ", status ", $? >> 8, "\n";
	' "$@"
	ls top low 2>/dev/null || :
}

@test "SIGINT and SIGTERM stop all levels, with GNU make's messages; what is half made goes" {
	cat >stop.mk <<'MK'
top: ; @$(MAKE) --no-print-directory -f stop.mk mid
mid: ; @$(MAKE) --no-print-directory -f stop.mk low
low: ; @echo half >$@; exec perl -e 'open F, ">ready"; close F; sleep 20'
MK
	for signal in INT TERM; do
		# GNU make's handler may take the child that its main loop waits for: such a run says nothing
		for _ in 1 2 3 4 5 6 7 8 9; do
			stop "$signal" make -f stop.mk >theirs
			grep -q 'No child processes' theirs || break
		done
		stop "$signal" "$IMAGEMK" make -f stop.mk >ours
		diff theirs ours
		stop "$signal" "$IMAGEMK" make -j2 -f stop.mk >ours
		diff theirs ours
	done
}

@test "a signal reaches what waits in process" {
	# What was written is on the disk before a sleep: the signal comes while the recipe runs.
	printf 'all: ; @$(MAKE) -s -f wait.mk low\nlow: ; @: >ready; sleep 20\n' >wait.mk
	SECONDS=0
	stop INT "$IMAGEMK" make -f wait.mk >out
	stop TERM "$IMAGEMK" make -j3 -f wait.mk >>out
	cat out
	[ "$SECONDS" -lt 10 ]
	grep -q '^signal 2,' out
	grep -q '^signal 15,' out
	[ "$(grep -c 'Interrupt$' out)" -eq 2 ]
}

@test "what one make has read the next ones know; a file that changed is read anew" {
	seq 3000 | sed 's/.*/V& := $(subst a,b,a&)/' >long.mk
	echo 'X := one' >part.mk
	cat >known.mk <<'MK'
sub = $(MAKE) -s -f sub.mk
all:
	@sleep 0.1; for i in 1 2 3 4 5; do $(sub) N=$$i; done
	@echo 'X := two' >part.mk; $(sub) N=6; echo 'X := 333' >part.mk; $(sub) N=7; cp -p part.mk old.mk
	@sleep 0.1; $(sub) N=8; echo 'X := six' >part.mk; touch -r old.mk part.mk; $(sub) N=9; $(sub) N=10
	@rm part.mk; $(sub) N=11; mkdir e; echo 'X := e' >e/part.mk; cp sub.mk long.mk e; $(MAKE) -s -C e -f sub.mk N=12
MK
	printf 'include long.mk\n-include part.mk\nall: ; @echo $(N) $(X) $(V3000) $(MAKEFILE_LIST)\n' >sub.mk
	make -s -f known.mk >theirs 2>&1
	rm -r e
	echo 'X := one' >part.mk
	"$IMAGEMK" --stats make -s -f known.mk >ours 2>stats
	cat stats
	diff theirs ours
	grep -q '^5 one b3000 sub.mk long.mk part.mk$' ours
	# long.mk at least: it is kept at the second reading, and known from the third to the eleventh
	[ "$(sed -n 's/.*in process, \([0-9]*\) makefiles known.*/\1/p' stats)" -ge 9 ]
}

@test "a file between two makes that was just written, rewritten at once, a hundred times" {
	cat >hundred.mk <<'MK'
all: ; @for i in $$(seq 100 199); do echo "X := $$i" >now.mk; $(MAKE) -s -f now.mk -f show.mk; done
MK
	echo 'all: ; @echo $(X)' >show.mk
	"$IMAGEMK" make -s -f hundred.mk >ours
	diff <(seq 100 199) ours
}

@test "sixty makes, four at a time, each with values of its own, every third one failing" {
	seq 500 | sed 's/.*/V& = $(N)-$(subst a,$(N),a&)/' >many.mk
	cat >par.mk <<'MK'
all: $(addprefix s,$(shell seq 60))
s%: ; @$(MAKE) -s -f one.mk N=$* go
MK
	cat >one.mk <<'MK'
include many.mk
ifneq ($(filter %0 %3 %6 %9,$(N)),)
$(foreach i,1 2 3,$(if $(filter 3,$i),$(error $(N) stops)))
endif
go: ; @echo $(V1) $(V500) $(origin i) >out.$(N)
MK
	make -k -f par.mk >theirs 2>&1 || :
	cat out.* >>theirs
	rm out.*
	"$IMAGEMK" make -j4 -k -f par.mk >ours 2>&1 || :
	cat out.* >>ours
	diff <(sort theirs) <(sort ours)
	[ "$(grep -c 'stops\.  Stop\.$' ours)" -eq 24 ]
}

@test "each text has a number of its own that is told, makes in a make are parents with numbers of their own" {
	cat >number.mk <<'MK'
all: ; @echo $$$$ $$PPID; ./script; mkdir d.$$$$
	@echo $$$$ $$PPID; mkdir d.$$$$
	@./script
	@echo $(shell echo $$$$; ./script) $$PPID
	@$(MAKE) -s -f number.mk sub; $(MAKE) -s -f number.mk sub
sub: ; @echo $$$$ $$PPID
	@echo $$$$ $$PPID
MK
	printf '#!/bin/sh\necho $$ $PPID\n' >script
	chmod +x script
	named='{ for (i = 1; i <= NF; i++) { if (!($i in n)) n[$i] = ++k; printf "%d ", n[$i] } print "" }'
	make -s -f number.mk | awk "$named" >theirs
	rmdir d.*
	"$IMAGEMK" --stats make -s -f number.mk 2>stats | awk "$named" >ours
	diff theirs ours
	grep 'imagemk: 0 processes started' stats
}

@test "who starts us may ignore that processes end" {
	printf 'all: ; @perl -e "exit 3"; echo $$?; echo $$$$ | tr -d 0-9\n' >ignored.mk
	(
		trap '' CHLD
		perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' "$IMAGEMK" make -f ignored.mk >ours
	)
	diff <(echo 3 && echo) ours
}
