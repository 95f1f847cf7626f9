# SPDX-License-Identifier: GPL-2.0-only
# The make language and the graph: each tests/make/*.mk is run by GNU make and by imagemk.

setup()
{
	here=$(cd "$BATS_TEST_DIRNAME" && pwd)
	export IMAGEMK=${IMAGEMK:-$here/../build/imagemk}
	IMAGEMK=$(readlink -f "$IMAGEMK")
}

# cases PREFIX: every case of that name must agree
cases()
{
	"$here/run-case" "$here"/make/$1-*.mk
}

@test "make language: call" {
	cases call
}

@test "make language: cond" {
	cases cond
}

@test "make language: default" {
	cases default
}

@test "make language: define" {
	cases define
}

@test "make language: eval" {
	cases eval
}

@test "make language: expand" {
	cases expand
}

@test "make language: foreach" {
	cases foreach
}

@test "make language: func" {
	cases func
}

@test "make language: include" {
	cases include
}

@test "make language: load" {
	cases load
}

@test "make language: makefiles" {
	cases makefiles
}

@test "make language: posix" {
	cases posix
}

@test "make language: read" {
	cases read
}

@test "make language: shell" {
	cases shell
}

@test "make language: var" {
	cases var
}

@test "make language: vpath" {
	cases vpath
}

@test "make graph: goal" {
	cases goal
}

@test "make graph: job" {
	cases job
}

@test "make graph: opt" {
	cases opt
}

@test "make graph: pattern" {
	cases pattern
}

@test "make graph: recur" {
	cases recur
}

@test "make graph: recurse" {
	cases recurse
}

@test "make graph: remake" {
	cases remake
}

@test "make graph: rule" {
	cases rule
}

@test "make graph: scope" {
	cases scope
}

@test "make graph: search" {
	cases search
}

@test "make graph: second" {
	cases second
}

@test "make graph: special" {
	cases special
}

@test "source maps: each stretch of an expansion knows its line and the calls that led there" {
	"${B:-$here/../build}/test-make"
}

# both_links NAME COMMAND: COMMAND with a link NAME first in PATH, to GNU make and to imagemk in turn; the same output
# (standard output and errors together) and status
both_links()
{
	local side program

	mkdir -p "$BATS_TEST_TMPDIR/bin"
	for side in gnu own; do
		program=$IMAGEMK
		[ "$side" = own ] || program=$(command -v "${GNUMAKE:-make}")
		ln -sfn "$program" "$BATS_TEST_TMPDIR/bin/$1"
		(cd "$BATS_TEST_TMPDIR" && unset MAKELEVEL MAKEFLAGS MFLAGS && PATH=$BATS_TEST_TMPDIR/bin:$PATH \
			bash -c "$2" </dev/null || echo "status $?") >"$BATS_TEST_TMPDIR/$side" 2>&1
	done
	diff "$BATS_TEST_TMPDIR/gnu" "$BATS_TEST_TMPDIR/own"
}

@test "by a link: its name begins the messages, its path is MAKE" {
	printf 'all: ; @echo $(MAKE); $(MAKE) -f x.mk sub\nsub: ; ./none\n' >"$BATS_TEST_TMPDIR/x.mk"
	both_links gmake 'gmake -f x.mk; bin/gmake -f x.mk; "$PWD/bin/gmake" -f x.mk none'
	grep -q '^gmake\[1\]: ./none: No such file' "$BATS_TEST_TMPDIR/own"
	grep -q "^$BATS_TEST_TMPDIR/bin/gmake\$" "$BATS_TEST_TMPDIR/own"
}

@test "output that cannot be written: the message, status 1, the end by SIGPIPE" {
	[ -e /dev/full ] || skip "no /dev/full"
	printf 'all: ; echo one\n' >"$BATS_TEST_TMPDIR/x.mk"
	printf '$(info one)\n$(shell sleep .1)\n$(info two)\nall: ; @touch done\n' >"$BATS_TEST_TMPDIR/y.mk"
	both_links make 'for o in -n "-n -w" "-s -O" -q; do make -f x.mk $o >/dev/full; echo $?; done
		make -v >/dev/full; echo $?
		make -f y.mk | :; echo "${PIPESTATUS[0]}"; ls done'
	grep -q 'write error: stdout' "$BATS_TEST_TMPDIR/own"
	grep -q 141 "$BATS_TEST_TMPDIR/own"
}

@test "a remade makefile while another one is being made: no word of unfinished jobs" {
	printf '%s\n' 'all: ; @echo done $(A) $(B)' '-include 1.inc 2.inc' '1.inc: ; @echo A=1 >$@' \
		'2.inc: ; @sleep .2; echo B=2 >$@' >"$BATS_TEST_TMPDIR/x.mk"
	both_links make 'make -j2 -f x.mk; rm *.inc'
}

@test "a jobserver whose descriptors are closed is not there" {
	printf 'all: a b ; @echo $(MAKEFLAGS)\na b: ; @echo $@\n' >"$BATS_TEST_TMPDIR/x.mk"
	both_links make 'MAKEFLAGS=" --jobserver-auth=3,4 -j" make -f x.mk 3>&- 4>&- 5>&- 6>&-'
	grep -q 'jobserver unavailable' "$BATS_TEST_TMPDIR/own"
}

@test "few descriptors: a program's need no numbers beyond its own" {
	printf '%s\n' 'all: ; @echo one | perl -pe "s/one/two/"; ulimit -n' >"$BATS_TEST_TMPDIR/x.mk"
	both_links make 'ulimit -n 24; make -f x.mk'
	grep -q two "$BATS_TEST_TMPDIR/own"
}

@test "SIGTERM: half-made targets go, the message, the end by that signal" {
	# uname is a process: what was written before is on the disk then.
	printf '%s\n' 'half = echo half >$@; touch begun; uname >begun' '.PRECIOUS: p' \
		'a: ; @$(half); sleep 3; echo never' 'b: ; @$(half); nice sleep 3' \
		'p: ; @$(half); sleep 3' 's: ; @: $(shell uname >begun; sleep 3)' >"$BATS_TEST_TMPDIR/x.mk"
	both_links make 'go() { rm -f a b p begun; make -f x.mk $1 3>&- & until [ -s begun ]; do sleep .05; done
			sleep .2; kill $!; wait $!; echo "$* $?"; ls a b p; }
		for g in a b p s "-w a"; do go "$g"; done' 2>&1
	grep -q "^make: \*\*\* Deleting file 'a'" "$BATS_TEST_TMPDIR/own"
	grep -q '^b 143' "$BATS_TEST_TMPDIR/own"
}

@test "a signal: what a line makes of it itself is told, one that may fail, a trap; status 1 after SIGQUIT" {
	# No line ends by itself: it waits for the signal, or for "sent", which comes once make has taken its signal
	# (it is pending no more). A line of a second's length was over before the signal on a machine that stalled.
	printf '%s\n' 'half = echo half >$@' 'begin = uname >begun' \
		"lasting = nice perl -e 'system q(\$(begin)); select undef, undef, undef, .02 until -e q(sent); exit shift'" \
		't: ; @$(half); trap "echo trapped >said; exit 3" TERM; $(begin); while :; do sleep .2; done' \
		'i: ; @$(half)' '	-@nice sh -c "$(begin); exec sleep 20"' '	@echo never' \
		'g q: ; @$(half)' '	@$(lasting) 0' '	@echo never' \
		'e: ; @$(half)' '	@$(lasting) 5' >"$BATS_TEST_TMPDIR/x.mk"
	both_links make 'go() { exec 2>/dev/null; rm -rf $1; mkdir $1; cd $1
			perl -e "\$SIG{\$_} = \"DEFAULT\" for qw(HUP QUIT); exec @ARGV" make -f ../x.mk $1 >out 2>&1 3>&- &
			until [ -s begun ]; do sleep .05; done
			kill -$2 $!
			while grep -q "ShdPnd.*[1-9a-f].\{0,3\}$" /proc/$!/status; do sleep .02; done
			>sent; wait $!; echo "$* $?" >>out; ls >>out; }
		(go t TERM) & (go i TERM) & (go g HUP) & (go e HUP) & (go q QUIT) & wait
		cat [tigeq]/out t/said'
	grep -q 'i. Terminated (ignored)' "$BATS_TEST_TMPDIR/own"
	grep -q '^trapped' "$BATS_TEST_TMPDIR/own"
	grep -q '^q QUIT 1' "$BATS_TEST_TMPDIR/own"
	[ "$(grep -c '^make: \*\*\* Deleting' "$BATS_TEST_TMPDIR/own")" -eq 5 ]
}

# most_at_once N ABOVE BELOW: how many recipes of makes BELOW run at once when ABOVE has -jN. Each recipe goes on once
# there were N of them, and a moment later, so that one too many is seen.
most_at_once()
{
	cat >leaf.pl <<'PERL'
sub most {
	my ($now, $most) = (0, 0);
	open my $in, "<", "log" or die;
	for (split //, join "", <$in>) {
		$now += $_ eq "+" ? 1 : -1;
		$most = $now if $now > $most;
	}
	return $most;
}
my ($n) = @ARGV or print(most(), "\n"), exit;
open my $log, ">>", "log" or die;
syswrite $log, "+";
for (1 .. 400) {
	last if most() >= $n;
	select undef, undef, undef, 0.02;
}
select undef, undef, undef, 0.1;
syswrite $log, "-";
PERL
	printf 'all: a b\na b: ; +@$(below) -s -f leaf.mk\n' >top.mk
	printf 'all: 1 2 3\n1 2 3: ; @perl leaf.pl $(n)\n' >leaf.mk
	: >log
	$2 -s -j"$1" -f top.mk below="$3" n="$1" 3>&- || return 1
	[ "$(wc -c <log)" -eq 12 ] || return 1
	perl leaf.pl
}

@test "--version begins with the words that scripts look for, and says whose program it is" {
	# OpenWrt's scripts/feeds splits by blanks, buildroot takes the last number of the line
	run "$IMAGEMK" make --version
	[ "$status" -eq 0 ]
	read -r gnu make number rest <<<"${lines[0]}"
	[ "$gnu $make $number" = "GNU Make 4.3" ] && [[ $rest = *imagemk* && $rest != *[0-9]* ]]
}

@test "one jobserver for GNU make above and imagemk below, and the reverse: never more at once, and as many" {
	gnu=${GNUMAKE:-/usr/bin/make}
	"$gnu" --version 2>/dev/null | grep -q '^GNU Make 4\.[23]' || skip "no GNU make with a jobserver of pipes"
	cd "$BATS_TEST_TMPDIR"
	for n in 2 3; do
		[ "$(most_at_once $n "$gnu" "$IMAGEMK make")" = $n ]
		[ "$(most_at_once $n "$IMAGEMK make" "$gnu")" = $n ]
		[ "$(most_at_once $n "$IMAGEMK make" "$IMAGEMK make")" = $n ]
	done
}

@test "a target made a moment after its prerequisite is not older" {
	printf 'a: b ; @echo >$@\n' >"$BATS_TEST_TMPDIR/x.mk"
	cd "$BATS_TEST_TMPDIR"
	for i in $(seq 40); do
		echo >b
		"$IMAGEMK" make -s -f x.mk
		"$IMAGEMK" make -q -f x.mk
	done
}

@test "random makefiles, options and files of one seed" {
	"$here/../scripts/differential" make 100 fixed
}

@test "the random comparison notices a difference" {
	printf '#!/bin/sh\necho "make: other"\n' >"$BATS_TEST_TMPDIR/other"
	chmod 755 "$BATS_TEST_TMPDIR/other"
	IMAGEMK=$BATS_TEST_TMPDIR/other run "$here/../scripts/differential" make 2 fixed
	[ "$status" -eq 1 ]
	[[ $output = *"2 compared, 2 differ" ]]
}

@test "every case belongs to a group" {
	run comm -23 <(cd "$here/make" && printf '%s\n' *.mk | sed 's/-.*//' | sort -u) \
		<(sed -n 's/^\tcases //p' "$BATS_TEST_FILENAME" | sort)
	echo "of these groups no @test runs the cases: $output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "the comparison notices a difference" {
	printf '$(info $(MAKE_COMMAND))\nall:;@echo $$$$\n' >"$BATS_TEST_TMPDIR/x.mk"
	run "$here/run-case" "$BATS_TEST_TMPDIR/x.mk"
	[ "$status" -ne 0 ]
}
