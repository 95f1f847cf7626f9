#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What goes wrong around a build: kills, full disks, vanishing inputs. A small tree in OpenWrt's shape is built by GNU
# make (what is right) and, adopted, by imagemk; then by imagemk under each fault.

bats_require_minimum_version 1.5.0
load faults/tree

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
	local calls=openat,write,copy_file_range,linkat,rename left=0 n=0 missed=0 links call number
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
		# A file of the clock's last tick is read once more, so the last calls of a run may not be there in another.
		if (LINKS=$links JOBS=-j1 OWN="strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$number $OWN" stage) \
			> log 2>&1; then
			echo "$links $call $number: not killed"
			missed=$((missed + 1))
		else
			n=$((n + 1))
		fi
		[ -z "$(find "$TREE/bin" -name '.*.imagemk-[0-9]*')" ] || left=$((left + 1))
		echo "$links $call $number"
		whole
		cp "$TREE/two" "$TREE/input"
		build
		same two
	done < chosen
	echo "$n kills, $left with something left, $missed not reached"
	[ "$n" -ge 3 ]
	[ "$missed" -le 1 ]
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
