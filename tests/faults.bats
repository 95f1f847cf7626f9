#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What goes wrong around a build: kills, full disks, vanishing inputs, hanging tools. A small tree in OpenWrt's
# shape is built by GNU make (what is right) and, adopted, by imagemk; then by imagemk under each fault.
# FAULT_MOMENTS: how many kills (50 in a full run); FAULT_SIZES: how many disk sizes (20 in a full run).

bats_require_minimum_version 1.5.0

setup_file() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	OWN=$(readlink -f "${IMAGEMK:-$ROOT/build/imagemk}")
	export ROOT OWN LC_ALL=C
	unset MAKEFLAGS MAKELEVEL IMAGEMK IMAGEMK_STAGE IMAGEMK_TIMEOUT V
	# The sanitizers make the program some ten times slower.
	local slow=
	case $OWN in *asan*) slow=yes ;; esac
	export FAULT_MOMENTS=${FAULT_MOMENTS:-${slow:+4}} FAULT_SIZES=${FAULT_SIZES:-${slow:+3}}
	FAULT_MOMENTS=${FAULT_MOMENTS:-10} FAULT_SIZES=${FAULT_SIZES:-6}
	export ORIGINAL=$BATS_FILE_TMPDIR/original RIGHT=$BATS_FILE_TMPDIR/right
	write_tree "$ORIGINAL"
	# What GNU make makes of either input.
	mkdir "$RIGHT"
	for input in one two; do
		cp -a "$ORIGINAL" "$RIGHT/tree"
		cp "$ORIGINAL/$input" "$RIGHT/tree/input"
		make -s -j2 -C "$RIGHT/tree" target/install > /dev/null
		mv "$RIGHT/tree/bin" "$RIGHT/$input"
		rm -r "$RIGHT/tree"
	done
}

# Four devices: kernels by applets and a tool that writes in place, piece by piece; a root file system by a tool;
# copies into bin/, checksums there.
write_tree() {
	local tree=$1
	mkdir -p "$tree/include" "$tree/target/linux/demo/image" "$tree/staging_dir/host/bin" "$tree/root"
	{ seq 1 30000; seq 30000 -7 1; } > "$tree/one"
	{ seq 1 30000; seq 30001 -7 1; echo other; } > "$tree/two"
	cp "$tree/one" "$tree/input"
	seq 1 9000 > "$tree/root/a"
	seq 1 3000 > "$tree/root/b"
	cat > "$tree/staging_dir/host/bin/grow" <<-'END'
	#!/usr/bin/perl
	# grow FILE TEXT...: append to FILE, a piece at a time
	my $file = shift;
	open F, '>>', $file or die "grow: $file: $!\n";
	F->autoflush;
	for (@ARGV) { print F $_ x 9999, "\n" or die "grow: $file: $!\n"; select undef, undef, undef, 0.01 }
	close F or die "grow: $file: $!\n";
	END
	cat > "$tree/staging_dir/host/bin/mkroot" <<-'END'
	#!/usr/bin/perl
	# mkroot OUTPUT FILE...: one file of all, written in place as mksquashfs does, a piece at a time
	my $out = shift;
	open F, '>', $out or die "mkroot: $out: $!\n";
	F->autoflush;
	for (@ARGV) {
		open G, '<', $_ or die "mkroot: $_: $!\n";
		local $/;
		print F <G> or die "mkroot: $out: $!\n";
		select undef, undef, undef, 0.02;
	}
	close F or die "mkroot: $out: $!\n";
	END
	chmod 755 "$tree/staging_dir/host/bin/"*
	cat > "$tree/rules.mk" <<-'END'
	INCLUDE_DIR := $(TOPDIR)/include
	BIN_DIR ?= $(TOPDIR)/bin
	KDIR := $(TOPDIR)/build_dir/linux
	INPUT ?= $(TOPDIR)/input
	SHELL := /usr/bin/env bash
	export PATH := $(TOPDIR)/staging_dir/host/bin:$(PATH)
	END
	cat > "$tree/include/image.mk" <<'END'
override TARGET_BUILD=
BOARD := demo
SUBTARGET := one
devices := a b c d
define Device
$(KDIR)/$(1)-kernel.bin: $(INPUT) FORCE
	@mkdir -p $$(@D)/tmp $(BIN_DIR)
	rm -f $$@
	cp $$< $$@
	gzip -9n -c $$@ > $$@.new && mv $$@.new $$@
	printf '%s' $(1) >> $$@
	$(BEFORE_GROW)
	grow $$@ $(1) 2 3
	$(AFTER_GROW)
$(KDIR)/tmp/$(1)-sysupgrade.bin: DEVICE_NAME := $(1)
$(KDIR)/tmp/$(1)-sysupgrade.bin: $(KDIR)/$(1)-kernel.bin $(KDIR)/root.img
	rm -f $$@
	cat $$^ > $$@
	dd if=$$@ of=$$@.new bs=64k conv=sync 2>/dev/null; mv $$@.new $$@
	cat $(INPUT) >> $$@
$(BIN_DIR)/$(1)-sysupgrade.bin: $(KDIR)/tmp/$(1)-sysupgrade.bin
	cp $$^ $$@
endef
$(KDIR)/root.img: $(INPUT) FORCE
	@mkdir -p $(@D)
	mkroot $@ $(TOPDIR)/root/* $(INPUT)
$(BIN_DIR)/root.img: $(KDIR)/root.img
	cp $< $@
define BuildImage
$(foreach d,$(devices),$(eval $(call Device,$(d))))
.PHONY: compile install FORCE
compile:
install: $(devices:%=$(BIN_DIR)/%-sysupgrade.bin) $(BIN_DIR)/root.img
	cd $(BIN_DIR) && find . -type f ! -name sha256sums ! -name build-report.json | sort | xargs sha256sum -b > sha256sums
endef
END
	printf '%s\n' 'include $(TOPDIR)/rules.mk' 'include $(INCLUDE_DIR)/image.mk' '$(eval $(call BuildImage))' \
		> "$tree/target/linux/demo/image/Makefile"
	printf '%s\n' 'TOPDIR := $(CURDIR)' 'LC_ALL := C' 'LANG := C' 'export TOPDIR LC_ALL LANG' \
		'target/%: ; +$(MAKE) -C target/linux/demo/image $(notdir $@) TOPDIR=$(TOPDIR) TARGET_BUILD=1' > "$tree/Makefile"
}

setup() {
	cd "$BATS_TEST_TMPDIR"
	TREE=$BATS_TEST_TMPDIR/tree
	cp -a "$ORIGINAL" "$TREE"
	"$OWN" adopt "$TREE" > adopt.log
}

# build OPTION...: what a user calls; the log is in "log"
build() { make -s -j2 -C "$TREE" target/install "$@" > log 2>&1; }

# The image stage alone, as GNU make starts it: this process becomes it.
stage() {
	cd "$TREE/target/linux/demo/image"
	# shellcheck disable=SC2016,SC2086 # words: strace may stand before it; make expands KDIR
	IMAGEMK_STAGE=1 IMAGEMK_LINKS=${LINKS-1} IMAGEMK_TREE=$TREE IMAGEMK_STATE='$(KDIR)' IMAGEMK_REPORT=$TREE/bin exec $OWN make -s ${JOBS--j2} install TOPDIR="$TREE" "$@"
}

# same WHAT [FOLDER]: FOLDER (the tree's bin) has the bytes that GNU make made of WHAT, and nothing else
same() {
	diff -r -x build-report.json "$RIGHT/$1" "${2:-$TREE/bin}" && no_scraps
}

# Nothing is left of what was to be another file.
no_scraps() {
	local found
	found=$(find "$TREE" -name '.*.imagemk-[0-9]*')
	[ -z "$found" ] || { echo "left: $found"; false; }
}

# Each file in bin has the bytes that it has after a build from scratch, of one input or the other.
whole() {
	local file name
	for file in "$TREE"/bin/* "$TREE"/bin/.[!.]*; do
		[ -e "$file" ] || continue
		name=${file##*/}
		case $name in
		build-report.json) python3 -m json.tool "$file" > /dev/null || return 1 ;;
		sha256sums) ;; # of what is there; a killed run may have left the older one
		.*.imagemk-[0-9]*) ;; # has no name yet: the next run takes it away
		*) cmp -s "$file" "$RIGHT/one/$name" || cmp -s "$file" "$RIGHT/two/$name" || { echo "$name is not whole"; return 1; } ;;
		esac
	done
}

# PID is no process any more, or one that has ended and whose parent, gone too, can't know.
ended() {
	! grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"
}

# No process has WORD... in its command line. (One that has ended has no command line.)
nobody_does() {
	! grep -asq -- "${1/ /[ ]}" /proc/[0-9]*/cmdline
}

# Run a function of this file where mounting is allowed: in a mount namespace, as root or by a user namespace.
with_mounts() {
	local way=() try
	for try in 'unshare -m' 'unshare -Urm'; do
		# shellcheck disable=SC2086 # words
		if $try sh -c 'mount -t tmpfs -o size=64k tmpfs /mnt' 2> /dev/null; then way=($try); break; fi
	done
	[ ${#way[@]} -gt 0 ] || skip "mounting is not allowed, and there are no user namespaces"
	# shellcheck disable=SC2046 # words
	export -f build stage same whole no_scraps $(compgen -A function | grep '^in_mounts_')
	export TREE
	"${way[@]}" bash -euc 'cd "$1"; shift; "$@"' - "$BATS_TEST_TMPDIR" "$@"
}

# --- kills ---

@test "killed at any moment: no file in bin/ that is not whole, and the next run gives the bytes of one from scratch" {
	local seed=${FAULT_SEED:-$RANDOM} i delay time start pid input=one
	echo "FAULT_SEED=$seed"
	RANDOM=$seed
	start=$(date +%s%N)
	build
	time=$((($(date +%s%N) - start) / 1000))
	same one
	for ((i = 0; i < FAULT_MOMENTS; i++)); do
		# As if only now something changed: the input is the other one, sometimes with an older time, or all is gone.
		case $((i % 4)) in
		0 | 1) [ $input = one ] && input=two || input=one ;;
		2) [ $input = one ] && input=two || input=one; touch -d 2001-02-03 "$TREE/$input" ;;
		3) rm -rf "$TREE/bin" "$TREE/build_dir" ;;
		esac
		cp -p "$TREE/$input" "$TREE/input"
		delay=$((time * i / FAULT_MOMENTS + time / FAULT_MOMENTS * (RANDOM % 100) / 100))
		# All of it, as when the power fails; or imagemk alone, as when memory is short.
		if ((i % 2)); then
			(stage) > log 2>&1 3>&- &
			pid=$!
		else
			setsid bash -c "$(declare -f build); build" > /dev/null 2>&1 3>&- &
			pid=-$!
		fi
		sleep "$(printf '%d.%06d' $((delay / 1000000)) $((delay % 1000000)))"
		kill -KILL -- "$pid" 2> /dev/null || :
		wait "${pid#-}" 2> /dev/null || :
		echo "kill $i after $delay us of $time, input $input"
		whole
		build || { cat log; false; }
		same $input
	done
}

@test "killed alone: the tool that was running ends too, and writes no more" {
	local pid
	(stage BEFORE_GROW="perl -e 'open F, q(>), q($PWD/tool.pid) and print F \$\$\$\$\$\$\$\$; close F; sleep 312'") > log 2>&1 3>&- &
	pid=$!
	until [ -s tool.pid ] || ! kill -0 "$pid"; do sleep 0.02; done
	[ "$(cat "/proc/$(cat tool.pid)/comm")" = perl ]
	kill -KILL "$pid"
	wait "$pid" || :
	for _ in $(seq 100); do
		! ended "$(cat tool.pid)" || break
		sleep 0.02
	done
	ended "$(cat tool.pid)"
	build
	same one
}

@test "killed in the very calls that put files into bin/: nothing half, and what was left is gone after the next run" {
	strace -o /dev/null true || skip "strace may not trace here"
	local calls=openat,write,copy_file_range,linkat,rename left=0 n=0 links call number
	# one thread, so that the same calls come in the same order; files in bin/ as copies and as links
	for links in 0 1; do
		cp "$TREE/two" "$TREE/input"
		build
		cp "$TREE/one" "$TREE/input"
		(LINKS=$links JOBS=-j1 OWN="strace -f -y -e trace=$calls -o $PWD/calls.$links $OWN" stage) > log 2>&1
	done
	for links in 0 1; do
		awk -v bin="$TREE/bin/" -v links=$links 'NR == 1 { main = $1 }
			$1 == main { split($2, w, "("); n[w[1]]++; if (index($0, bin) && !/= -1/ && !/O_RDONLY/) print links, w[1], n[w[1]] }' calls.$links
	done | sort -s -k 2,2 > moments
	sed 's/ [0-9]*$//' moments | sort | uniq -c
	[ "$(grep -c . moments)" -ge 20 ]
	# FAULT_MOMENTS of them, some of each call
	awk -v most="$FAULT_MOMENTS" '{ line[NR] = $0 } END { for (i = 0; i < most && i < NR; i++) print line[1 + int(i * (NR - 1) / (most - 1))] }' \
		moments > chosen
	cp "$TREE/two" "$TREE/input"
	build
	while read -r links call number; do
		cp "$TREE/one" "$TREE/input"
		(LINKS=$links JOBS=-j1 OWN="strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$number $OWN" stage) \
			> log 2>&1 && { echo "$call $number: not killed"; false; }
		[ -z "$(find "$TREE/bin" -name '.*.imagemk-[0-9]*')" ] || left=$((left + 1))
		echo "$links $call $number"
		whole
		cp "$TREE/two" "$TREE/input"
		build
		same two
		n=$((n + 1))
	done < chosen
	echo "$n kills, $left with something left"
	[ "$n" -ge 3 ]
}

# --- room and rights ---

in_mounts_full() {
	local size i base need got failed=0
	base=$(du -sk "$TREE" | cut -f1)
	build
	need=$(du -sk "$TREE" | cut -f1)
	rm -r "$TREE/bin" "$TREE/build_dir"
	cp -a "$TREE" "$TREE.original"
	for ((i = 0; i < FAULT_SIZES; i++)); do
		size=$((base + 40 + (need - base) * i / FAULT_SIZES))
		mount -t tmpfs -o size=${size}k tmpfs "$TREE"
		cp -a "$TREE.original/." "$TREE"
		got=0
		build || got=$?
		echo "$size KiB of $need: status $got"
		whole
		if [ "$got" = 0 ]; then
			same one
		else
			failed=$((failed + 1))
			[ "$got" = 2 ]
			grep -q "$TREE/[^:]*: No space left on device" log || { cat log; false; }
		fi
		[ -z "$(find "$TREE" -name '.*.imagemk-[0-9]*')" ]
		mount -t tmpfs -o remount,size=100m tmpfs "$TREE"
		build
		same one
		umount "$TREE"
	done
	[ "$failed" -ge $((FAULT_SIZES / 2)) ] # too small is what it is about
}

@test "a full disk: status 2, the path and the reason; no file that is not whole; with room the bytes of a build from scratch" {
	with_mounts in_mounts_full
}

@test "a file that may not grow any more: the path and the reason, GNU make's status" {
	(ulimit -f 300; build IMAGEMK=0 || echo "$?" > theirs)
	rm -rf "$TREE/bin" "$TREE/build_dir"
	(ulimit -f 300; build || echo "$?" > ours)
	cat log
	diff theirs ours
	grep -q "$TREE/[^:]*: File too large" log
	whole
	no_scraps
	build
	same one
}

in_mounts_read_only() {
	mkdir "$TREE/bin"
	mount -t tmpfs -o size=20m tmpfs "$TREE/bin"
	build
	cp "$TREE/two" "$TREE/input"
	mount -t tmpfs -o remount,ro tmpfs "$TREE/bin"
	got=0
	build -k || got=$?
	cat log
	[ "$got" = 2 ]
	grep -q "$TREE/bin/[^:]*: Read-only file system" log
	grep -q '^a .*a-sysupgrade.bin  *failed' log
	grep -q 'bin/build-report.json: Read-only file system' log
	same one
	"$OWN" report "$TREE/bin" | grep -q '^a .*built'
	mount -t tmpfs -o remount,rw tmpfs "$TREE/bin"
	build
	same two
}

@test "a read-only output folder: status 2, the path and the reason; what is there stays" {
	with_mounts in_mounts_read_only
}

in_mounts_adopt() {
	local what before
	"$OWN" adopt --undo "$TREE"
	mkdir room
	mount -t tmpfs -o size=10m tmpfs room
	cp -a "$TREE" room/tree
	state() { (cd room/tree && find . -printf '%p %y %m %T@ %l\n' | sort && find . -type f -exec sha256sum {} + | sort); }
	for what in adopt 'adopt --undo'; do
		[ "$what" = adopt ] || "$OWN" adopt room/tree > /dev/null
		state > before
		# read-only
		mount -t tmpfs -o remount,ro tmpfs room
		got=0
		"$OWN" $what room/tree > log 2>&1 || got=$?
		cat log
		[ "$got" = 1 ]
		grep -q 'room/tree/.*: Read-only file system' log
		mount -t tmpfs -o remount,rw tmpfs room
		state | diff before -
		# full, to the last byte
		cat /dev/zero > room/filler 2> /dev/null || :
		got=0
		"$OWN" $what room/tree > log 2>&1 || got=$?
		cat log
		rm room/filler
		# undo needs no room
		if [ "$what" = adopt ]; then
			[ "$got" = 1 ]
			grep -q 'room/tree/.*: No space left on device' log
			state | diff before -
		else
			[ "$got" = 0 ]
		fi
	done
	[ ! -e room/tree/.imagemk-adopted ]
	cmp room/tree/include/image.mk "$ORIGINAL/include/image.mk"
}

@test "adopt and undo on a read-only and on a full file system: the path and the reason, the tree as before" {
	with_mounts in_mounts_adopt
}

@test "report, list and adopt --status into a full file: an error and its reason" {
	build
	cp "$TREE/two" "$TREE/input"
	run bash -c 'make -s -C "$1" target/install 2>&1 > /dev/full' - "$TREE"
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output == *"write error: No space left on device"* ]]
	same two
	for what in "report $TREE/bin" "report --json $TREE/bin" "adopt --status $TREE" "list -C $ROOT malta/le"; do
		# shellcheck disable=SC2086 # words
		"$OWN" $what > /dev/null
		# shellcheck disable=SC2086 # words
		run bash -c '"$@" > /dev/full' - "$OWN" $what
		echo "$what: $status $output"
		[ "$status" -eq 1 ]
		[[ $output == *"No space left on device"* ]]
	done
}

# --- inputs ---

@test "an input that vanishes: the reason and GNU make's status; what is there stays" {
	build
	for way in IMAGEMK=0 IMAGEMK=1; do
		cp "$TREE/two" "$TREE/input"
		status=0
		# the first device's recipe takes away what the others still need
		build -j1 "$way" AFTER_GROW="rm -f '$TREE/input'" || status=$?
		cat log
		[ "$status" -eq 2 ]
		grep -q "$TREE/input.*No such file or directory" log
		whole
	done
	cp "$TREE/two" "$TREE/input"
	build
	same two
}

@test "an input that becomes shorter while it is read: which one, GNU make's way to end, nothing made of it" {
	cat > Makefile <<-'END'
	all: made cut
	made: ; touch ready; sleep 0; bzip2 -c big > $@
	cut: ; until [ -e ready ]; do sleep 0.05; done; perl -e 'truncate "big", 100 or die'
	function: ; touch ready; echo $(shell touch ready; sleep 0; bzip2 -c big | wc -c) > $@
	END
	seq 900000 > big
	run "$OWN" make -s -j2
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output == *"Makefile:2: *** made: $PWD/big became shorter while it was read"*"make: *** [Makefile:2: made] Bus error"* ]]
	[ ! -e made ]
	# a recipe of another make's, in $(shell): said, and nothing comes of it
	seq 900000 > big
	rm ready
	(until [ -e ready ]; do sleep 0.01; done; perl -e 'truncate "big", 100 or die') 3>&- &
	run "$OWN" make -s function
	echo "$output"
	[[ $output == *"$PWD/big became shorter while it was read"* ]]
	[ "$(cat function)" = "" ]
}

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
	! grep waiting log log.two
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
	! grep jobserver log
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
	sed -i 's/^shell:/shell: SHELL = \/bin\/bash\n&/' Makefile
	# into a file: what would still run must not keep us waiting
	try() {
		status=0
		timeout 20 "$OWN" --timeout 1 make "$@" > out 2>&1 || status=$?
		output=$(cat out)
		echo "$* -> $status: $output"
		! grep -qx never out
	}
	try tool
	[ "$status" -eq 2 ]
	[[ $output == *'Makefile:3: *** tool: perl did not end within 1 second (IMAGEMK_TIMEOUT) and was stopped'*'make: *** [Makefile:3: tool] Killed'*"Deleting file 'tool'"* ]]
	[ ! -e tool ]
	ended "$(cat children)"
	try -k -j9 tool inside loop script shell piped ignored below
	[ "$status" -eq 2 ]
	[[ $output == *"Makefile:5: *** inside: 'echo half > inside; sleep 303; echo never' did not end within 1 second"* ]]
	for goal in tool inside loop script shell piped; do
		[[ $output == *"*** $goal: "*" did not end within 1 second"* && $output == *": $goal] Killed"* ]]
	done
	[[ $output == *'ignored] Killed (ignored)'*'goes on'* && $output == *'make: *** ['*': below] Error 2'* ]]
	[ ! -e inside ] && [ ! -e tool ]
	ended "$(cat children)"
	try function
	[ "$status" -eq 0 ]
	[[ $output == *"\$(shell perl -e 'sleep 309'): perl did not end within 1 second"*'got' ]]
	# the limit is a line's, off by default, and a number
	IMAGEMK_TIMEOUT=5 run "$OWN" make quick
	[ "$status" -eq 0 ]
	run "$OWN" make inside --version
	for bad in x -1 1m; do
		IMAGEMK_TIMEOUT=$bad run "$OWN" make quick
		[ "$status" -eq 2 ]
		[[ $output == *"IMAGEMK_TIMEOUT=$bad: no number of seconds"* ]]
	done
	nobody_does 'sleep 30[0-9]'
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
			$SIG{INT} = "DEFAULT";
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
				! nobody_does 'sleep 311' || break
				sleep 0.02
			done
			ended "$(cat tool.pid)"
			nobody_does 'sleep 311'
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
