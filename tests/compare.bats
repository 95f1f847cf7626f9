#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# scripts/compare-make over a small tree: it says "same" where both programs agree, finds each kind of
# difference, and leaves the tree alone.
bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	export IMAGEMK=${IMAGEMK:-$top/build/imagemk}
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p tree/include tree/target/linux/{toy,plain}/image tree/scripts
	cat >tree/rules.mk <<'EOF'
-include $(TOPDIR)/.config
all:
TMP_DIR := $(TOPDIR)/tmp
KDIR := $(TOPDIR)/build_dir/kernel
LINUX_DIR := $(KDIR)/linux
TARGET_DIR := $(TOPDIR)/build_dir/root
KERNELNAME := vmlinux
EOF
	cat >tree/include/target.mk <<'EOF'
all: dumpinfo
$(TMP_DIR)/.kconfig-$(SUBTARGET): ; @echo GPIO=gpio > $@
-include $(TMP_DIR)/.kconfig-$(SUBTARGET)
dumpinfo:
	@echo 'Target: toy$(SUBTARGET:%=/%)'; echo 'Target-Arch: mips'; echo 'Target-Features: squashfs $(GPIO)'
	@$(if $(SUBTARGET),echo 'Target-Profile: DEVICE_$(SUBTARGET)-dev'; echo 'Target-Profile: DEVICE_more')
EOF
	cat >tree/include/image.mk <<'EOF'
images := $(patsubst CONFIG_TARGET_DEVICE_%,$(KDIR)/%.bin,$(filter CONFIG_TARGET_DEVICE_%,$(.VARIABLES)))
all: install
install: $(sort $(images))
$(images): %.bin: $(KDIR)/vmlinux $(KDIR)/made-up
	cat $^ > $@
	echo $(shell date) $(SIGNATURE) $(MAKE) $(shell mktemp)
EOF
	printf 'include $(TOPDIR)/rules.mk\nSUBTARGETS := one two\ninclude $(TOPDIR)/include/target.mk\n' \
		>tree/target/linux/toy/Makefile
	sed '/SUBTARGETS/d' tree/target/linux/toy/Makefile >tree/target/linux/plain/Makefile
	printf 'include $(TOPDIR)/rules.mk\ninclude $(TOPDIR)/include/image.mk\n' |
		tee tree/target/linux/toy/image/Makefile >tree/target/linux/plain/image/Makefile
	find tree | sort >before
}

# A program that is GNU make, but for what the sed script SCRIPT does to its standard output.
almost_make() {
	mkdir -p other
	printf '#!/bin/bash\nset -o pipefail\n(exec -a "$0" %s "$@") | sed %q\n' "$(command -v make)" "$1" >other/make
	chmod +x other/make
	IMAGEMK=$PWD/other/make
}

@test "compare-make: all the same, all subtargets found, nothing written to the tree" {
	run -0 "$top/scripts/compare-make" --keep kept dump tree
	[[ $output == *"plain "*same*"toy/one "*same*"toy/two "*same* ]]
	[[ $output == *"3 same, 0 differ, 0 could not be run"* ]]
	grep -q '^Target-Features: squashfs gpio$' kept/toy_one.old-tmp.gnu.out
	grep -q '^Target-Features: squashfs $' kept/toy_one.no-tmp.imagemk.out
	run -0 "$top/scripts/compare-make" --keep kept --jobs 2 recipes tree toy
	[[ $output == *"2 same, 0 differ, 0 could not be run"* ]]
	grep -q '^cat .*/vmlinux .*/made-up > .*/toy_one_DEVICE_one-dev.bin$' kept/toy_one.imagemk.out
	grep -q '^echo .*2023 12345678 .*/tmp\.2$' kept/toy_one.gnu.out
	run -0 "$top/scripts/compare-make" --keep kept database tree toy/two
	[[ $output == *"1 same, 0 differ, 0 could not be run"* ]]
	grep -q '^KERNELNAME := vmlinux$' kept/toy_two.gnu.out
	find tree | sort | diff before -
}

@test "compare-make: each kind of difference is found" {
	almost_make 's/toy.two/toy-two/'
	run -1 "$top/scripts/compare-make" dump tree
	[[ $output == *"toy/two "*differs*"no-tmp: out 1: GNU make 'Target: toy/two', imagemk 'Target: toy-two'"* ]]
	[[ $output == *"2 same, 1 differ, 0 could not be run"* ]]
	almost_make '/^cat/d'
	run -1 "$top/scripts/compare-make" recipes tree toy/one
	[[ $output == *"0 same, 1 differ, 0 could not be run"* ]]
	almost_make 's/^KERNELNAME .*/KERNELNAME := other/'
	run -1 "$top/scripts/compare-make" database tree toy/one
	[[ $output == *differs*"KERNELNAME := "* ]]
	almost_make 'w more'
	run -1 "$top/scripts/compare-make" dump tree plain
	[[ $output == *"no-tmp: files "*more* ]]
	printf '#!/bin/sh\n%s "$@"\nexit 3\n' "$(command -v make)" >other/make
	run -1 "$top/scripts/compare-make" dump tree plain
	[[ $output == *"status 1: GNU make '0', imagemk '3'"* ]]
}

@test "compare-make: what cannot be compared, wrong trees and targets" {
	mkdir configs
	run -1 "$top/scripts/compare-make" --configs configs recipes tree toy/one
	[[ $output == *"not run"*"no toy_one.config in configs"* && $output == *"1 could not be run"* ]]
	echo 'CONFIG_TARGET_toy_two=y' >tree/.config
	run -1 "$top/scripts/compare-make" recipes tree toy
	[[ $output == *"toy/one "*"not run"*"toy/two "*same* ]]
	run -2 "$top/scripts/compare-make" dump configs
	[[ $output == "compare-make: configs is no OpenWrt tree: it has no rules.mk" ]]
	run -2 "$top/scripts/compare-make" dump tree toy/three
	[[ $output == "compare-make: toy/three: the tree has no such target" ]]
	run -2 env IMAGEMK=/nowhere "$top/scripts/compare-make" dump tree
	run -2 "$top/scripts/compare-make" compare tree
	run -0 "$top/scripts/compare-make" --help
	[[ $output == *"Exit status: 0 all the same"* ]]
}
