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
	run -1 env -u _ "$top/scripts/compare-make" database tree toy/one
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

# imagemk, but adopting a tree also does what the shell text MORE says to it ($tree).
almost_imagemk() {
	mkdir -p other
	real=${real:-$IMAGEMK}
	printf '#!/bin/bash\n[ "$1" != adopt ] || tree=$2\n%q "$@" || exit\n[ -z "$tree" ] || { %s; }\n' "$real" "$1" >other/imagemk
	chmod +x other/imagemk
	IMAGEMK=$PWD/other/imagemk
}

@test "conformance: the same files, from made-up parts; what is not the same; what can't be laid out" {
	# BuildImage, which the hand-over needs, and an image in bin/
	cat >tree/include/image.mk <<'EOF'
define BuildImage
install: $(TOPDIR)/bin/targets/toy/a.img
$(TOPDIR)/bin/targets/toy/a.img: $(KDIR)/vmlinux $(TOPDIR)/staging_dir/target/image/boot.bin
	mkdir -p $$(@D)
	cat $$^ $(TARGET_DIR)/etc/banner $(LINUX_DIR)/fw/*.bin > $$@
	cp $(LINUX_DIR)/dts/a.dtb $$(@D)
	ln -sf a.img $$@.link
endef
EOF
	sed -i '$a $(eval $(call BuildImage))' tree/target/linux/toy/image/Makefile
	find tree | sort >before
	run -0 "$top/scripts/conformance" --keep kept --keep-trees tree toy/one
	[[ $output == *"toy_one "*" 0 differ   0 missing   0 extra     3 in bin, 0 recipes fail"*"1 same, 0 differ, 0 not laid out" ]]
	[ "$(stat -c %s kept/toy_one/imagemk/bin/targets/toy/a.img)" -eq 810400 ]
	[ "$(od -An -tx1 -N4 kept/toy_one/imagemk/bin/targets/toy/a.dtb)" = " d0 0d fe ed" ]
	grep -q imagemk-image-stage kept/toy_one/imagemk/include/image.mk
	find tree | sort | cmp before -
	almost_imagemk 'printf x | dd of=$tree/build_dir/kernel/vmlinux bs=1 seek=77 conv=notrunc 2>/dev/null; mkdir $tree/bin; touch $tree/bin/more'
	run -1 "$top/scripts/conformance" tree toy/one
	[[ $output == *" 2 differ   0 missing   1 extra "* ]]
	[[ $output == *"differs  bin/targets/toy/a.img from byte 77 of 810400"*"cat "*"> "*"a.img"* ]]
	[[ $output == *"extra    bin/more"* ]]
	[[ $output == *"0 same, 1 differ, 0 not laid out" ]]
	# what GNU make itself makes otherwise each time may differ, but not elsewhere
	sed -i 's|^\tcat .*|&; date +%N >> $$@|' tree/include/image.mk
	run -1 "$top/scripts/conformance" tree toy/one
	[[ $output == *" 2 differ   0 missing   1 extra   1 unstable "* ]]
	almost_imagemk 'mkdir $tree/bin; touch $tree/bin/more'
	run -1 "$top/scripts/conformance" tree toy/one
	[[ $output == *" 0 differ   0 missing   1 extra   1 unstable "* ]]
	run -1 "$top/scripts/conformance" tree plain
	[[ $output == *"plain "*"not laid out: "*"0 same, 0 differ, 1 not laid out" ]]
	run -2 "$top/scripts/conformance" tree toy/three
	run -2 "$top/scripts/conformance" --keep-trees tree toy/one
}

@test "conformance --headers: device trees are of their sources, with the headers that the tree adds and changes" {
	sed -i 's|^LINUX_DIR .*|LINUX_DIR := $(KDIR)/linux-6.12.1\nTARGET_CROSS := mips-toy-linux-musl-|' tree/rules.mk
	cat >tree/include/image.mk <<'EOF'
define BuildImage
install: $(TOPDIR)/bin/targets/toy/a.dtb
$(TOPDIR)/bin/targets/toy/a.dtb: $(KDIR)/vmlinux
	mkdir -p $$(@D)
	$(TARGET_CROSS)cpp -nostdinc -x assembler-with-cpp -I$(LINUX_DIR)/include -undef -D__DTS__ -o $$@.tmp ../dts/a.dts
	$(LINUX_DIR)/scripts/dtc/dtc -O dtb -o $$@ $$@.tmp
	rm $$@.tmp
endef
EOF
	sed -i '$a $(eval $(call BuildImage))' tree/target/linux/toy/image/Makefile
	mkdir -p tree/target/linux/toy/dts tree/target/linux/toy/patches-6.12 headers/dt-bindings \
		tree/target/linux/generic/files/include/dt-bindings
	printf '%s\n' '#include <dt-bindings/old.h>' '#include <dt-bindings/added.h>' '/dts-v1/;' '/ { a = <OLD ADDED>; };' \
		>tree/target/linux/toy/dts/a.dts
	printf '#define NONE 0\n#define OLD 1\n' >headers/dt-bindings/old.h
	echo '#define ADDED 0x51525354' >tree/target/linux/generic/files/include/dt-bindings/added.h
	printf '%s\n' 'diff --git a/x.c b/x.c' '--- a/x.c' '+++ b/x.c' '@@ -1 +1 @@' '-a' '+b' 'diff --git a/old b/old' \
		'--- a/include/dt-bindings/old.h' '+++ b/include/dt-bindings/old.h' '@@ -1,2 +1,2 @@' ' #define NONE 0' \
		'-#define OLD 1' '+#define OLD 0x41424344' '-- ' '2.39' >tree/target/linux/toy/patches-6.12/100-a.patch
	find tree headers -type f -exec cksum {} + | sort >before
	run -0 "$top/scripts/conformance" --headers headers --keep kept --keep-trees tree toy/one
	[[ $output == *"1 in bin, 0 recipes fail"*"1 same, 0 differ, 0 not laid out" ]]
	grep -q ABCDQRST kept/toy_one/imagemk/bin/targets/toy/a.dtb
	grep -q '^imagemk: 0 processes' kept/toy_one.stats
	find tree headers -type f -exec cksum {} + | sort | cmp before -
	run -2 "$top/scripts/conformance" --headers tree tree toy/one
	[[ $output == *"tree: holds no dt-bindings" ]]
}

@test "conformance --kernel: device trees are of the kernel's sources with the tree's changes; made up where they can't be" {
	sed -i 's|^LINUX_DIR .*|LINUX_DIR := $(KDIR)/linux-6.12.1\nLINUX_KARCH := mips\nTARGET_CROSS := mips-toy-linux-musl-|' tree/rules.mk
	cat >tree/include/image.mk <<'EOT'
DTS_DIR := $(LINUX_DIR)/arch/$(LINUX_KARCH)/boot/dts
define Tree
install: $(TOPDIR)/bin/targets/toy/$(notdir $(1)).dtb
$(TOPDIR)/bin/targets/toy/$(notdir $(1)).dtb: $(KDIR)/vmlinux
	mkdir -p $$(@D)
	$(TARGET_CROSS)cpp -nostdinc -x assembler-with-cpp \
		-I$(DTS_DIR) -I$(LINUX_DIR)/include/ -I$(LINUX_DIR)/scripts/dtc/include-prefixes \
		-undef -D__DTS__  -o $$@.tmp $(1).dts
	$(LINUX_DIR)/scripts/dtc/dtc -O dtb -i$(dir $(1))  \
		-o $$@ $$@.tmp
	rm $$@.tmp
endef
define BuildImage
$(foreach t,$(DTS_DIR)/toy/own $(DTS_DIR)/toy/none ../dts/a ../dts/b,$(call Tree,$(t))
)
install: $(TOPDIR)/bin/targets/toy/left.dtb
$(TOPDIR)/bin/targets/toy/left.dtb: $(KDIR)/vmlinux
	cp $(DTS_DIR)/toy/left.dtb $$@
endef
EOT
	sed -i '$a $(eval $(call BuildImage))' tree/target/linux/toy/image/Makefile
	local own=arch/mips/boot/dts/toy added=tree/target/linux/toy/files-6.12/arch/mips/boot/dts
	mkdir -p kernel/$own kernel/arch/{arm,sh}/boot/dts kernel/include/dt-bindings $added \
		tree/target/linux/toy/{dts,files-6.11/arch/mips/boot/dts,patches-6.12} tree/target/linux/generic/pending-6.12
	echo '#define A 0x41424344' >kernel/include/dt-bindings/a.h
	printf '%s\n' '/ {' '	soc: soc {' '		a = "old";' '	};' '};' >kernel/$own/old.dtsi
	printf '%s\n' '#include <dt-bindings/a.h>' '#include "toy.dtsi"' '#include "more.dtsi"' \
		'#include <arm/one.dtsi>' '&soc { b = <A>; };' >kernel/$own/own.dts
	printf '/dts-v1/;\n/ { left = "behind"; };\n' >kernel/$own/left.dts
	echo '/ { one = "of arm"; };' >kernel/arch/arm/boot/dts/one.dtsi
	echo '/dts-v1/;' >$added/added.dtsi
	echo 'not this kernel' >tree/target/linux/toy/files-6.11/arch/mips/boot/dts/added.dtsi
	printf '#include "toy/toy.dtsi"\n&soc { tree; };\n' >tree/target/linux/toy/dts/a.dts
	echo '#include "nowhere.dtsi"' >tree/target/linux/toy/dts/b.dts
	printf '%s\n' 'diff --git a/x.c b/x.c' '--- a/x.c' '+++ b/x.c' '@@ -1 +1 @@' '-a' '+b' \
		'--- /dev/null' "+++ b/$own/more.dtsi" '@@ -0,0 +1 @@' '+/ { more; };' \
		"diff --git a/$own/old.dtsi b/$own/toy.dtsi" 'similarity index 80%' "rename from $own/old.dtsi" "rename to $own/toy.dtsi" \
		"--- a/$own/old.dtsi" "+++ b/$own/toy.dtsi" '@@ -1,3 +1,5 @@' '+#include <added.dtsi>' '+' ' / {' ' 	soc: soc {' \
		'-		a = "old";' '+		a = "new";' '-- ' '2.39' >tree/target/linux/generic/pending-6.12/100-a.patch
	printf '%s\n' "--- a/$own/toy.dtsi" "+++ b/$own/toy.dtsi" '@@ -1 +1 @@' '-never' '+there' \
		"--- a/arch/sh/boot/dts/x.dts" "+++ b/arch/sh/boot/dts/x.dts" '@@ -1 +1 @@' '-never' '+there' \
		>tree/target/linux/toy/patches-6.12/200-b.patch
	find tree kernel -type f -exec cksum {} + | sort >before
	run -0 "$top/scripts/conformance" --kernel kernel --keep kept --keep-trees tree toy/one
	[[ $output == *"5 in bin, 0 recipes fail"*"1 same, 0 differ, 0 not laid out" ]]
	[[ $output == *"  2 device trees of their sources, 2 made up"* && $output == *"made up  none.dtb: "*none.dts* ]]
	[[ $output == *"made up  b.dtb: ../dts/b.dts:1:10: "*nowhere.dtsi* ]]
	[[ $output == *"  patch    toy/patches-6.12/200-b.patch does not fit $own/toy.dtsi"* && $output != *x.dts* ]]
	local made=kept/toy_one/imagemk/bin/targets/toy
	dtc -q -O dts $made/own.dtb | tr -d '\n\t' | grep -F '{more;one = "of arm";soc {a = "new";b = <0x41424344>;};};'
	dtc -q -O dts $made/a.dtb | tr -d '\n\t' | grep -F '{soc {a = "new";tree;};};'
	dtc -q -O dts $made/left.dtb | tr -d '\n\t' | grep -F '{left = "behind";};'
	grep -q made-up,none.dts $made/none.dtb
	grep -q made-up,b.dts $made/b.dtb
	grep -q '^imagemk: 0 processes' kept/toy_one.stats
	find tree kernel -type f -exec cksum {} + | sort | cmp before -
	run -2 "$top/scripts/conformance" --kernel tree tree toy/one
	[[ $output == *"tree: holds no arch" ]]
}
