# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
# For tests/faults*.bats: a small tree in OpenWrt's shape, what GNU make makes of it, and how its builds are looked at.
# FAULT_MOMENTS: how many kills (50 in a full run); FAULT_SIZES: how many disk sizes (20 in a full run).

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

# No process has the pattern TEXT in its command line. (One that has ended has no command line.)
nobody_does() {
	! grep -asq -- "[${1:0:1}]${1:1}" /proc/[0-9]*/cmdline # not itself
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
