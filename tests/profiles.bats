#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Several profiles of an ImageBuilder in one run: a small tree in its shape, held against single runs under GNU make.

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	OWN=${IMAGEMK:-$ROOT/build/imagemk}
	export LC_ALL=C
	unset MAKEFLAGS MAKELEVEL IMAGEMK IMAGEMK_STAGE PROFILE PROFILES FILES PACKAGES BIN_DIR V
	cd "$BATS_TEST_TMPDIR"
	IB=$BATS_TEST_TMPDIR/ib
	mkdir -p "$IB/include" "$IB/packages" "$IB/target/linux/demo/image" "$IB/build_dir/target-demo/linux-demo" "$IB/files"
	for d in a b c Big; do echo "kernel of $d" > "$IB/build_dir/target-demo/linux-demo/$d-kernel.bin"; done
	echo "of the user" > "$IB/files/motd"
	cat > "$IB/rules.mk" <<'END'
empty :=
space := $(empty) $(empty)
comma := ,
SHELL := /usr/bin/env bash
tolower = $(shell echo '$(1)' | tr A-Z a-z)
BOARD := demo
INCLUDE_DIR := $(TOPDIR)/include
BUILD_DIR_BASE := $(TOPDIR)/build_dir
BUILD_DIR := $(BUILD_DIR_BASE)/target-demo
TARGET_ROOTFS_DIR ?= $(BUILD_DIR)
TARGET_DIR := $(TARGET_ROOTFS_DIR)/root-demo
TARGET_DIR_ORIG := $(TARGET_ROOTFS_DIR)/root.orig-demo
KERNEL_BUILD_DIR ?= $(BUILD_DIR)/linux-demo
TMP_DIR := $(TOPDIR)/tmp
DL_DIR := $(TOPDIR)/dl
BIN_DIR := $(TOPDIR)/bin/demo
END
	# What a user of an ImageBuilder calls, in the order and with the words that its Makefile has.
	cat > "$IB/Makefile" <<'END'
TOPDIR := ${CURDIR}
export TOPDIR
all: info
include rules.mk
DEFAULT_PACKAGES := base
PROFILE_NAMES := DEVICE_a DEVICE_b DEVICE_c DEVICE_Big DEVICE_bad
DEVICE_a_PACKAGES := wifi  usb
DEVICE_b_PACKAGES := -base
DEVICE_c_PACKAGES := wifi usb
DEVICE_Big_PACKAGES := usb
DEVICE_bad_PACKAGES := wifi usb
PROFILE_FILTER = $(filter DEVICE_$(PROFILE) $(PROFILE),$(PROFILE_NAMES))
BUILD_PACKAGES = $(USER_PACKAGES) $(sort $(DEFAULT_PACKAGES) $($(USER_PROFILE)_PACKAGES))
_call_info: ; @echo 'Profiles: $(patsubst DEVICE_%,%,$(PROFILE_NAMES))'
_call_image:
	rm -rf $(TARGET_DIR)
	mkdir -p $(TARGET_DIR) $(BIN_DIR) $(TMP_DIR) $(DL_DIR)
	$(MAKE) package_reload
	$(MAKE) package_install
	$(MAKE) build_image
	$(MAKE) json_overview_image_info
	$(MAKE) checksum
package_reload:
	[ -e packages/index ] || { mkdir packages/lock && sleep 0.1 && echo index > packages/index && rmdir packages/lock; }
package_install:
	echo '$(BUILD_PACKAGES)' >> $(TOPDIR)/installed
	for p in $(BUILD_PACKAGES); do [ -e $(DL_DIR)/$$p ] || echo "$$p" >> $(DL_DIR)/$$p; cp $(DL_DIR)/$$p $(TARGET_DIR)/; done
	$(if $(USER_FILES),cp -R $(USER_FILES)/. $(TARGET_DIR)/)
	printf '%s\n' $(BUILD_PACKAGES) > $(TMP_DIR)/list
build_image:
	rm -rf $(BUILD_DIR)/json_info_files
	$(MAKE) -C target/linux/demo/image install IB=1 EXTRA_IMAGE_NAME='$(EXTRA_IMAGE_NAME)' $(if $(USER_PROFILE),PROFILE='$(USER_PROFILE)')
json_overview_image_info:
	touch $(BIN_DIR)/profiles.json
	{ cat $(BIN_DIR)/profiles.json; cat $(BUILD_DIR)/json_info_files/*.json; } | sort -u > $(TMP_DIR)/merged
	cp $(TMP_DIR)/merged $(BIN_DIR)/profiles.json
checksum: ; cd $(BIN_DIR) && rm -f sha256sums && sha256sum * > $(TMP_DIR)/sums && cp $(TMP_DIR)/sums sha256sums
info: ; (unset PROFILE FILES PACKAGES MAKEFLAGS; $(MAKE) -s _call_info)
_check_profile:
	$(if $(PROFILE),$(if $(PROFILE_FILTER),,@echo 'Profile "$(PROFILE)" does not exist!'; exit 1))
image:
	$(MAKE) -s _check_profile
	(unset PROFILE FILES PACKAGES MAKEFLAGS; \
	$(MAKE) -s _call_image \
		$(if $(PROFILE),USER_PROFILE="$(PROFILE_FILTER)") \
		$(if $(FILES),USER_FILES="$(FILES)") \
		$(if $(PACKAGES),USER_PACKAGES="$(PACKAGES)") \
		$(if $(BIN_DIR),BIN_DIR="$(BIN_DIR)"))
manifest: ; @echo base $(PACKAGES) $($(PROFILE_FILTER)_PACKAGES)
.SILENT: info image
END
	cat > "$IB/include/image.mk" <<'END'
KDIR = $(KERNEL_BUILD_DIR)
IMG = demo-$(if $(EXTRA_IMAGE_NAME),$(EXTRA_IMAGE_NAME)-)
PROFILE_SANITIZED := $(call tolower,$(subst DEVICE_,,$(subst $(space),-,$(PROFILE))))
  DEVICE_CHECK_PROFILE = $(filter $(1),DEVICE_$(PROFILE) $(PROFILE))
devices = $(foreach d,$(TARGET_DEVICES),$(if $(call DEVICE_CHECK_PROFILE,DEVICE_$(d)),$(d)))
define BuildImage
  .PHONY: install
  install: $(devices:%=$(BIN_DIR)/$(IMG)%.bin)
	cat $(TARGET_DIR)/* > $(BIN_DIR)/$(IMG)$(PROFILE_SANITIZED).manifest
	cp $(KDIR)/root.fs $(BIN_DIR)/$(IMG)rootfs.img
endef
$(KDIR)/root.fs:
	@rm -rf $(KDIR)/tmp; mkdir -p $(KDIR)/tmp $(BUILD_DIR)/json_info_files
	echo made >> $(TOPDIR)/rootfs-made
	cat $(TARGET_DIR)/* > $@
.PHONY: $(KDIR)/root.fs
$(BIN_DIR)/$(IMG)%.bin: $(KDIR)/root.fs
	$(TOOL)cat $(KDIR)/$*-kernel.bin $(KDIR)/root.fs > $(KDIR)/tmp/$*.new
	mv $(KDIR)/tmp/$*.new $(KDIR)/tmp/$(@F)
	cp $(KDIR)/tmp/$(@F) $@
	echo '$* $(@F)' > $(BUILD_DIR)/json_info_files/$*.json
END
	cat > "$IB/target/linux/demo/image/Makefile" <<'END'
include $(TOPDIR)/rules.mk
TARGET_DEVICES := a b c Big bad
include $(INCLUDE_DIR)/image.mk
$(eval $(call BuildImage))
END
	cp -a "$IB" clean
}

fresh() { rm -rf "$IB"; cp -a clean "$IB"; }
results() { (cd "$IB/${1:-bin}" && find . -type f ! -name build-report.json -exec sha256sum {} + | sort -k 2); }

# singles "WORDS" PROFILE...: what one run after the other under GNU make leaves
singles() {
	local words=$1 p
	shift
	fresh
	# shellcheck disable=SC2086
	for p; do make -C "$IB" image PROFILE="$p" $words > /dev/null 2>&1 || true; done
}

# several HOW WORDS...: one run, adopted under GNU make or by imagemk alone; status in $status
several() {
	local how=$1
	shift
	fresh
	case $how in
	adopted) "$OWN" adopt "$IB" > /dev/null && run make -C "$IB" image "$@" ;;
	alone) run "$OWN" build -C "$IB" "$@" ;;
	esac
}

@test "the same files as single runs, at any -j, adopted and by imagemk build" {
	singles '' a b c Big
	results > gnu
	[ "$(wc -l < gnu)" -eq 11 ] # 4 images, 4 manifests, rootfs, json, sums
	for j in 1 4; do
		several adopted -j$j PROFILE='a b c Big'
		[ "$status" -eq 0 ]
		results | diff gnu -
		several alone -j$j a b c Big
		[ "$status" -eq 0 ]
		results | diff gnu -
	done
	[[ $output == *'Big '*' built'* ]]
	[ "$(cd "$IB" && ls -A build_dir tmp)" = $'build_dir:\ntarget-demo\n\ntmp:\nlist' ] || [ "$(ls -A "$IB/build_dir")" = target-demo ]
}

@test "the order of the list decides who is last, as it does for single runs" {
	singles '' Big c b a
	results > gnu
	several adopted -j4 PROFILE='Big c b a'
	results | diff gnu -
}

@test "PACKAGES, FILES, EXTRA_IMAGE_NAME and BIN_DIR go with each profile" {
	singles "PACKAGES=tools FILES=files EXTRA_IMAGE_NAME=mine BIN_DIR=$IB/out" a b
	results out > gnu
	grep -q demo-mine-b.bin gnu
	grep -q 'of the user' "$IB/out/demo-mine-b.bin"
	several adopted -j2 PROFILE='a b' PACKAGES=tools FILES=files EXTRA_IMAGE_NAME=mine BIN_DIR="$IB/out"
	results out | diff gnu -
	[ ! -e "$IB/bin" ]
	several alone a b PACKAGES=tools FILES=files EXTRA_IMAGE_NAME=mine BIN_DIR="$IB/out"
	results out | diff gnu -
}

@test "equal package sets are installed once, and their root file system made once" {
	several adopted -j4 PROFILE='a b c Big'
	[ "$(wc -l < "$IB/installed")" -eq 3 ]
	[ "$(wc -l < "$IB/rootfs-made")" -eq 3 ]
	# image.mk that asks for the profile in other words: each has its own
	fresh
	sed -i 's/^  DEVICE_CHECK/DEVICE_CHECK/' "$IB/include/image.mk"
	"$OWN" adopt "$IB" > /dev/null
	make -C "$IB" image PROFILE='a c' > /dev/null
	[ "$(wc -l < "$IB/rootfs-made")" -eq 2 ]
	[ -e "$IB/bin/demo/demo-a.bin" ]
	[ -e "$IB/bin/demo/demo-c.bin" ]
	# and a target whose own text asks for it
	fresh
	echo 'X = $(PROFILE)' >> "$IB/target/linux/demo/image/Makefile"
	"$OWN" adopt "$IB" > /dev/null
	make -C "$IB" image PROFILE='a c' > /dev/null
	[ "$(wc -l < "$IB/rootfs-made")" -eq 2 ]
}

@test "a list in a file: comments, blank lines, CR" {
	singles '' c b
	results > gnu
	printf '# mine\n\nc   # the first\n  b\r\n' > list
	several adopted PROFILES=@../list
	results | diff gnu -
	several alone @list
	results | diff gnu -
	several adopted PROFILES=@../no-such-list
	[ "$status" -eq 2 ]
	[[ $output == *'@../no-such-list: No such file'* ]]
	echo '# none' > list
	several adopted PROFILES=@../list
	[ "$status" -eq 2 ]
	[[ $output == *'no profile is named'* ]]
}

@test "a wrong name: where it stands and the nearest, before anything is built" {
	printf 'a\nBigg\n' > list
	several adopted PROFILES=@../list
	[ "$status" -eq 2 ]
	[[ $output == *'../list:2: Profile "Bigg" does not exist! The nearest are Big'* ]]
	[ ! -e "$IB/installed" ]
	[ ! -e "$IB/bin" ]
	several alone a nope
	[ "$status" -eq 2 ]
	[[ $output == *'PROFILE: Profile "nope" does not exist!'* ]]
	[ ! -e "$IB/installed" ]
}

@test "one profile fails: the others are as after single runs, the table says which, exit status 2" {
	singles '' a bad b
	results > gnu
	for how in adopted alone; do
		words=(a bad b)
		[ $how = alone ] || words=(PROFILE='a bad b')
		several $how -j2 "${words[@]}"
		[ "$status" -eq 2 ]
		results | diff gnu -
		grep -Eq '^a +built$' <<< "$output"
		grep -Eq '^bad +failed \(exit status 2\)$' <<< "$output"
		grep -Eq '^b +built$' <<< "$output"
	done
}

@test "an ImageBuilder that makes its sums inside of the stage: one after the other, with the jobserver" {
	sed -i 's/checksum/sums/' "$IB/Makefile" clean/Makefile
	singles '' a bad b
	results > gnu
	several adopted -j2 PROFILE='a bad b'
	[ "$status" -eq 2 ]
	results | diff gnu -
	grep -Eq '^a +built$' <<< "$output"
	grep -Eq '^bad +failed \(exit status 2\)$' <<< "$output"
	grep -Eq '^b +built$' <<< "$output"
	[ "$(ls "$IB/build_dir")" = target-demo ]
}

@test "the stages of the sets take part in one jobserver" {
	slots='set -- $(TOPDIR)/slot.*; echo $$# >> $(TOPDIR)/counts; sleep 0.5; rmdir $(TOPDIR)/slot.$*;'
	most_at_once() {
		fresh
		sed -i "s|\$(TOOL)|mkdir \$(TOPDIR)/slot.\$*; $slots |" "$IB/include/image.mk"
		"$OWN" adopt "$IB" > /dev/null
		make -C "$IB" "$1" image PROFILE='a b c Big' > log 2>&1
		[ "$(wc -l < "$IB/counts")" -eq 4 ]
		sort -n "$IB/counts" | tail -n 1
	}
	[ "$(most_at_once -j1)" -eq 1 ]
	[ "$(most_at_once -j2)" -eq 2 ]
	[ "$(most_at_once -j8)" -ge 3 ]
}

@test "one profile, none, and other goals pass straight through" {
	"$OWN" adopt "$IB" > /dev/null
	for words in info 'manifest PROFILE=a PACKAGES=x' 'image PROFILE=b' 'image PROFILE=nope' ''; do
		rm -rf "$IB/bin"
		# shellcheck disable=SC2086
		run make -C "$IB" $words IMAGEMK=0
		before=$status:$output
		mv "$IB/GNUmakefile" aside
		rm -rf "$IB/bin"
		# shellcheck disable=SC2086
		run make -C "$IB" $words IMAGEMK=0
		mv aside "$IB/GNUmakefile"
		[ "${before//GNUmakefile/Makefile}" = "$status:$output" ]
	done
	rm -rf "$IB/bin" "$IB/installed"
	run make -C "$IB" -n image PROFILE='a b'
	[ "$status" -eq 0 ]
	[[ $output == *'make image PROFILE=a'*'make image PROFILE=b'* ]]
	[ ! -e "$IB/bin" ]
	[ ! -e "$IB/installed" ]
	run make -C "$IB" info image PROFILE='a b'
	[ "$status" -eq 0 ]
	[[ $output == *'Profiles: a b c Big bad'* ]]
	[ -e "$IB/bin/demo/demo-b.bin" ]
}

@test "profiles.json of an adopted ImageBuilder is made by imagemk, its recipe as it stands" {
	printf '%s\n' '$(BIN_DIR)/profiles.json: ; mkdir -p $(@D); printf %s text | mkhash md5 > $@' 'index: $(BIN_DIR)/profiles.json' >> "$IB/Makefile"
	run make -C "$IB" index
	[ "$status" -ne 0 ] # there is no mkhash
	"$OWN" adopt "$IB"
	rm -rf "$IB/bin"
	make -C "$IB" index > log
	grep -q 'printf %s text | mkhash md5 > ' log
	[ "$(cat "$IB/bin/demo/profiles.json")" = "$(printf text | md5sum | cut -d' ' -f1)" ]
	rm "$IB/bin/demo/profiles.json"
	run make -C "$IB" index IMAGEMK=0
	[ "$status" -ne 0 ]
	make -C "$IB" index BIN_DIR="$PWD/out" > log
	[ -s out/profiles.json ]
}

@test "adopt and undo of an ImageBuilder leave no trace" {
	snapshot() { (cd "$IB" && find . -printf '%p %y %m %T@ %l\n' | sort && find . -type f -exec sha256sum {} + | sort); }
	snapshot > before
	"$OWN" adopt "$IB"
	"$OWN" adopt "$IB"
	[ -e "$IB/GNUmakefile" ]
	run "$OWN" adopt --status "$IB"
	[[ $output == *"$IB/GNUmakefile"* ]]
	"$OWN" adopt --undo "$IB"
	snapshot | diff before -
	# one that was changed, one that was there before: refused, nothing lost
	"$OWN" adopt "$IB"
	echo '# mine' >> "$IB/GNUmakefile"
	for what in --undo ''; do
		# shellcheck disable=SC2086
		run "$OWN" adopt $what "$IB"
		[ "$status" -eq 1 ]
		[[ $output == *GNUmakefile*'changed since'* ]]
	done
	[ -e "$IB/include/image.upstream.mk" ]
	mv "$IB/GNUmakefile" mine
	"$OWN" adopt --undo "$IB"
	cp mine "$IB/GNUmakefile"
	run "$OWN" adopt "$IB"
	[ "$status" -eq 1 ]
	[[ $output == *"$IB/GNUmakefile"*'in the place of ours'* ]]
	[ ! -e "$IB/.imagemk-adopted" ]
}

@test "two runs at once in one ImageBuilder: both whole" {
	singles '' a b c
	singles_of_both=$(results | grep -v 'profiles.json\|sha256sums\|rootfs')
	fresh
	"$OWN" adopt "$IB" > /dev/null
	echo index > "$IB/packages/index"
	make -C "$IB" -j2 image PROFILE='a b' > /dev/null 2>&1 &
	make -C "$IB" -j2 image PROFILE='a c' > /dev/null 2>&1
	wait $!
	results | grep -v 'profiles.json\|sha256sums\|rootfs' | diff <(echo "$singles_of_both") -
	(cd "$IB/bin/demo" && sha256sum -c --quiet sha256sums)
	[ "$(sort "$IB/bin/demo/profiles.json")" = $'a demo-a.bin\nb demo-b.bin\nc demo-c.bin' ]
}

@test "killed, the next run cleans up; stopped, it does itself" {
	"$OWN" adopt "$IB" > /dev/null
	mkdir "$IB/build_dir/imagemk-profiles.99999999"
	make -C "$IB" image PROFILE='a b' > /dev/null
	[ "$(ls "$IB/build_dir")" = target-demo ]
	sed -i 's/\$(TOOL)/touch $(TOPDIR)\/begun; sleep 5; /' "$IB/include/image.upstream.mk"
	make -C "$IB" image PROFILE='a b' > /dev/null 2>&1 &
	until [ -e "$IB/begun" ]; do sleep 0.05; done
	kill -TERM $!
	wait $! || true
	for _ in 1 2 3 4 5 6 7 8 9 10; do [ "$(ls "$IB/build_dir")" = target-demo ] && break; sleep 0.2; done
	[ "$(ls "$IB/build_dir")" = target-demo ]
}

# A buildroot: .config says which devices are built.
buildroot() {
	mkdir -p tree/include tree/target/linux/demo/image
	cp "$IB/rules.mk" tree/
	printf '%s\n' 'TOPDIR := $(CURDIR)' 'export TOPDIR' \
		'target/install: ; +@$(MAKE) -s -C target/linux/demo/image install' > tree/Makefile
	sed 's/DEVICE_CHECK_PROFILE = .*/DEVICE_CHECK_PROFILE = $(CONFIG_TARGET_$(1))/' "$IB/include/image.mk" > tree/include/image.mk
	sed -i -e 's/^devices = .*/devices = $(foreach d,$(TARGET_DEVICES),$(if $(strip $(foreach p,$(PROFILES) DEVICE_$(d),$(call DEVICE_CHECK_PROFILE,$(p)))),$(d)))/' \
		-e '1i PROFILES := $(PROFILE)' tree/include/image.mk
	sed '1a include $(TOPDIR)/.config' "$IB/target/linux/demo/image/Makefile" > tree/target/linux/demo/image/Makefile
	mkdir -p tree/build_dir/target-demo/root-demo tree/bin/demo
	cp -r "$IB/build_dir" tree/
	echo base > tree/build_dir/target-demo/root-demo/base
	printf 'CONFIG_TARGET_DEVICE_%s := y\n' "$@" > tree/.config
}

@test "a buildroot: PROFILES chooses devices as a .config with just them does; PROFILE stays the tree's own" {
	buildroot c Big
	make -C tree target/install > /dev/null
	(cd tree/bin && find . -type f -exec sha256sum {} +) | sort > gnu
	grep -q demo-Big.bin gnu
	rm -r tree
	buildroot a b c Big
	make -C tree target/install PROFILE='a b' > /dev/null
	(cd tree/bin && find . -type f ! -name build-report.json -exec sha256sum {} +) | sort > gnu.list
	rm -rf tree/bin/demo/*
	"$OWN" adopt tree > /dev/null
	make -C tree target/install PROFILE='a b' > /dev/null
	(cd tree/bin && find . -type f ! -name build-report.json -exec sha256sum {} +) | sort | diff gnu.list -
	printf 'DEVICE_Big\nc # too\n' > tree/list
	for words in PROFILES='c Big' PROFILES=@list; do
		rm -rf tree/bin/demo/*
		make -C tree target/install "$words" > /dev/null
		(cd tree/bin && find . -type f ! -name build-report.json -exec sha256sum {} +) | sort | diff gnu -
	done
	rm -rf tree/bin/demo/*
	printf 'a\n\nBigg\n' > tree/list
	run make -C tree target/install PROFILES=@list
	[ "$status" -eq 2 ]
	[[ $output == *'list:3: no such device: Bigg; the nearest are Big, '* ]]
	[ -z "$(ls tree/bin/demo)" ]
}

@test "the project's own targets take a list from a file too" {
	printf 'tplink-archer-c7-v2\ntplink-archer-c7-v9\n' > list
	run "$OWN" make -s -C "$ROOT/target/linux/ath79/image" TOPDIR="$ROOT" TARGET=ath79/generic OUTPUT_DIR="$PWD/out" \
		IMAGEMK_PROGRAM="$OWN" install PROFILES=@"$PWD/list"
	[ "$status" -eq 2 ]
	[[ $output == *"$PWD/list:2: PROFILE=tplink-archer-c7-v9: no such device in ath79/generic"*'nearest are tplink-archer-c7-v2'* ]]
}

@test "reports of profiles that were built apart become one" {
	image() { printf '{"name":"%s","status":"%s"}' "$1" "$2"; }
	report() { printf '{"report_version":1,"exit_status":%s,"profiles":{"%s":{"status":"built","images":[%s]}}}\n' "$@"; }
	mkdir dir
	report 0 a "$(image a.bin built),$(image a.img built)" > one.json
	report 0 b "$(image b.bin built)" > two.json
	report 2 a "$(image a.img dropped)" > three.json
	for r in one two three; do "$OWN" report --merge $r.json dir; done
	python3 - <<-'PY'
	import json
	r = json.load(open("dir/build-report.json"))
	assert r["report_version"] == 1 and r["exit_status"] == 2, r
	said = {p: {i["name"]: i["status"] for i in d["images"]} for p, d in r["profiles"].items()}
	assert said == {"a": {"a.img": "dropped", "a.bin": "built"}, "b": {"b.bin": "built"}}, said
	PY
	run "$OWN" report --merge none.json dir
	[ "$status" -eq 1 ]
	[[ $output == *'none.json: No such file'* ]]
	run "$OWN" report --merge one.json none
	[[ $output == *'none: No such file'* ]]
	echo '{' > bad.json
	run "$OWN" report --merge bad.json dir
	[ "$status" -eq 1 ]
	[[ $output == *'bad.json: no report'* ]]
}
