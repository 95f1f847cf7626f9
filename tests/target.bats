#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The make text and the demo targets: every image both ways, byte for byte; inputs; errors.
# The kernel and the root file system are small made-up ones, so no network is needed.

setup_file() {
	export ROOT IMAGEMK LC_ALL=C
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=${IMAGEMK:-$ROOT/build/imagemk}
	export PATH=$PATH:/usr/sbin:/sbin SOURCE_DATE_EPOCH=1700000000 REVISION=r1-test VERSION_CODE=r1-test
	unset MAKEFLAGS MAKELEVEL PROFILE TARGET VMLINUX ROOTFS EXTRA_IMAGE_NAME BIN_DIR STRICT V
	export IN=$BATS_FILE_TMPDIR/in
	mkdir -p "$IN/root/etc" "$IN/root/bin" "$IN/root/dev" "$IN/root/usr/lib/opkg"
	{ seq 1 20000; seq 1 20000 | gzip -9n; seq 20000 -3 1; } > "$IN/vmlinux"
	seq 1 5000 | gzip -9n > "$IN/root/bin/tool"
	chmod 755 "$IN/root/bin/tool"
	echo 'hello' > "$IN/root/etc/a file"
	ln -s tool "$IN/root/bin/link"
	printf 'Package: tool\nVersion: 1.2\nStatus: ok\n\nPackage: base\nVersion: 7\n' > "$IN/root/usr/lib/opkg/status"
}

# gnu|own OUT TARGET ARG...: the image stage of TARGET by GNU make or imagemk, written below OUT.
gnu() { stage make "$@"; }
own() { stage "$IMAGEMK make" "$@"; }
stage() {
	local run=$1 out=$2 target=$3 tree=${TREE:-$ROOT}
	shift 3
	# shellcheck disable=SC2086
	$run -C "$tree/target/linux/${target%%/*}/image" --no-print-directory TOPDIR="$tree" TARGET="$target" \
		OUTPUT_DIR="$out" IMAGEMK_PROGRAM="$IMAGEMK" VMLINUX="$IN/vmlinux" ROOTFS="$IN/root" "$@"
}

# A copy of the tree with a device list of the test's own for ath79/generic.
tree_with() {
	TREE=$BATS_TEST_TMPDIR/tree
	mkdir -p "$TREE"
	cp -r "$ROOT/rules.mk" "$ROOT/mk" "$ROOT/include" "$ROOT/scripts" "$ROOT/target" "$TREE/"
	cat > "$TREE/target/linux/ath79/image/generic.mk"
}

names() { (cd "$1" && find . -type f | sort); }

both_ways() {
	gnu "$BATS_TEST_TMPDIR/gnu" "$1" install > "$BATS_TEST_TMPDIR/log" 2>&1 || { tail -n 20 "$BATS_TEST_TMPDIR/log"; return 1; }
	own "$BATS_TEST_TMPDIR/own" "$1" install -j2 > "$BATS_TEST_TMPDIR/log" 2>&1 || { tail -n 20 "$BATS_TEST_TMPDIR/log"; return 1; }
	local a=$BATS_TEST_TMPDIR/gnu/bin/targets/$1 b=$BATS_TEST_TMPDIR/own/bin/targets/$1
	diff -rq -x build-report.json "$a" "$b"
	[ "$(find "$a" -type f | wc -l)" -ge "$2" ]
	(cd "$b" && sha256sum --quiet -c sha256sums)
	# profiles.json names each image that is there, with its digest, and no other
	python3 - "$b" <<-'END'
	import hashlib, json, os, sys
	d = sys.argv[1]
	p = json.load(open(d + "/profiles.json"))
	assert p["metadata_version"] == 1 and p["version_code"] == "r1-test" and p["source_date_epoch"] == 1700000000
	for name, profile in p["profiles"].items():
	    assert profile["images"], name
	    for i in profile["images"]:
	        data = open(os.path.join(d, i["name"]), "rb").read()
	        assert i["name"].startswith(profile["image_prefix"])
	        assert i["sha256"] == hashlib.sha256(data).hexdigest() and i["size"] == len(data), i["name"]
	END
}

@test "ath79/generic: every image the same both ways" { both_ways ath79/generic 13; }
@test "ramips/mt7621: every image the same both ways" { both_ways ramips/mt7621 15; }
@test "malta/le: every image the same both ways" { both_ways malta/le 9; }
@test "x86/64: every image the same both ways" {
	[ -d /usr/lib/grub/i386-pc ] && [ -d /usr/lib/grub/x86_64-efi ] || { echo "grub-pc-bin or grub-efi-amd64-bin is missing"; false; }
	both_ways x86/64 12
}

@test "the guide's device gives the guide's files" {
	own "$BATS_TEST_TMPDIR/o" ath79/generic install PROFILE=tplink-archer-c7-v2
	run names "$BATS_TEST_TMPDIR/o/bin/targets/ath79/generic"
	[[ "$output" == *"/openwrt-ath79-generic-tplink-archer-c7-v2-squashfs-factory.bin"* ]]
	[[ "$output" == *"/openwrt-ath79-generic-tplink-archer-c7-v2-squashfs-sysupgrade.bin"* ]]
	[[ "$output" == *"/openwrt-ath79-generic.manifest"* ]]
	[[ "$output" != *demo* ]]
	cd "$BATS_TEST_TMPDIR/o/bin/targets/ath79/generic"
	[ "$(cat openwrt-ath79-generic.manifest)" = "base - 7
tool - 1.2" ]
	[ "$(cat version.buildinfo)" = r1-test ]
	# TP-Link's header: hardware id at 0x40, version 1 at 0, the whole flash area
	[ "$(od -An -tx1 -j64 -N4 ./*factory.bin | tr -d ' ')" = c7000002 ]
	[ "$(stat -c%s ./*factory.bin)" = $((0xf80000)) ]
}

@test "two builds in two folders are identical" {
	for target in ath79/generic ramips/mt7621; do
		own "$BATS_TEST_TMPDIR/a" $target install
		own "$BATS_TEST_TMPDIR/elsewhere/b" $target install -j3
		diff -rq -x build-report.json "$BATS_TEST_TMPDIR/a/bin" "$BATS_TEST_TMPDIR/elsewhere/b/bin"
	done
}

@test "a second run writes nothing anew; a new kernel everything that has it" {
	cp "$IN/vmlinux" "$BATS_TEST_TMPDIR/vmlinux"
	one() { own "$BATS_TEST_TMPDIR/o" malta/le install VMLINUX="$BATS_TEST_TMPDIR/vmlinux"; }
	images() { (cd "$BATS_TEST_TMPDIR/o/bin/targets/malta/le" && stat -c '%n %Y.%y' openwrt-*[!t] | grep -v manifest); }
	one
	before=$(images)
	root=$(stat -c%y "$BATS_TEST_TMPDIR"/o/build_dir/*/*/root.squashfs)
	sleep 1.1
	one
	[ "$(images)" = "$before" ]
	echo more >> "$BATS_TEST_TMPDIR/vmlinux"
	one
	after=$(images)
	[ "$(echo "$after" | grep -c .)" = "$(echo "$before" | grep -c .)" ]
	[ "$(echo "$after" | grep uImage-gzip)" != "$(echo "$before" | grep uImage-gzip)" ]
	[ "$(stat -c%y "$BATS_TEST_TMPDIR"/o/build_dir/*/*/root.squashfs)" = "$root" ]
}

@test "an image that is too big is dropped, the others are built" {
	tree_with <<-'END'
	define Device/small
	  KERNEL := kernel-bin
	  IMAGE_SIZE := 64k
	  IMAGES := sysupgrade.bin factory.bin
	  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | check-size | append-metadata
	  IMAGE/factory.bin := append-kernel | append-rootfs
	endef
	TARGET_DEVICES += small
	END
	for way in gnu own; do
		run $way "$BATS_TEST_TMPDIR/$way" ath79/generic install
		echo "$output"
		[ "$status" = 0 ]
		[[ "$output" == *"is too big"* ]]
		cd "$BATS_TEST_TMPDIR/$way/bin/targets/ath79/generic"
		[ -f openwrt-ath79-generic-small-squashfs-factory.bin ]
		[ ! -e openwrt-ath79-generic-small-squashfs-sysupgrade.bin ]
		run grep -c sysupgrade profiles.json sha256sums
		[ "$output" = "profiles.json:0
sha256sums:0" ]
		run $way "$BATS_TEST_TMPDIR/$way" ath79/generic install STRICT=1
		[ "$status" != 0 ]
	done
}

@test "an image that got too big takes the older one with it" {
	tree_with <<-'END'
	define Device/small
	  KERNEL := kernel-bin
	  IMAGE_SIZE := 1m
	  IMAGES := sysupgrade.bin
	  IMAGE/sysupgrade.bin := append-kernel | check-size
	endef
	TARGET_DEVICES += small
	END
	own "$BATS_TEST_TMPDIR/o" ath79/generic install
	[ -f "$BATS_TEST_TMPDIR/o/bin/targets/ath79/generic/openwrt-ath79-generic-small-squashfs-sysupgrade.bin" ]
	sed -i 's/1m/1k/' "$TREE/target/linux/ath79/image/generic.mk"
	own "$BATS_TEST_TMPDIR/o" ath79/generic install
	[ ! -e "$BATS_TEST_TMPDIR/o/bin/targets/ath79/generic/openwrt-ath79-generic-small-squashfs-sysupgrade.bin" ]
}

@test "device blocks: when \$, \$\$ and \$\$\$\$ are expanded, what leaks, which rule wins" {
	tree_with <<-'END'
	OUTER := file
	DEVICE_VARS += NOTE
	define Device/first
	  NOTE := one
	  OUTER := device
	  KERNEL := kernel-bin
	  IMAGES := a.bin b.bin
	  IMAGE/a.bin := append-string 1=$(OUTER)-2=$$(OUTER)-3=$$$$(NOTE)
	  IMAGE/b.bin := append-string general
	  IMAGE/b.bin/squashfs := append-string special
	endef
	TARGET_DEVICES += first
	define Device/second
	  KERNEL := kernel-bin
	  IMAGES := c.bin a.bin b.bin
	  IMAGE/c.bin := append-string $$$$(NOTE)
	  IMAGE/b.bin/squashfs :=
	endef
	TARGET_DEVICES += second
	define Device/third
	  NOTE := three
	  KERNEL := kernel-bin
	  DEFAULT := n
	endef
	TARGET_DEVICES += third
	END
	for way in gnu own; do
		$way "$BATS_TEST_TMPDIR/$way" ath79/generic install
		cd "$BATS_TEST_TMPDIR/$way/bin/targets/ath79/generic"
		[ "$(cat ./*first-squashfs-a.bin)" = 1=file-2=device-3=one ]
		[ "$(cat ./*first-squashfs-b.bin)" = special ]
		[ "$(cat ./*second-squashfs-c.bin)" = one ]
		[ "$(cat ./*second-squashfs-b.bin)" = general ]
		[ -z "$(find . -name '*third*')" ]
	done
}

@test "xor-image, which no demo device has" {
	tree_with <<-'END'
	define Device/masked
	  KERNEL := kernel-bin
	  IMAGES := plain.bin masked.bin
	  IMAGE/plain.bin := append-kernel
	  IMAGE/masked.bin := append-kernel | xor-image -p 0aff17 -x
	endef
	TARGET_DEVICES += masked
	END
	both_ways ath79/generic 5
	cd "$BATS_TEST_TMPDIR/own/bin/targets/ath79/generic"
	! cmp -s ./*-plain.bin ./*-masked.bin || false
	"$IMAGEMK" tool xorimage -x -p 0aff17 < ./*-masked.bin | cmp - ./*-plain.bin
}

@test "an unknown Build command is an error that names it" {
	tree_with <<-'END'
	define Device/odd
	  KERNEL := kernel-bin
	  IMAGES := a.bin
	  IMAGE/a.bin := append-kernel | checksize
	endef
	TARGET_DEVICES += odd
	END
	for way in gnu own; do
		run $way "$BATS_TEST_TMPDIR/$way" ath79/generic install
		[ "$status" = 2 ]
		[[ "$output" == *"Missing Build/checksize"* ]]
	done
}

@test "metadata says what sysupgrade must know" {
	gnu "$BATS_TEST_TMPDIR/o" ath79/generic install PROFILE="demo_nor-16m demo_nor-16m-v2"
	cd "$BATS_TEST_TMPDIR/o/bin/targets/ath79/generic"
	"$IMAGEMK" tool fwtool -i a.json openwrt-ath79-generic-demo_nor-16m-squashfs-sysupgrade.bin
	"$IMAGEMK" tool fwtool -i b.json openwrt-ath79-generic-demo_nor-16m-v2-squashfs-sysupgrade.bin
	python3 - <<-'END'
	import json
	a, b = json.load(open("a.json")), json.load(open("b.json"))
	assert a["supported_devices"] == ["demo,nor-16m"] and a["compat_version"] == "1.0"
	assert a["version"] == {"dist": "OpenWrt", "version": "SNAPSHOT", "revision": "r1-test",
	                        "target": "ath79/generic", "board": "demo_nor-16m"}
	assert b["new_supported_devices"] == ["demo,nor-16m-v2"] and b["compat_version"] == "2.0"
	assert b["supported_devices"][0].startswith("The device is supported, but") and "recovery page" in b["compat_message"]
	END
}

@test "ROOTFS= as a folder, an archive and a finished image" {
	# The guide's device: nothing of its images but the root file system.
	go() { own "$BATS_TEST_TMPDIR/$1" ath79/generic install PROFILE=tplink-archer-c7-v2 ROOTFS="$2"; }
	tar -C "$IN/root" -cf "$BATS_TEST_TMPDIR/root.tar" .
	go folder "$IN/root/"
	go tar "$BATS_TEST_TMPDIR/root.tar"
	cp "$BATS_TEST_TMPDIR"/folder/build_dir/target-ath79_generic/linux-ath79_generic/root.squashfs "$BATS_TEST_TMPDIR/my root"
	go image "$BATS_TEST_TMPDIR/my root"
	for image in factory sysupgrade; do
		name=bin/targets/ath79/generic/openwrt-ath79-generic-tplink-archer-c7-v2-squashfs-$image.bin
		cmp "$BATS_TEST_TMPDIR/folder/$name" "$BATS_TEST_TMPDIR/tar/$name"
		cmp "$BATS_TEST_TMPDIR/folder/$name" "$BATS_TEST_TMPDIR/image/$name"
	done
}

@test "wrong inputs: the reason, exit 2, nothing written" {
	: > "$BATS_TEST_TMPDIR/empty"
	mkdir "$BATS_TEST_TMPDIR/void"
	while IFS='|' read -r argument words; do
		for way in gnu own; do
			run $way "$BATS_TEST_TMPDIR/o" ath79/generic install "$argument"
			echo "$argument: $output"
			[ "$status" = 2 ]
			[[ "$output" == *"$words"* ]]
			[ ! -e "$BATS_TEST_TMPDIR/o" ]
		done
	done <<-END
	VMLINUX=$BATS_TEST_TMPDIR/none|none: No such file or directory
	VMLINUX=$BATS_TEST_TMPDIR/empty|empty: The file is empty
	VMLINUX=$BATS_TEST_TMPDIR/void|void: Is a directory
	VMLINUX=|VMLINUX=: names no file
	ROOTFS=$BATS_TEST_TMPDIR/none|none: No such file or directory
	ROOTFS=$BATS_TEST_TMPDIR/void|void: The folder is empty
	ROOTFS=$BATS_TEST_TMPDIR/empty|empty: The file is empty
	PROFILE=tplink-archer-c7-v3|nearest are tplink-archer-c7-v2
	PROFILE=malta|of malta/le
	TARGET=ath79/tiny|no such subtarget
	END
}

@test "inputs that may not be read" {
	[ "$(id -u)" = 0 ] && command -v setpriv > /dev/null || skip "needs root to become somebody else"
	# Outside of folders that only root enters.
	local open
	open=$(mktemp -d /tmp/imagemk-open.XXXXXX)
	chmod 755 "$open"
	mkdir "$open/tree"
	cp -r "$ROOT/rules.mk" "$ROOT/mk" "$ROOT/include" "$ROOT/scripts" "$ROOT/target" "$open/tree/"
	cp -r "$IN/root" "$IN/vmlinux" "$open/"
	cp "$IMAGEMK" "$open/imagemk"
	chmod -R go+rX "$open"
	chmod 0 "$open/root/etc/a file"
	: > "$open/locked"
	chmod 0 "$open/locked"
	for argument in "ROOTFS=$open/root" "VMLINUX=$open/locked ROOTFS=$open/tree"; do
		for way in make "$open/imagemk make"; do
			# shellcheck disable=SC2086
			run setpriv --reuid 65534 --regid 65534 --clear-groups $way -C "$open/tree/target/linux/ath79/image" \
				TOPDIR="$open/tree" TARGET=ath79/generic OUTPUT_DIR="$open/out" VMLINUX="$open/vmlinux" $argument install
			echo "$output"
			[ "$status" = 2 ]
			[[ "$output" == *"Permission denied"* ]]
		done
	done
	rm -rf "$open"
}

@test "killed in the middle: no partial image, and the next run is right" {
	own "$BATS_TEST_TMPDIR/whole" ath79/generic install
	local bin=bin/targets/ath79/generic pid
	for delay in 0.1 0.2 0.3 0.45 0.6 0.9; do
		setsid bash -c "$(declare -f stage own); own \"\$@\"" own "$BATS_TEST_TMPDIR/o" ath79/generic install > /dev/null 2>&1 3>&- &
		pid=$!
		sleep "$delay"
		kill -KILL -- "-$pid" 2> /dev/null || true
		wait "$pid" || true
		[ -d "$BATS_TEST_TMPDIR/o/$bin" ] || continue
		for file in "$BATS_TEST_TMPDIR/o/$bin"/openwrt-*.bin; do
			[ ! -e "$file" ] || cmp "$file" "$BATS_TEST_TMPDIR/whole/$bin/${file##*/}"
		done
	done
	own "$BATS_TEST_TMPDIR/o" ath79/generic install
	diff -rq -x build-report.json "$BATS_TEST_TMPDIR/whole/bin" "$BATS_TEST_TMPDIR/o/bin"
}

@test "a full disk: an error, no partial image, and the next run is right" {
	mkdir "$BATS_TEST_TMPDIR/small"
	mount -t tmpfs -o size=2m tmpfs "$BATS_TEST_TMPDIR/small" 2> /dev/null || skip "mounting is not allowed"
	for way in gnu own; do
		run $way "$BATS_TEST_TMPDIR/$way" ath79/generic install BIN_DIR="$BATS_TEST_TMPDIR/small/$way" PROFILE=tplink-archer-c7-v2
		echo "$output"
		[ "$status" = 2 ] || { umount "$BATS_TEST_TMPDIR/small"; false; }
		[[ "$output" == *"No space left on device"* ]] || { umount "$BATS_TEST_TMPDIR/small"; false; }
		[ -z "$(find "$BATS_TEST_TMPDIR/small" -name '*factory*')" ] || { umount "$BATS_TEST_TMPDIR/small"; false; }
	done
	mount -o remount,size=80m "$BATS_TEST_TMPDIR/small"
	run own "$BATS_TEST_TMPDIR/own" ath79/generic install BIN_DIR="$BATS_TEST_TMPDIR/small/own" PROFILE=tplink-archer-c7-v2
	local size
	size=$(stat -c%s "$BATS_TEST_TMPDIR"/small/own/*factory.bin)
	umount "$BATS_TEST_TMPDIR/small"
	[ "$status" = 0 ] && [ "$size" = $((0xf80000)) ]
}

@test "a read-only output folder: an error that names it, and the next run is right" {
	local out=$BATS_TEST_TMPDIR/locked
	mkdir "$out"
	if [ "$(id -u)" = 0 ]; then
		mount --bind "$out" "$out" 2> /dev/null || skip "mounting is not allowed"
		mount -o remount,bind,ro "$out" || { umount "$out"; skip "read-only mounts are not allowed"; }
	else
		chmod a-w "$out"
	fi
	local way bad=
	for way in gnu own; do
		run $way "$BATS_TEST_TMPDIR/$way" ath79/generic install BIN_DIR="$out/bin" PROFILE=demo_combined
		echo "$output"
		[ "$status" = 2 ] || bad+=" $way: status $status"
		[[ "$output" == *"$out/bin"*"Read-only file system"* || "$output" == *"$out/bin"*"Permission denied"* ]] || bad+=" $way: no reason"
	done
	if [ "$(id -u)" = 0 ]; then umount "$out"; else chmod u+w "$out"; fi
	[ -z "$bad" ] || { echo "$bad"; false; }
	[ -z "$(ls -A "$out")" ]
	own "$BATS_TEST_TMPDIR/own" ath79/generic install BIN_DIR="$out/bin" PROFILE=demo_combined
	(cd "$out/bin" && sha256sum --quiet -c sha256sums)
	[ "$(find "$out/bin" -name 'openwrt-*.bin' | wc -l)" = 2 ]
}

@test "EXTRA_IMAGE_NAME, BIN_DIR and two profiles" {
	own "$BATS_TEST_TMPDIR/o" ath79/generic install EXTRA_IMAGE_NAME="My Net" BIN_DIR="$BATS_TEST_TMPDIR/bin" \
		PROFILE="demo_combined demo_tplink-tftp"
	run names "$BATS_TEST_TMPDIR/bin"
	[[ "$output" == *"openwrt-my-net-ath79-generic-demo_combined-squashfs-factory.bin"* ]]
	[[ "$output" == *"openwrt-my-net-ath79-generic-demo_tplink-tftp-recovery.bin"* ]]
	[[ "$output" != *archer* ]]
	[ ! -e "$BATS_TEST_TMPDIR/o/bin" ]
}

@test "the top Makefile: both ways, one profile, another target, an error's status" {
	top() { make --no-print-directory -C "$ROOT" B="$(dirname "$IMAGEMK")" VMLINUX="$IN/vmlinux" ROOTFS="$IN/root" "$@"; }
	IMAGEMK=$IMAGEMK top target/install OUTPUT_DIR="$BATS_TEST_TMPDIR/own" PROFILE=demo_combined
	top target/install IMAGEMK=0 OUTPUT_DIR="$BATS_TEST_TMPDIR/gnu" PROFILE=demo_combined
	diff -rq -x build-report.json "$BATS_TEST_TMPDIR/own/bin" "$BATS_TEST_TMPDIR/gnu/bin"
	[ -f "$BATS_TEST_TMPDIR/own/bin/targets/ath79/generic/build-report.json" ]
	top target/linux/compile TARGET=malta/le OUTPUT_DIR="$BATS_TEST_TMPDIR/own" V=s > "$BATS_TEST_TMPDIR/log" 2>&1
	grep -q 'mkimage -A mips' "$BATS_TEST_TMPDIR/log"
	[ -f "$BATS_TEST_TMPDIR/own/bin/targets/malta/le/openwrt-malta-le-malta-vmlinux.elf" ]
	[ -d "$BATS_TEST_TMPDIR/own/build_dir/target-malta_le" ]
	top target/linux/clean TARGET=malta/le OUTPUT_DIR="$BATS_TEST_TMPDIR/own"
	[ ! -d "$BATS_TEST_TMPDIR/own/build_dir/target-malta_le" ]
	run top target/install OUTPUT_DIR="$BATS_TEST_TMPDIR/own" PROFILE=demo_combine
	[ "$status" = 2 ]
	[[ "$output" == *demo_combined* ]]
}

@test "bootstrap --print lists packages with reasons" {
	run "$ROOT/scripts/bootstrap" --print
	[ "$status" = 0 ]
	[[ "$output" == *"lzma-dev "*library* ]]
	run "$ROOT/scripts/bootstrap" --wrong
	[ "$status" = 2 ]
}

@test "the shell scripts are clean" {
	shellcheck "$ROOT"/scripts/bootstrap "$ROOT"/scripts/fetch "$ROOT"/scripts/make-grub "$ROOT"/scripts/boot-test
}
