#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# More of what goes wrong around a build: several at once, tools that misbehave, signals, surroundings. As tests/faults.bats.

bats_require_minimum_version 1.5.0
load faults/tree

# --- several at once ---

@test "two builds of one tree at once: the second waits, says so, and both give the bytes of one alone" {
	local go=$PWD/go first second
	(build BEFORE_GROW="touch '$PWD/here'; until [ -e '$go' ]; do sleep 0.1; done") 3>&- &
	first=$!
	until [ -e here ] || ! kill -0 "$first"; do sleep 0.02; done
	(cp log log.first; make -s -j2 -C "$TREE" target/install > log.second 2>&1) 3>&- &
	second=$!
	until grep -q 'another build (process [0-9]*) is at work in this tree; waiting' log.second || ! kill -0 "$second"; do
		sleep 0.02
	done
	touch go
	wait "$first"
	wait "$second"
	grep waiting log.second
	same one
	# and as it comes
	for i in 1 2 3; do
		rm -r "$TREE/bin" "$TREE/build_dir"
		build 3>&- &
		first=$!
		make -s -j2 -C "$TREE" target/install > log.second 2>&1 3>&- || { cat log.second; false; }
		wait "$first"
		same one
	done
}

@test "two builds of two trees at once: neither waits for the other" {
	local two=$PWD/two first
	# two farms of links to one tree: their image Makefiles stand in the same folder
	rm -r "$TREE"
	for farm in "$TREE" "$two"; do
		mkdir "$farm"
		ln -s "$ORIGINAL"/* "$farm/"
		rm "$farm/input"
		"$OWN" adopt "$farm" > /dev/null
	done
	cp "$ORIGINAL/one" "$TREE/input"
	cp "$ORIGINAL/two" "$two/input"
	# each is in the middle of a recipe when the other is
	(build BEFORE_GROW="touch '$PWD/here.1'; until [ -e '$PWD/here.2' ]; do sleep 0.1; done") 3>&- &
	first=$!
	(TREE=$two; cd "$two"; timeout 60 make -s -j2 -C "$two" target/install \
		BEFORE_GROW="touch '$OLDPWD/here.2'; until [ -e '$OLDPWD/here.1' ]; do sleep 0.1; done") > log.two 2>&1 || { cat log.two; false; }
	wait "$first"
	same one
	same two "$two/bin"
	! grep waiting log log.two || false
}

@test "-j1, -j2, -j16, -j, -O: the same bytes" {
	for option in -j1 -j2 -j16 -j -Otarget -Oline -Orecurse; do
		rm -rf "$TREE/bin" "$TREE/build_dir"
		build "$option" || { cat log; false; }
		same one
	done
}

@test "under make -j2 from above, two trees as two targets" {
	cp -a "$TREE" two
	cp two/two two/input
	printf '.PHONY: tree two\nall: tree two\ntree two: ; +$(MAKE) -s -C %s/$@ target/install\n' "$PWD" > above.mk
	make -s -j2 -f above.mk > log 2>&1 || { cat log; false; }
	same one
	same two two/bin
	! grep jobserver log || false
}

@test "a jobserver that is closed, or whose pipe is: what GNU make says and does" {
	printf 'all: a b c d\na b c d: ; @echo $@\n' > Makefile
	export MAKEFLAGS=' -j --jobserver-auth=8,9'
	for way in 'exec 8>&- 9>&-' 'exec 8</dev/null 9>/dev/null' 'exec 8<Makefile 9>/dev/null'; do
		bash -c "$way"' && exec timeout 20 make' > theirs 2>&1 || echo "$?" >> theirs
		bash -c "$way"' && exec timeout 20 "$OWN" make' > ours 2>&1 || echo "$?" >> ours
		diff <(sort theirs) <(sort ours)
	done
	unset MAKEFLAGS
	# the image stage without one, behind a recipe without +
	(MAKEFLAGS=' -j --jobserver-auth=8,9' JOBS='' stage 8>&- 9>&-) > log 2>&1
	grep -q "warning: jobserver unavailable: using -j1.  Add '+' to parent make rule." log
	same one
}

# --- tools that misbehave ---

@test "a tool that hangs: after the limit it is killed with all that it started; tool, target and line are named" {
	cat > Makefile <<'END'
tool:
	@echo half > $@
	@perl -e '$$SIG{TERM} = "IGNORE"; system("perl -e \"sleep 300\" & echo \$$! > children; exec perl -e \"sleep 301\""); sleep 302'
	@echo never
inside: ; @echo half > $@; sleep 303; echo never
loop: ; @while :; do :; done
script: ; @printf '#!/bin/sh\nsleep 304\n' > hang; chmod +x hang; ./hang | cat; echo never
shell: ; @shopt -s nullglob; perl -e 'sleep 305' & wait; echo never
piped: ; @perl -e 'sleep 306' | perl -e '$$x = <>; sleep 307' | cat; echo never
ignored:
	-@perl -e 'sleep 308'
	@echo goes on
function: ; @echo got $(shell perl -e 'sleep 309')
below: ; @$(MAKE) --no-print-directory script
quick: ; @sleep 1
END
	# numbers that no other run of this test has
	local n=$((30000 + RANDOM))
	sed -i "s/sleep 30/sleep $n/g" Makefile
	sed -i 's/^shell:/shell: SHELL = \/bin\/bash\n&/' Makefile
	# into a file: what would still run must not keep us waiting
	try() {
		status=0
		timeout 20 "$OWN" --timeout 1 make "$@" > out 2>&1 || status=$?
		output=$(cat out)
		echo "$* -> $status: $output"
		! grep -qx never out || false
	}
	try tool
	[ "$status" -eq 2 ]
	[[ $output == *'Makefile:3: *** tool: perl did not end within 1 second (IMAGEMK_TIMEOUT) and was stopped'*'make: *** [Makefile:3: tool] Killed'*"Deleting file 'tool'"* ]]
	[ ! -e tool ]
	ended "$(cat children)"
	try -k -j9 tool inside loop script shell piped ignored below
	[ "$status" -eq 2 ]
	[[ $output == *"Makefile:5: *** inside: 'echo half > inside; sleep ${n}3; echo never' did not end within 1 second"* ]]
	for goal in tool inside loop script shell piped; do
		[[ $output == *"*** $goal: "*" did not end within 1 second"* && $output == *": $goal] Killed"* ]]
	done
	[[ $output == *'ignored] Killed (ignored)'*'goes on'* && $output == *'make: *** ['*': below] Error 2'* ]]
	[ ! -e inside ]
	[ ! -e tool ]
	ended "$(cat children)"
	try function
	[ "$status" -eq 0 ]
	[[ $output == *"\$(shell perl -e 'sleep ${n}9'): perl did not end within 1 second"*'got' ]]
	# the limit is a line's, off by default, and a number
	IMAGEMK_TIMEOUT=5 run "$OWN" make quick
	[ "$status" -eq 0 ]
	run "$OWN" make inside --version
	for bad in x -1 1m; do
		IMAGEMK_TIMEOUT=$bad run "$OWN" make quick
		[ "$status" -eq 2 ]
		[[ $output == *"IMAGEMK_TIMEOUT=$bad: no number of seconds"* ]]
	done
	nobody_does "sleep $n[0-9]"
}

@test "a tool that hangs in an image stage: the report names it, bin/ has what was there, the next run is right" {
	build
	cp "$TREE/two" "$TREE/input"
	status=0
	IMAGEMK_TIMEOUT=2 build BEFORE_GROW='[ $$(notdir $$@) != c-kernel.bin ] || perl -e "sleep 310"' -k || status=$?
	cat log
	[ "$status" -eq 2 ]
	grep -q 'image.upstream.mk:[0-9]*: \*\*\* .*c-kernel.bin: perl did not end within 2 seconds' log
	cmp "$TREE/bin/a-sysupgrade.bin" "$RIGHT/two/a-sysupgrade.bin"
	cmp "$TREE/bin/c-sysupgrade.bin" "$RIGHT/one/c-sysupgrade.bin"
	[ ! -e "$TREE/build_dir/linux/c-kernel.bin" ]
	build
	same two
}

@test "a tool that writes 10 MB to standard error: all of it is there, little memory, a short report" {
	build > /dev/null
	export IMAGEMK_STATS=$PWD/stats
	build BEFORE_GROW='[ $(1) != a ] || perl -e "print STDERR q(0123456789abcde), qq(\n) for 1..655360"' -j1
	unset IMAGEMK_STATS
	[ "$(grep -c '^0123456789abcde$' log)" -eq 655360 ]
	same one
	[ "$(stat -c%s "$TREE/bin/build-report.json")" -lt 100000 ]
	cat stats
	case $OWN in *asan*) ;; *) [ "$(sed -n 's/.*peak memory \([0-9]*\).*/\1/p' stats)" -lt 65536 ] ;; esac
	# and when it fails behind that
	status=0
	build BEFORE_GROW='perl -e "print STDERR q(0123456789abcde), qq(\n) for 1..655360; exit 3"' -j1 || status=$?
	[ "$status" -eq 2 ]
	grep -q 'a-kernel.bin\] Error 3' log
	[ "$(stat -c%s "$TREE/bin/build-report.json")" -lt 100000 ]
}

@test "a tool that dies by a signal: GNU make's words and status, and what it leaves" {
	cat > Makefile <<'END'
all: plain shell pipe ignored
plain:
	@echo half > $@
	perl -e 'kill "SEGV", $$$$; sleep 9'
shell: ; @echo half > $@; perl -e 'kill "KILL", $$$$; sleep 9'; echo $$?
pipe: ; @perl -e 'kill "BUS", $$$$; sleep 9' | cat > $@
ignored: ; -@echo half > $@; exec perl -e 'kill "ABRT", $$$$; sleep 9'
END
	for options in '' -k '-k -Otarget'; do
		for way in make "$OWN make"; do
			rm -f plain shell pipe ignored
			# shellcheck disable=SC2086 # words
			(set +e; ulimit -c 0; $way -s $options; echo "status $?"; ls) > "out.${way##*/}" 2>&1
		done
		diff <(grep -v '^out' out.make | sort) <(grep -v '^out' "out.${OWN##*/} make" | sort)
	done
}

# --- signals ---

# stopped SIGNAL WAY: a build by WAY gets SIGNAL while a tool runs, as the terminal sends it (INT: to all) or kill does
# (TERM: to make alone). Says how it ended.
stopped() {
	rm -f tool.pid
	perl -e '
		my ($signal, @command) = @ARGV;
		my $pid = fork // die;
		if (!$pid) {
			setpgrp;
			$SIG{$_} = "DEFAULT" for qw(HUP INT QUIT TERM);
			exec @command;
		}
		for (1 .. 3000) { last if -s "tool.pid"; select undef, undef, undef, 0.01 }
		kill $signal, $signal eq "TERM" ? $pid : -$pid;
		waitpid $pid, 0;
		print "signal ", $? & 127, ", status ", $? >> 8, "\n";
	' "$1" make -s -j2 -C "$TREE" target/install "$2" BEFORE_GROW="echo half >> \$\$@; perl -e 'open F, q(>), q($PWD/tool.pid) and print F \$\$\$\$\$\$\$\$; close F; sleep 311'" 2> err
}

@test "SIGINT, SIGTERM and SIGHUP: children end, half-made files go, the exit status is GNU make's" {
	build
	for signal in INT TERM HUP; do
		for way in IMAGEMK=0 IMAGEMK=1; do
			# GNU make's handler may take the child that its main loop waits for: such a run says nothing
			for _ in 1 2 3 4 5 6 7 8 9; do
				cp "$TREE/two" "$TREE/input"
				stopped $signal $way > out
				grep -q 'No child processes' err || break
			done
			tail -n 1 out > "out.$way"
			cat out err
			# what the uppermost make does not wait for has a moment
			for _ in $(seq 100); do
				! nobody_does "$PWD/tool.pid" || break
				sleep 0.02
			done
			ended "$(cat tool.pid)"
			nobody_does "$PWD/tool.pid"
			no_scraps
			[ ! -e "$TREE/build_dir/linux/a-kernel.bin" ]
			whole
		done
		diff out.IMAGEMK=0 out.IMAGEMK=1
		build
		same two
		cp "$TREE/one" "$TREE/input"
		build
	done
}

# --- surroundings ---

@test "a clock in the past, and one that goes back between two runs" {
	command -v faketime > /dev/null || skip "faketime is not installed"
	local lib
	lib=$(faketime '2000-01-01 00:00:00' printenv LD_PRELOAD)
	# the processes see another time, files keep theirs
	past() { LD_PRELOAD=$lib FAKETIME="@$1" NO_FAKE_STAT=1 ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0 stage; }
	build
	cp "$TREE/two" "$TREE/input"
	(past '2001-02-03 04:05:06') > log 2>&1 || { cat log; false; }
	same two
	cp "$TREE/one" "$TREE/input"
	(past '1990-02-03 04:05:06') > log 2>&1 || { cat log; false; }
	same one
	# what GNU make says of files from the future
	printf 'all: old new\n\t@echo done\nold new: %%: %%.in ; @cp $< $@\n' > Makefile
	for way in make "$OWN make"; do
		rm -f old new
		touch -d '2002-02-03' old.in
		touch new.in Makefile
		# shellcheck disable=SC2086 # words
		LD_PRELOAD=$lib FAKETIME='@2001-02-03 04:05:06' NO_FAKE_STAT=1 ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0 \
			$way 2>&1 | sed 's/ [0-9.e+]* s in the future/ N s in the future/' > "out.${way##*/}"
	done
	grep -q 'Clock skew detected' out.make
	diff out.make "out.${OWN##*/} make"
}

@test "other locales: what GNU make makes there" {
	local locales=(C C.UTF-8 xx_XX.UTF-8)
	if command -v localedef > /dev/null && [ -e /usr/share/i18n/locales/tr_TR ]; then
		mkdir locale
		localedef -i tr_TR -f UTF-8 locale/tr_TR.UTF-8 2> /dev/null || :
		[ ! -d locale/tr_TR.UTF-8 ] || locales+=(tr_TR.UTF-8)
		export LOCPATH=$PWD/locale
	fi
	mkdir "$TREE/names"
	for name in b A a B 'ä' 'Ä' i 'ı' I 'İ' a1 A-2 .c _d; do echo "$name $RANDOM" > "$TREE/names/$name"; done
	# order, classes, cases, characters and bytes: a tree's top Makefile says C, as OpenWrt's does, whatever the user has
	local names='cd $(TOPDIR)/names; { ls; echo *; cat * | sort; cat * | sort -u -f; cat * | tr "[:lower:]" "[:upper:]"; cat * | sed "s/[[:alpha:]]/x/g;s/^./y/"; cat * | grep "^.. "; cat * | wc -m; echo [a-c]*; printf "%3s|%.1s\n" ä ä; } >> $$@; exit 0'
	for locale in "${locales[@]}"; do
		for way in IMAGEMK=0 IMAGEMK=1; do
			rm -rf "$TREE/bin" "$TREE/build_dir"
			LC_ALL=$locale LANG=$locale build $way BEFORE_GROW="$names" || { cat log; false; }
			rm -rf "bin.$way"
			cp -a "$TREE/bin" "bin.$way"
		done
		echo "$locale"
		! cmp -s bin.IMAGEMK=0/a-sysupgrade.bin "$RIGHT/one/a-sysupgrade.bin" || false
		diff -r -x build-report.json bin.IMAGEMK=0 bin.IMAGEMK=1
	done
}

@test "umask 077 and 002: modes as GNU make's" {
	modes() { (cd "$TREE" && find bin build_dir ! -name build-report.json ! -name .imagemk-state -printf '%p %m\n' | sort); }
	for umask in 077 002; do
		for way in IMAGEMK=0 IMAGEMK=1; do
			rm -rf "$TREE/bin" "$TREE/build_dir"
			(umask $umask; build $way)
			same one
			modes > "modes.$way"
		done
		diff modes.IMAGEMK=0 modes.IMAGEMK=1
	done
	grep -q 'a-sysupgrade.bin 664' modes.IMAGEMK=1
}

@test "a user who is not root" {
	[ "$(id -u)" -ne 0 ] && { build; same one; return; }
	command -v setpriv > /dev/null || skip "needs setpriv to become somebody else"
	# outside of folders that only root enters
	local open
	open=$(mktemp -d /tmp/imagemk-open.XXXXXX)
	chmod 755 "$open"
	cp "$OWN" "$open/imagemk"
	"$OWN" adopt --undo "$TREE" > /dev/null
	cp -a "$TREE" "$open/tree"
	chown -R 65534:65534 "$open/tree"
	user() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent "$@"; }
	user "$open/imagemk" adopt "$open/tree" > log 2>&1
	user make -s -j2 -C "$open/tree" target/install >> log 2>&1 || { cat log; false; }
	same one "$open/tree/bin"
	[ "$(find "$open/tree" ! -user 65534)" = '' ]
	# what is root's, he can't write: the path and the reason, nothing lost
	chown -R 0:0 "$open/tree/bin"
	run user make -s -C "$open/tree" target/install
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output == *"$open/tree/bin/"*"Permission denied"* ]]
	same one "$open/tree/bin"
	rm -rf "$open"
}

in_mounts_no_tmp() {
	# everything that is needed stands elsewhere; then /tmp is empty and can't be written
	mkdir -p room
	mount -t tmpfs -o size=200m tmpfs /mnt
	cp -a "$TREE" /mnt/tree
	cp -a "$RIGHT" /mnt/right
	cp "$OWN" /mnt/imagemk
	cd /mnt
	sed -i "s,^imagemk_program := .*or .wildcard.*,imagemk_program := /mnt/imagemk," tree/include/image.mk
	# what might want a scratch file: here-documents and -strings, /dev/fd, $(shell), a Makefile from a pipe
	printf '%s\n' 'SHELL = /bin/bash' .ONESHELL: 'all:' '\t@cat <<E' '\tone' '\tE' '\techo two | perl -ne print' \
		'\tsort <<< three; cat <(echo $(shell echo four | cat))' | sed 's/\\t/\t/' > Makefile
	make > theirs
	mount -t tmpfs -o ro tmpfs /tmp
	if : 2> /dev/null > /tmp/x; then return 1; fi
	export TMPDIR=/nonexistent
	# GNU make 4.3 crashes there when it has -O
	for way in 'make -j2' '/mnt/imagemk make -j2 -Otarget'; do
		rm -rf tree/bin tree/build_dir
		$way -s -C tree target/install > log 2>&1 || { cat log; false; }
		diff -r -x build-report.json right/one tree/bin
	done
	/mnt/imagemk make > ours 2>&1
	/mnt/imagemk make -j2 -Oline > ours.2 2>&1
	diff theirs ours
	diff theirs ours.2
}

@test "no /tmp" {
	with_mounts in_mounts_no_tmp
}
