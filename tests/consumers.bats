#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Who reads what a build leaves, over the demo's build: each with the fields it reads, in words of our own
# (tests/consumers/fields.py); and with the real program where an environment variable names it, else skipped:
#   FIRMWARE_SELECTOR=DIR  the sources of the firmware selector's page; CHROMIUM=PROGRAM (chromium on PATH)
#   ASU=DIR                the sources of the build service
#   OWUT=FILE              owut's source, files/owut; UCODE=PROGRAM (ucode on PATH)
#   LUCI_ASU=FILE          overview.js of LuCI's attended sysupgrade (wants node)
#   OPENWRT_TREE=DIR       a tree, for its scripts/json_overview_image_info.py

setup_file() {
	export ROOT IMAGEMK LC_ALL=C
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-$ROOT/build/imagemk}")
	export PATH=$PATH:/usr/sbin:/sbin SOURCE_DATE_EPOCH=1700000000 REVISION=r1-test VERSION_CODE=r1-test
	unset MAKEFLAGS MAKELEVEL PROFILE TARGET VMLINUX ROOTFS EXTRA_IMAGE_NAME BIN_DIR STRICT V IMAGEMK_REPAIRS
	export IN=$BATS_FILE_TMPDIR/in OUT=$BATS_FILE_TMPDIR/out
	mkdir -p "$IN/root/etc" "$IN/root/usr/lib/opkg"
	{ seq 1 20000; seq 1 20000 | gzip -9n; } >"$IN/vmlinux"
	echo hello >"$IN/root/etc/file"
	printf 'Package: tool\nVersion: 1.2\n\nPackage: base\nVersion: 7-r1\n' >"$IN/root/usr/lib/opkg/status"
	stage ath79/generic install
	stage x86/64 install
	ATH=$OUT/bin/targets/ath79/generic X86=$OUT/bin/targets/x86/64
	export ATH X86
}

# stage TARGET ARG...: the image stage of TARGET, written below OUT
stage() {
	local target=$1
	shift
	"$IMAGEMK" make -s -j2 -C "$ROOT/target/linux/${target%%/*}/image" --no-print-directory TOPDIR="$ROOT" TARGET="$target" \
		OUTPUT_DIR="$OUT" IMAGEMK_PROGRAM="$IMAGEMK" VMLINUX="$IN/vmlinux" ROOTFS="$IN/root" "$@"
}

fields() { python3 "$BATS_TEST_DIRNAME/consumers/fields.py" "$@"; }

@test "the firmware selector's fields: titles, images by type and name, digests, packages, version" {
	fields selector "$ATH"
	fields selector "$X86"
}

@test "the build service's fields: the profile, what it signs, the date, the manifest, aliases" {
	fields asu "$ATH" tplink-archer-c7-v2
	fields asu "$X86" generic
}

@test "owut's rules: one image for the running system's file system and type" {
	fields owut "$ATH" tplink-archer-c7-v2 squashfs sysupgrade
	fields owut "$X86" generic squashfs combined
	fields owut "$X86" generic ext4 combined-efi
}

@test "LuCI's attended sysupgrade: the image for the file system and the way of booting" {
	fields luci "$ATH" tplink-archer-c7-v2 squashfs
	fields luci "$X86" generic squashfs
}

@test "nix-openwrt-imagebuilder's layout: images in KDIR/tmp and in bin, packages in profiles.json" {
	fields nix "$OUT" ath79 generic tplink-archer-c7-v2
	fields nix "$OUT" x86 64 generic
}

@test "the real script of a tree over our notes gives our profiles.json" {
	local script=${OPENWRT_TREE:-}/scripts/json_overview_image_info.py
	[ -n "${OPENWRT_TREE:-}" ] || skip "OPENWRT_TREE= names no tree"
	[ -f "$script" ] || skip "this tree has no such script"
	fields script "$OUT" ath79 generic "$script"
	fields script "$OUT" x86 64 "$script"
}

@test "the real page of the firmware selector shows the demo's devices" {
	[ -n "${FIRMWARE_SELECTOR:-}" ] || skip "FIRMWARE_SELECTOR= names no sources"
	local browser=${CHROMIUM:-$(command -v chromium || true)}
	[ -n "$browser" ] || skip "no chromium; CHROMIUM= names one"
	python3 "$BATS_TEST_DIRNAME/consumers/page.py" "$FIRMWARE_SELECTOR/www" "$browser" "$OUT/bin/targets" "$BATS_TEST_TMPDIR"
}

@test "the real build service takes the demo's images, and knows one that is too big" {
	[ -n "${ASU:-}" ] || skip "ASU= names no sources"
	python3 "$BATS_TEST_DIRNAME/consumers/asu.py" "$ASU" "$ATH" tplink-archer-c7-v2
}

@test "owut's own choice of profile and image" {
	[ -n "${OWUT:-}" ] || skip "OWUT= names no source"
	local ucode=${UCODE:-$(command -v ucode || true)} owut=$BATS_TEST_DIRNAME/consumers/owut.py
	[ -n "$ucode" ] || skip "no ucode; UCODE= names one"
	"$owut" "$OWUT" "$ucode" "$ATH" tplink-archer-c7-v2 squashfs sysupgrade
	"$owut" "$OWUT" "$ucode" "$X86" generic squashfs combined
	"$owut" "$OWUT" "$ucode" "$X86" generic ext4 combined-efi
	"$owut" "$OWUT" "$ucode" "$X86" some,board_of-any-name ext4 combined
}

@test "the real selection of LuCI's attended sysupgrade" {
	[ -n "${LUCI_ASU:-}" ] || skip "LUCI_ASU= names no overview.js"
	command -v node >/dev/null || skip "no node"
	local select=$BATS_TEST_DIRNAME/consumers/luci.js
	node "$select" "$LUCI_ASU" "$ATH/profiles.json" tplink-archer-c7-v2 squashfs '' sysupgrade
	node "$select" "$LUCI_ASU" "$X86/profiles.json" generic squashfs '' combined
	node "$select" "$LUCI_ASU" "$X86/profiles.json" generic ext4 efi combined-efi
}
