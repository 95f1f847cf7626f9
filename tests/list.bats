#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk list: a small tree in OpenWrt's layout, and the project's own.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$top/build}/imagemk}")
	export IMAGEMK
	unset MAKEFLAGS MAKELEVEL NO_COLOR
	tree=$BATS_TEST_TMPDIR/tree
	cd "$BATS_TEST_TMPDIR" || return
	plant_rules
	plant_targets
}

# What every target reads. The names are OpenWrt's; the text does only what a dump needs.
plant_rules() {
	mkdir -p "$tree/include" "$tree/config" "$tree/target/linux"
	cat >"$tree/rules.mk" <<-'END'
		INCLUDE_DIR := $(TOPDIR)/include
		BOARD := $(CONFIG_TARGET_BOARD)
	END
	cat >"$tree/include/target.mk" <<-'END'
		SUBTARGETS ?= $(patsubst %/target.mk,%,$(wildcard */target.mk))
		DEFAULT_PACKAGES := base-files busybox
		-include $(wildcard $(SUBTARGET)/target.mk)
		define BuildTargets/DumpCurrent
		dumpinfo: ; @echo 'Target-Arch-Packages: $(or $(ARCH_PACKAGES),$(ARCH))'; \
			echo 'Default-Packages: $(DEFAULT_PACKAGES)'; \
			$(MAKE) -C image SUBTARGET=$(SUBTARGET)
		endef
		BuildTarget = $(BuildTargets/DumpCurrent)
	END
	cat >"$tree/include/image.mk" <<-'END'
		fs-$(CONFIG_TARGET_ROOTFS_SQUASHFS) += squashfs
		fs-$(CONFIG_TARGET_ROOTFS_EXT4FS) += ext4
		TARGET_FILESYSTEMS := $(fs-y)
		comma := ,
		define Device/Init
		DEVICE_NAME := $(1)
		DEVICE_TITLE = $$(DEVICE_VENDOR) $$(DEVICE_MODEL)$$(if $$(DEVICE_VARIANT), $$(DEVICE_VARIANT))
		DEVICE_VENDOR :=
		DEVICE_MODEL :=
		DEVICE_VARIANT :=
		DEVICE_ALT0_TITLE :=
		DEVICE_PACKAGES :=
		DEVICE_IMG_PREFIX := myos-$(BOARD)-$(SUBTARGET)-$(1)
		DEVICE_IMG_NAME = $$(DEVICE_IMG_PREFIX)-$$(1)-$$(2)
		KERNEL_INITRAMFS :=
		KERNEL_INITRAMFS_IMAGE = $$(DEVICE_IMG_PREFIX)-initramfs.bin
		IMAGES :=
		ARTIFACTS :=
		FILESYSTEMS := $(TARGET_FILESYSTEMS)
		SUPPORTED_DEVICES := $(subst _,$(comma),$(1))
		BROKEN :=
		DEFAULT :=
		endef
		define Device/DumpInfo
		Target-Profile: DEVICE_$(1)
		Target-Profile-Name: $(DEVICE_DISPLAY)
		Target-Profile-Packages: $(DEVICE_PACKAGES)
		Target-Profile-SupportedDevices: $(SUPPORTED_DEVICES)
		$(if $(BROKEN),Target-Profile-Broken: $(BROKEN))
		$(if $(DEFAULT),Target-Profile-Default: $(DEFAULT))
		@@
		endef
		define Device/Dump
		ifneq ($$(strip $$(DEVICE_ALT0_TITLE)),)
		DEVICE_DISPLAY = $$(DEVICE_ALT0_TITLE) ($$(DEVICE_TITLE))
		$$(info $$(call Device/DumpInfo,$(1)))
		endif
		DEVICE_DISPLAY = $$(DEVICE_TITLE)
		$$(info $$(call Device/DumpInfo,$(1)))
		endef
		Device = $(foreach part,Init $(1) Dump,$(call Device/$(part),$(1))$(newline))
		define newline


		endef
		define BuildImage
		$(foreach device,$(TARGET_DEVICES),$(call Device,$(device)))
		dumpinfo: ; @:
		endef
	END
	cat >"$tree/config/Config-images.in" <<-'END'
		menuconfig TARGET_ROOTFS_INITRAMFS
			bool "ramdisk"
			default y if USES_INITRAMFS
			help
			  Keep everything in memory.
			  default y
			choice
				prompt "compression"
				config TARGET_INITRAMFS_COMPRESSION_LZMA
					bool "lzma"
			endchoice
		config TARGET_ROOTFS_SQUASHFS
			bool "squashfs"
			default y if USES_SQUASHFS
		config TARGET_ROOTFS_EXT4FS
			bool "ext4"
			default y if USES_EXT4 && !(TARGET_beta_small || SMALL_FLASH)
		config TARGET_IMAGES_GZIP
			bool "gzip"
			depends on TARGET_ROOTFS_EXT4FS
			default y
	END
}

# target BOARD MAKEFILE-LINE...
target() {
	local board=$1
	shift
	mkdir -p "$tree/target/linux/$board/image"
	{
		echo 'include $(TOPDIR)/rules.mk'
		printf '%s\n' "$@"
		echo 'include $(INCLUDE_DIR)/target.mk'
		echo '$(eval $(BuildTarget))'
	} >"$tree/target/linux/$board/Makefile"
	cat >"$tree/target/linux/$board/image/Makefile" <<-'END'
		include $(TOPDIR)/rules.mk
		include $(INCLUDE_DIR)/image.mk
		include $(SUBTARGET).mk
		$(eval $(call BuildImage))
	END
}

plant_targets() {
	target alpha 'ARCH := mips' 'FEATURES := squashfs ramdisk' 'SUBTARGETS := two \' '	one'
	cat >"$tree/target/linux/alpha/image/one.mk" <<-'END'
		SHARED := of one
		export SHARED
		define Device/acme_router
		  DEVICE_VENDOR := Acme
		  DEVICE_MODEL := Router "9"
		  DEVICE_VARIANT := v1\2
		  DEVICE_ALT0_TITLE := Umbra Box
		  DEVICE_PACKAGES := kmod-a -kmod-b
		  KERNEL_INITRAMFS := kernel
		  IMAGES := sysupgrade.bin factory.img.gz
		  ARTIFACTS := loader.bin
		  SUPPORTED_DEVICES += acme,old
		endef
		TARGET_DEVICES := acme_router
	END
	cat >"$tree/target/linux/alpha/image/two.mk" <<-'END'
		SHARED ?= of two
		define Device/acme_router
		  DEVICE_VENDOR := Acme
		  DEVICE_MODEL := Other $(SHARED)
		  IMAGES := sysupgrade.bin
		endef
		define Device/quiet
		  DEVICE_VENDOR := Quiet
		  DEVICE_MODEL := $(or $(value Device/acme_hidden),none)
		  BROKEN := y
		  DEFAULT := n
		endef
		TARGET_DEVICES := acme_router quiet
	END
	target beta 'ARCH_PACKAGES := arm_v9' 'FEATURES := squashfs ext4' 'SUBTARGETS := $(sort small big)'
	for sub in small big; do
		printf 'define Device/card\nDEVICE_MODEL := Card\nIMAGES := sd.img boot.dtb\nendef\nTARGET_DEVICES := card\n' \
			>"$tree/target/linux/beta/image/$sub.mk"
	done
	target gamma 'FEATURES := squashfs'
	printf 'define Device/only\nDEVICE_MODEL := Only\nIMAGES := x.bin\nendef\nTARGET_DEVICES := only\n' \
		>"$tree/target/linux/gamma/image/generic.mk"
	target generic
	mkdir -p "$tree/target/linux/noimages"
	echo 'SUBTARGETS := x' >"$tree/target/linux/noimages/Makefile"
}

# json PYTHON-EXPRESSION: of `d`, what list --json printed into out
json() { python3 -c 'import json, sys; d = json.load(open("out")); print(eval(sys.argv[1]))' "$1"; }

@test "as JSON: targets in order, each device with titles, images, packages, supported devices" {
	"$IMAGEMK" list -C tree --json >out
	[ "$(json 'd["list_version"], d["tree"]')" = "(1, '$(realpath "$tree")')" ]
	[ "$(json '" ".join(t["target"] for t in d["targets"])')" = "alpha/two alpha/one beta/big beta/small gamma/generic" ]
	[ "$(json '[x["id"] for x in d["targets"][0]["devices"]]')" = "['acme_router', 'quiet']" ]
	[ "$(json '[(t["arch_packages"], t["filesystems"], t["default_packages"]) for t in d["targets"][1:3]]')" = \
		"[('mips', ['squashfs'], ['base-files', 'busybox']), ('arm_v9', ['squashfs', 'ext4'], ['base-files', 'busybox'])]" ]
	device='d["targets"][1]["devices"][0]'
	[ "$(json "$device[\"id\"], $device[\"target\"]")" = "('acme_router', 'alpha/one')" ]
	[ "$(json "$device[\"titles\"]")" = \
		"[{'title': 'Acme Router \"9\" v1\\\\2', 'vendor': 'Acme', 'model': 'Router \"9\"', 'variant': 'v1\\\\2'}, {'title': 'Umbra Box'}]" ]
	[ "$(json "[tuple(i.get(k) for k in ('image', 'type', 'filesystem', 'name')) for i in $device[\"images\"]]")" = \
		"[('initramfs.bin', 'kernel', 'initramfs', 'myos-alpha-one-acme_router-initramfs.bin'), \
('sysupgrade.bin', 'sysupgrade', 'squashfs', 'myos-alpha-one-acme_router-squashfs-sysupgrade.bin'), \
('factory.img.gz', 'factory', 'squashfs', 'myos-alpha-one-acme_router-squashfs-factory.img.gz'), \
('loader.bin', 'loader.bin', None, 'myos-alpha-one-acme_router-loader.bin')]" ]
	[ "$(json "$device[\"packages\"], $device[\"supported_devices\"]")" = "(['kmod-a', '-kmod-b'], ['acme,router', 'acme,old'])" ]
	[ "$(json "[(x.get('broken'), x.get('default')) for x in d['targets'][0]['devices']]")" = "[(None, None), (True, False)]" ]
}

@test "file systems and packed images are those of a default configuration, by the tree's own Kconfig file" {
	"$IMAGEMK" list -C tree --json beta >out
	[ "$(json '[[i["name"] for i in t["devices"][0]["images"]] for t in d["targets"]]')" = \
		"[['myos-beta-big-card-squashfs-sd.img', 'myos-beta-big-card-ext4-sd.img.gz', 'myos-beta-big-card-squashfs-boot.dtb', 'myos-beta-big-card-ext4-boot.dtb'], \
['myos-beta-small-card-squashfs-sd.img', 'myos-beta-small-card-squashfs-boot.dtb']]" ]
}

@test "as a table: a line for the target, a line a device, columns aligned, no colours in a pipe" {
	cat >expected <<-'END'
		alpha/one  1 device; squashfs; packages for mips
		  acme_router  Acme Router "9" v1\2  initramfs.bin sysupgrade.bin factory.img.gz loader.bin
		               Umbra Box
	END
	"$IMAGEMK" list -C tree alpha/one | diff expected -
	"$IMAGEMK" list -C tree alpha >out
	grep -q '^alpha/two  2 devices; squashfs; packages for mips$' out
	grep -q '^  acme_router  Acme Other of two  sysupgrade.bin$' out
	grep -q '^  quiet        Quiet none         (broken)$' out
}

@test "what one evaluation sets, defines or exports is invisible to another, in whatever order they run" {
	for j in 1 4; do
		"$IMAGEMK" list -C tree --json -j $j alpha >out
		[ "$(json '[x["titles"][0]["title"] for t in d["targets"] for x in t["devices"]]')" = \
			"['Acme Other of two', 'Quiet none', 'Acme Router \"9\" v1\\\\2']" ]
	done
}

@test "any number of jobs gives the same, and so does the second time" {
	"$IMAGEMK" list -C tree --json -j1 >one
	for j in 1 2 4 16; do
		"$IMAGEMK" list -C tree --json -j$j | diff one -
	done
	cd tree
	"$IMAGEMK" list --json | diff ../one -
}

@test "an error in one subtarget is told with its name; the others are listed; exit 1" {
	echo '$(error the moon is full)' >>"$tree/target/linux/alpha/image/one.mk"
	printf 'define Device/late\nendef\nTARGET_DEVICES += late\n' >>"$tree/target/linux/alpha/image/one.mk"
	printf '$(warning half a moon)\n' >>"$tree/target/linux/gamma/image/generic.mk"
	run --separate-stderr "$IMAGEMK" list -C tree
	[ "$status" -eq 1 ]
	echo "$stderr"
	[ "$stderr" = "alpha/one: one.mk:15: *** the moon is full.  Stop." ]
	[[ $output == *"alpha/one  0 devices"*"could not be read to its end"* ]]
	[[ $output == *"alpha/two  2 devices"*"beta/big  1 device;"*"gamma/generic  1 device;"* ]]
	run --separate-stderr "$IMAGEMK" list -C tree --json
	[ "$status" -eq 1 ]
	printf '%s' "$output" >out
	[ "$(json '[t.get("error") for t in d["targets"]]')" = "[None, 'one.mk:15: *** the moon is full.  Stop.', None, None, None]" ]
	run --separate-stderr "$IMAGEMK" list -C tree -v gamma
	[ "$status" -eq 0 ]
	[ "$stderr" = "gamma/generic: generic.mk:6: half a moon" ]
}

@test "what \$(shell) says on standard error is told with the subtarget too" {
	printf 'X := $(shell echo lost >&2; ls /no/such/folder)\n$(error then)\n' >>"$tree/target/linux/gamma/image/generic.mk"
	run --separate-stderr "$IMAGEMK" list -C tree
	[ "$status" -eq 1 ]
	[[ $stderr == "gamma/generic: lost"*"gamma/generic: "*no/such/folder*"gamma/generic: generic.mk:7: *** then.  Stop." ]]
}

@test "eval reads a subtarget as list does, and prints the text alone" {
	run -0 "$IMAGEMK" eval -C "$tree" alpha/one '$(SHARED)|$(SUBTARGET)|$(words $(TARGET_DEVICES))'
	[[ $output == "of one|one|"[1-9]* ]]
	[ "${#lines[@]}" -eq 1 ]
	run -0 "$IMAGEMK" eval --origin -C "$tree" alpha/one '$(SHARED)'
	[[ ${lines[0]} == "one.mk:1: of one" ]]
	run -2 "$IMAGEMK" eval -C "$tree" alpha/on '$(SHARED)'
	[ "$output" = $'imagemk eval: no subtarget \'on\' of alpha\n  hint: nearest: one' ]
	run -2 "$IMAGEMK" eval -C "$tree" nowhere/ray '$(SHARED)'
	[[ $output == *"nowhere/ray: the tree has no such target"* ]]
	run -2 "$IMAGEMK" eval -C "$BATS_TEST_TMPDIR" alpha/one '$(SHARED)'
	[[ $output == *"is no OpenWrt tree"* ]]
}

@test "devices by name, wherever they are" {
	run --separate-stderr "$IMAGEMK" list -C tree card
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == beta/big* && ${lines[2]} == beta/small* && ${#lines[@]} -eq 4 ]]
	run --separate-stderr "$IMAGEMK" list -C tree alpha acme_router
	[ "${#lines[@]}" -eq 5 ]
	"$IMAGEMK" list -C tree --json only quiet >out
	[ "$(json '[x["id"] for t in d["targets"] for x in t["devices"]]')" = "['quiet', 'only']" ]
}

@test "a target that is not divided answers to the name that the table gives it, too" {
	run -0 "$IMAGEMK" list -C tree gamma
	whole=$output
	[[ $whole == "gamma/generic "* ]]
	run -0 "$IMAGEMK" list -C tree gamma/generic
	[ "$output" = "$whole" ]
}

@test "an unknown target, subtarget or device: the nearest names, exit 2, nothing else" {
	run --separate-stderr "$IMAGEMK" list -C tree alhpa/one
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ $stderr == *"no target 'alhpa'"*"nearest: alpha"* ]]
	run --separate-stderr "$IMAGEMK" list -C tree alpha/on
	[ "$status" -eq 2 ]
	[[ $stderr == *"no subtarget 'alpha/on'"*one* ]]
	run --separate-stderr "$IMAGEMK" list -C tree gamma/x
	[ "$status" -eq 2 ]
	[[ $stderr == *"no subtarget 'gamma/x'"* ]]
	run --separate-stderr "$IMAGEMK" list -C tree acme_ruoter
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ $stderr == *"no device or target 'acme_ruoter'"*"nearest: acme_router"* ]]
	run --separate-stderr "$IMAGEMK" list -C tree generic
	[ "$status" -eq 2 ]
}

@test "not a tree, not there, not a number: said, exit 2" {
	run --separate-stderr "$IMAGEMK" list -C tree/include
	[ "$status" -eq 2 ]
	[[ $stderr == *"tree/include is no tree: it has no rules.mk"* ]]
	run --separate-stderr "$IMAGEMK" list -C nowhere
	[ "$status" -eq 2 ]
	[[ $stderr == *"nowhere: No such file or directory"* ]]
	mkdir -p bare/include bare/target/linux/alone bare/target/linux/generic/image
	touch bare/rules.mk bare/include/image.mk bare/target/linux/alone/Makefile
	touch bare/target/linux/generic/Makefile bare/target/linux/generic/image/Makefile
	for command in list audit "list --json"; do
		run --separate-stderr "$IMAGEMK" $command -C bare
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr == *"bare has no target: no folder of target/linux has Makefile and image/Makefile"* ]]
	done
	for j in 0 x 99999999999999999999; do
		run "$IMAGEMK" list -C tree -j $j
		[ "$status" -eq 2 ]
	done
}

@test "subtargets that only an evaluation knows are found; those that it does not confirm are dropped" {
	target delta 'ifeq ($(SUBTARGET),)' 'SUBTARGETS := ghost' 'endif' 'FEATURES := squashfs'
	mkdir -p "$tree/target/linux/delta/real"
	: >"$tree/target/linux/delta/real/target.mk"
	printf 'TARGET_DEVICES :=\n' >"$tree/target/linux/delta/image/real.mk"
	mkdir -p "$tree/target/linux/feeds/alpha"
	cp -R "$tree/target/linux/gamma/." "$tree/target/linux/feeds/alpha/"
	"$IMAGEMK" list -C tree --json >out
	[ "$(json '" ".join(t["target"] for t in d["targets"])')" = "alpha/generic beta/big beta/small delta/real gamma/generic" ]
}

@test "what a dump would ask the host first is known" {
	target host 'SUBTARGETS := one' 'FEATURES := squashfs' 'ifeq ($(HOST_OS),Linux)' 'ARCH := $(HOST_ARCH)' endif
	: >"$tree/target/linux/host/image/one.mk"
	HOST_OS=other "$IMAGEMK" list -C "$tree" host | grep -q "packages for $(uname -m)"
}

@test "an ImageBuilder lists what it is for" {
	: >"$tree/.targetinfo"
	printf 'CONFIG_TARGET_BOARD="alpha"\nCONFIG_TARGET_SUBTARGET="one"\n' >"$tree/.config"
	run --separate-stderr "$IMAGEMK" list -C tree
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == "alpha/one  1 device"* && ${#lines[@]} -eq 3 ]]
}

@test "nothing is written into the tree, and a make above us does not matter" {
	(cd tree && find . -printf '%p %T@ %s\n' | sort) >before
	MAKEFLAGS='w -j8 --jobserver-auth=98,99 -- SUBTARGET=none' MAKELEVEL=3 "$IMAGEMK" list -C tree >out 2>err
	(cd tree && find . -printf '%p %T@ %s\n' | sort) | diff before -
	[ ! -s err ]
	"$IMAGEMK" list -C tree | diff out -
}

@test "what all evaluations ask scripts/feeds is asked once, and all get the answer" {
	mkdir "$tree/scripts"
	printf '#!/bin/sh\necho $1 $2 >>"%s/asked"\necho alpha beta\n' "$BATS_TEST_TMPDIR" >"$tree/scripts/feeds"
	chmod +x "$tree/scripts/feeds"
	sed -i 's,^comma,FEEDS := $(shell $(TOPDIR)/scripts/feeds list -n 2>/dev/null)\n&,; s,^DEVICE_PACKAGES :=,& $$(FEEDS),' \
		"$tree/include/image.mk"
	for j in 1 4; do
		rm -f asked
		"$IMAGEMK" list --unconfined -C tree --json -j$j >out
		[ "$(cat asked)" = "list -n" ]
		[ "$(json '[x["packages"] for t in d["targets"][2:] for x in t["devices"]]')" = \
			"[['alpha', 'beta'], ['alpha', 'beta'], ['alpha', 'beta']]" ]
	done
}

@test "bytes that are no UTF-8 and control characters make valid JSON" {
	printf 'define Device/odd\nDEVICE_MODEL := \303\244\t\001\377x\nendef\nTARGET_DEVICES += odd\n' \
		>>"$tree/target/linux/gamma/image/generic.mk"
	"$IMAGEMK" list -C tree --json odd >out
	[ "$(json 'ascii(d["targets"][0]["devices"][0]["titles"][0]["model"])')" = "'\\xe4\\t\\x01\\ufffdx'" ]
}

@test "the same as GNU make's dumps; compare-list finds a difference" {
	run "$top/scripts/compare-list" tree
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = "5 targets, 7 devices and profiles (each title counts), 0 differ" ]
	printf '#!/bin/sh\n"%s" "$@" | sed s/Umbra/Penumbra/\n' "$IMAGEMK" >other
	chmod +x other
	IMAGEMK=$PWD/other run "$top/scripts/compare-list" tree
	[ "$status" -eq 1 ]
	[[ $output == *Penumbra*"1 differ" ]]
}

@test "the project's own targets" {
	for part in rules.mk mk include target scripts; do
		cp -R "$top/$part" own-"$part"
	done
	mkdir own
	for part in rules.mk mk include target scripts; do mv own-"$part" "own/$part"; done
	echo 1700000000 >own/version.date
	find own -printf '%p %T@\n' | sort >before
	"$IMAGEMK" list -C own --json >out
	find own -printf '%p %T@\n' | sort | diff before -
	[ "$(json '[(t["target"], len(t["devices"])) for t in d["targets"]]')" = \
		"[('ath79/generic', 5), ('malta/le', 2), ('ramips/mt7621', 3), ('x86/64', 2)]" ]
	[ "$(json '[i["name"] for i in d["targets"][0]["devices"][0]["images"]]')" = \
		"['openwrt-ath79-generic-tplink-archer-c7-v2-squashfs-factory.bin', 'openwrt-ath79-generic-tplink-archer-c7-v2-squashfs-sysupgrade.bin']" ]
}

@test "scripts/feeds: a text that is known runs natively, another one itself" {
	mkdir -p t/scripts
	printf '#!/bin/sh\necho own "$@"\n' >t/scripts/feeds
	chmod +x t/scripts/feeds
	printf 'all: ; @echo $(shell %s/scripts/feeds list -n)\n' "$PWD/t" >mf
	run "$IMAGEMK" make -s -f mf
	[ "$output" = "own list -n" ]
	[ -n "${OPENWRT_TREE:-}" ] || skip "OPENWRT_TREE is not set"
	printf 'all: ; @echo $(shell %s/scripts/feeds list -n)\n' "$OPENWRT_TREE" >mf
	make -s -f mf >want
	"$IMAGEMK" make -s -f mf >got
	diff want got
}

# ask TEXT: all evaluations ask for $(shell TEXT), and put what they got among the packages
ask() {
	sed -i "s,^comma,FOUND := \$(shell $1)\\n&,; s,^DEVICE_PACKAGES :=,& \$\$(FOUND)," "$tree/include/image.mk"
}

# processes NAME: how many of NAME --stats counted in err
processes() { awk -v name="$1" '$3 == name ":" { n += $1 } END { print n + 0 }' err; }

@test "results of commands that are known to be pure are kept: one process instead of many" {
	ask "perl -e 'print scalar gmtime(1700000000)'"
	"$IMAGEMK" --stats --no-native perl list --unconfined -C tree --json -j1 beta >out 2>err
	[ "$(processes perl)" -eq 1 ]
	[ "$(json 'sorted({" ".join(x["packages"][:3]) for t in d["targets"] for x in t["devices"]})')" = "['Tue Nov 14']" ]
}

@test "what is not known to be pure, or says something on standard error, or changes files, runs each time" {
	ask "perl -e 'print 1 + 1'"
	"$IMAGEMK" --stats list --unconfined -C tree --json -j1 beta >out 2>err
	[ "$(processes perl)" -gt 1 ]
	ask "perl -e 'print scalar gmtime(1700000000)'; echo said >\&2"
	"$IMAGEMK" list --unconfined -C tree --json -j1 -v beta 2>&1 | grep -c said >said
	[ "$(cat said)" -gt 1 ]
	ask "echo a >>$BATS_TEST_TMPDIR/written; cat $BATS_TEST_TMPDIR/written"
	"$IMAGEMK" list --unconfined -C tree --json -j1 beta >out
	[ "$(wc -l <written)" -gt 1 ]
}

# What the steps of a chain need, told from their recipes' text: nothing runs, so no such tool need be there.
@test "--coverage: steps that are native, start processes, need a shell, are not defined; scripts are looked into" {
	mkdir -p "$tree/scripts"
	printf '#!/bin/sh\n. "$(dirname "$0")/lib.sh"\nhelp_me "$1"\nsed p "$1" | mkfs.ubifs -o "$1"\n' >"$tree/scripts/pack.sh"
	printf 'help_me() { cat "$1"; }\n' >"$tree/scripts/lib.sh"
	printf '#!/usr/bin/env python3\nprint(1)\n' >"$tree/scripts/sign.py"
	cat >>"$tree/include/image.mk" <<-'END'
		concat_cmd = $(call Build/$(word 1,$(1)),$(wordlist 2,99,$(1)))
		define Build/append
			@[ -n "$(1)" ] || { printf '%s' "$$(stat -c %s $@)" >&2; rm -f $@; }
			dd if=$< >> $@
			xargs -I X /host/bin/mktplinkfw X && $(TOPDIR)/bin/zytrx $@
		endef
		define Build/pack
			$(TOPDIR)/scripts/pack.sh $@
			sh $(TOPDIR)/scripts/lib.sh
		endef
		define Build/sign
			$(TOPDIR)/scripts/sign.py $@; /host/bin/ucert2 \
				$@
		endef
		define Build/odd
			cat <(cat $@)
		endef
		define Build/value
			other='a b'; "$$other" c; third=x; third=y; $${third} $@; sh "$$script"
		endef
		define Build/given
			sum="$(TOPDIR)/host/bin/md5sum"; tool='/host/bin/dc'; echo x | "$$sum"; $${tool} $@
			$(MAKE) -C loader
		endef
		define Build/makes
			rm -f $@
			$(MAKE) -C loader
		endef
	END
	cat >>"$tree/target/linux/gamma/image/generic.mk" <<-'END'
		define Device/covered
		DEVICE_MODEL := Covered
		IMAGES := x.bin y.bin
		IMAGE/x.bin := append 1 | pack | sign | odd | value | given | gone
		IMAGE/y.bin := append 1
		endef
		define Device/native
		DEVICE_MODEL := Native
		IMAGES := y.bin
		IMAGE/y.bin := append 1 | append 2
		endef
		define Device/made
		DEVICE_MODEL := Made
		IMAGES := y.bin
		IMAGE/y.bin := append 1 | makes
		endef
		TARGET_DEVICES += covered native made
	END
	"$IMAGEMK" list -C tree --coverage gamma >out
	grep -qx '  native: 2 steps, all native' out
	grep -qx '  covered: 8 steps, 2 native, 1 unknown, 3 process, 1 shell, 1 undefined' out
	grep -qx '      process: x.bin: pack (mkfs.ubifs)' out
	grep -qx '      process: x.bin: sign (sign.py (python3), ucert2)' out
	grep -qx '      unknown: x.bin: value ("$other", ${third}, "$script")' out
	grep -qx '      process: x.bin: given (dc, what make starts)' out
	grep -qx '      undefined: x.bin: gone (no Build/gone)' out
	grep -qx '      unknown: y.bin: makes (what make starts)' out
	"$IMAGEMK" list -C tree --coverage --json gamma covered >out
	[ "$(json 'd["coverage_version"]')" = 1 ]
	[ "$(json '[(s["command"], s["runs"]) for s in d["targets"][0]["devices"][0]["chains"][0]["steps"]]')" = \
		"[('append', 'native'), ('pack', 'process'), ('sign', 'process'), ('odd', 'shell'), ('value', 'unknown'), ('given', 'process'), ('gone', 'undefined')]" ]
	[ "$(json 'len(d["targets"][0]["devices"])')" = 1 ]
	"$IMAGEMK" list -C tree --coverage --json gamma made >out
	[ "$(json 'd["targets"][0]["devices"][0]["chains"][0]["steps"][1]["tools"]')" = "['rm', 'make']" ]
}

@test "a tree is read in the C locale, as its top Makefile exports it" {
	echo 'NAME:=Zoë' >"$tree/notes"
	printf '%s\n' 'FOUND := $(shell grep -m1 "^NAME" $(TOPDIR)/notes $(TOPDIR)/none 2>/dev/null; find $(TOPDIR) -name "n?tes")' \
		'$(info $(FOUND))' >>"$tree/target/linux/gamma/image/Makefile"
	LC_ALL=C.UTF-8 LANG=C.UTF-8 run --separate-stderr "$IMAGEMK" list -C tree gamma
	[ "$status" = 0 ]
	[ "$stderr" = "" ]
	LC_ALL=C.UTF-8 run --separate-stderr "$IMAGEMK" eval -C tree gamma/generic '$(FOUND) $(LC_ALL) $(LANG)'
	[ "$status" = 0 ]
	[ "$stderr" = "" ]
	[ "$output" = "$tree/notes:NAME:=Zoë $tree/notes C C" ]
}
