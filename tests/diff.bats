#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk diff: of images, of folders of images, of trees and revisions.

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$here/../build}/imagemk}")
	PATH=$PATH:/usr/sbin:/sbin
	export TZ=UTC LC_ALL=C SOURCE_DATE_EPOCH=1700000000
	unset MAKEFLAGS MAKELEVEL
	cd "$BATS_TEST_TMPDIR" || exit 1
}

# differ STATUS OLD NEW...: diff's output is in "said"
differ() {
	local want=$1 status=0
	shift
	"$IMAGEMK" diff "$@" >said 2>err || status=$?
	cat said err
	[ "$status" -eq "$want" ]
}

# absent PATTERN: no line of "said" matches
absent() {
	! grep -q "$1" said
}

valid() {
	python3 -c 'import json, sys; d = json.load(sys.stdin); assert d["diff_version"] == 1; print(eval(sys.argv[1]))' "$1" <said
}

root_folders() {
	mkdir -p old/etc/config new/etc/config
	seq 1 5000 | tee old/etc/numbers >new/etc/numbers
	seq 1 300 >old/etc/changed
	{
		seq 1 299
		echo 301
	} >new/etc/changed
	echo 1 >old/etc/config/gone
	echo 1 >new/etc/config/come
	ln -s etc old/link
	ln -s /etc new/link
	echo x | tee old/mode >new/mode
	chmod 755 new/mode
	touch -d @1700000000 old/etc/* new/etc/*
}

# The file system's own tool tells what is in it.
file_changes() {
	grep -q '^ *~ etc/changed: 1092 bytes -> as many others$' said
	grep -q '^ *- etc/config/gone (2 bytes)$' said
	grep -q '^ *+ etc/config/come (2 bytes)$' said
	grep -q '^ *~ link: link to etc -> link to /etc$' said
	grep -q '^ *~ mode: mode 0644 -> mode 0755$' said
	absent numbers
}

no_file_changes() {
	absent '^ *[~+-] \|not compared\|bytes: [0-9t]'
}

@test "images: the same, one byte, one that is not there" {
	seq 1 1000 >kernel
	mkimage -A mips -O linux -T kernel -C none -n demo -d kernel a >/dev/null
	differ 0 a a
	[ ! -s said ]
	mkimage -A mips -O linux -T kernel -C none -n other -d kernel b >/dev/null
	differ 1 a b
	grep -qx '  name: demo -> other' said
	absent bytes:
	sed 's/^500$/005/' kernel >k2
	mkimage -A mips -O linux -T kernel -C none -n demo -d k2 b >/dev/null
	differ 1 a b
	grep -A2 -x '  data' said | grep -qx '    - 500'
	grep -A2 -x '  data' said | grep -qx '    + 005'
	differ 1 --json a b
	[ "$(valid '[c["where"] for c in d["changes"] if c["kind"] == "line-added"]')" = "['data']" ]
	differ 2 a missing
	grep -q "No such file or directory" err
	differ 2 a .
	differ 2 a
	grep -q "OLD and NEW are needed" err
}

@test "images: files of a SquashFS, by each compressor" {
	root_folders
	unset SOURCE_DATE_EPOCH
	for how in gzip xz lzma lzo zstd lz4; do
		for side in old new; do
			mksquashfs $side $side.fs -comp $how -noappend -quiet -all-root -mkfs-time 0 >/dev/null 2>&1 || continue 2
		done
		differ 1 old.fs new.fs
		file_changes
		n=$((${n:-0} + 1))
		# Unpacked they are what they are without compression.
		mksquashfs old plain.fs -noI -noD -noF -noappend -quiet -all-root >/dev/null
		differ 1 plain.fs old.fs
		no_file_changes
	done
	[ "$n" -ge 2 ]
	# tables and blocks as they are, large files without a shared end, blocks of one byte
	head -c 300000 /dev/zero >old/zeros
	cp old/zeros new/zeros
	mksquashfs old old.fs -noI -noD -noF -b 4096 -noappend -quiet -all-root >/dev/null
	mksquashfs new new.fs -no-fragments -b 4096 -noappend -quiet -all-root >/dev/null
	differ 1 old.fs new.fs
	file_changes
	absent zeros
	# The same files stored otherwise.
	mksquashfs old new.fs -comp xz -b 65536 -noappend -quiet -all-root >/dev/null
	differ 1 old.fs new.fs
	no_file_changes
}

@test "images: files of JFFS2, UBIFS and cpio" {
	root_folders
	unset SOURCE_DATE_EPOCH
	head -c 9000 /dev/zero >old/zeros
	head -c 30000 "$IMAGEMK" >old/program
	cp old/zeros old/program new/
	# as mkfs.jffs2 packs: what compresses best; rtime; nothing
	for how in "-l" "-b" "-l -x zlib" "-b -m none"; do
		for side in old new; do
			# shellcheck disable=SC2086 # words
			mkfs.jffs2 $how -U -r $side -o $side.fs -e 64KiB
		done
		differ 1 old.fs new.fs
		file_changes
		absent 'zeros\|program'
		mkfs.jffs2 "${how%% *}" -m none -U -r old -o plain.fs -e 64KiB -p
		"$IMAGEMK" diff plain.fs old.fs >said || [ $? -eq 1 ]
		no_file_changes
	done
	for how in none lzo zlib zstd; do
		for side in old new; do
			mkfs.ubifs -x $how -U -m 2048 -e 126976 -c 100 -r $side -o $side.fs
		done
		differ 1 old.fs new.fs
		file_changes
		absent 'zeros\|program'
		mkfs.ubifs -x none -U -m 2048 -e 126976 -c 100 -r old -o plain.fs
		differ 1 plain.fs old.fs
		no_file_changes
	done
	for how in newc crc; do
		for side in old new; do
			(cd $side && find . | sort | cpio -o -H $how --quiet -R 0:0) >$side.fs
		done
		differ 1 old.fs new.fs
		file_changes
		absent 'zeros\|program'
	done
}

@test "images: files of ext2 and ext4" {
	root_folders
	unset SOURCE_DATE_EPOCH
	# holes, a file with more blocks than an inode names, a long link, a directory of several blocks
	truncate -s 3M old/hole
	printf x | dd of=old/hole bs=1 seek=1500000 conv=notrunc status=none
	head -c 700000 "$IMAGEMK" >old/program
	ln -s "$(printf 'long/%.0s' {1..40})" old/long
	mkdir old/crowd
	(cd old/crowd && seq -f 'a-file-with-a-name-%03g' 1 200 | xargs touch)
	cp -a old/hole old/program old/long old/crowd new/
	for how in "ext2 -b 1024" "ext4 -b 1024" "ext4 -b 4096" "ext4 -O ^64bit,^extents"; do
		for side in old new; do
			# shellcheck disable=SC2086
			rm -f $side.fs && mke2fs -q -t $how -d $side $side.fs 16M
		done
		differ 1 old.fs new.fs
		file_changes
		absent 'hole\|program\|long\|crowd\|not compared'
		# the bytes that the file system's own tool takes out
		debugfs -R 'dump /program dumped' old.fs 2>/dev/null
		cmp dumped old/program
		mke2fs -q -t ext4 -d old plain.fs 20M
		differ 1 plain.fs old.fs
		no_file_changes
		rm plain.fs
	done
}

@test "images: part by part, and what only one of them has" {
	seq 1 20000 >kernel
	for side in 1 2; do
		echo "/dts-v1/; / { model = \"board $side\"; compatible = \"a,b\"; };" | dtc -q -I dts -O dtb -o dtb -
		cat kernel dtb | xz --format=lzma -c >kernel.lzma
		mkimage -A mips -O linux -T kernel -C lzma -n demo -d kernel.lzma uimage >/dev/null
		mkdir -p s
		cp uimage s/kernel
		echo "VERSION=$side" >s/CONTROL
		tar --sort=name --mtime=@0 -cf "up$side" s
	done
	echo '{}' >meta
	"$IMAGEMK" tool fwtool -I meta up2
	differ 1 up1 up2
	grep -q '> s/kernel > data > unpacked > device tree$' said
	grep -qx ' *model: board 1 -> board 2' said
	grep -qx ' *- VERSION=1' said
	grep -q '^ *added: OpenWrt metadata' said
	absent 'load address'
}

@test "JSON: values by their path, in whatever order and form they are written" {
	mkdir 1 2
	echo '{"a": {"list": ["x", "y"], "images": [{"name": "p", "sum": 1}, {"name": "q", "sum": 2}]}, "gone": null, "n": 1.50}' >1/text.json
	printf '{"n":1.5,\n"a":{"images":[{"sum":3,"name":"q"},{"sum":1,"name":"p"}],"list":["y","z"]},"come":{"k":true}}' >2/text.json
	differ 1 1 2
	sed -n 's,^    ,,p' said | grep -v '^size:' | sort >is
	sort >want <<-'END'
		a.list: x -> -
		a.list: - -> z
		a.images[q].sum: 2 -> 3
		gone: null -> -
		come: - -> {"k":true}
	END
	diff want is
	echo '{"a": [1' >2/text.json
	differ 1 1 2
	absent 'a.list'
}

@test "folders: devices by profiles.json, whatever the files' names begin with" {
	mkdir -p 1/packages 2/packages
	seq 1 1000 >kernel
	for v in 1 2; do
		mkimage -A mips -O linux -T kernel -C none -n "r$v" -d kernel "$v/r$v-board-a.bin" >/dev/null
		mkimage -A mips -O linux -T kernel -C none -n same -d kernel "$v/r$v-board-b.bin" >/dev/null
		printf '{"profiles": {"a": {"images": [{"name": "r%s-board-a.bin", "type": "sysupgrade", "filesystem": "squashfs"}]},' $v >$v/profiles.json
		printf '"b": {"images": [{"name": "r%s-board-b.bin", "type": "sysupgrade"}]}, "only%s": {}}}' $v $v >>$v/profiles.json
		echo "package - $v" >$v/r.manifest
		echo same >$v/packages/index
	done
	echo x >1/gone
	ln -s a 1/link
	ln -s b 2/link
	differ 1 1 2
	grep -qx 'device added: only2' said
	grep -qx 'device removed: only1' said
	grep -qx '~ r2-board-a.bin (a)' said
	grep -qx ' *name: r1 -> r2' said
	absent '~ .*board-b.bin'
	grep -qx -- '- gone' said
	grep -qx ' *link: a -> b' said
	grep -qx ' *+ package - 2' said
	grep -q '^2 files are the same, 4 changed, 0 added, 1 removed; 1 device has changed images$' said
	differ 1 --json 1 2
	[ "$(valid 'd["changed_devices"], d["devices"]')" = "(['a'], {'added': ['only2'], 'removed': ['only1']})" ]
	differ 0 1 1
	[ ! -s said ]
}

# A tree with FILE as its image Makefile.
plant() {
	mkdir -p "$1/target/linux/demo/image"
	ln -s "$here/../rules.mk" "$here/../mk" "$1/"
	cp -r "$here/../include" "$1/"
	printf 'BOARDNAME := Demo\nARCH := mips\nSUBTARGETS := generic\nFEATURES := squashfs\n' >"$1/target/linux/demo/Makefile"
	cat >"$1/target/linux/demo/image/Makefile" <<-'END'
		include $(TOPDIR)/rules.mk
		include $(INCLUDE_DIR)/image.mk

		define Device/template
		  IMAGES := sysupgrade.bin
		  IMAGE_SIZE := 7936k
		  KERNEL := kernel-bin | gzip
		  IMAGE/sysupgrade.bin := append-kernel | pad-to 64k | append-rootfs | check-size | append-metadata
		endef

		define Device/one
		  $(Device/template)
		  DEVICE_TITLE := One
		  DEVICE_PACKAGES := kmod-a
		endef
		TARGET_DEVICES += one

		define Device/two
		  $(Device/template)
		  DEVICE_TITLE := Two
		endef
		TARGET_DEVICES += two

		define Device/three
		  DEVICE_TITLE := Three
		  IMAGES := factory.bin
		  KERNEL := kernel-bin
		  IMAGE/factory.bin := append-kernel
		endef
		TARGET_DEVICES += three

		$(eval $(call BuildImage))
	END
}

makefile=target/linux/demo/image/Makefile

@test "trees: a value of a template alters its devices, told once with its line" {
	plant old
	cp -r old new
	differ 0 old new
	[ ! -s said ]
	sed -i 's/7936k/8000k/' new/$makefile
	differ 1 old new
	grep -qx "$makefile:6: Device/template: IMAGE_SIZE" said
	[ "$(grep -c ': IMAGE_SIZE' said)" = 1 ]
	grep -q '^    2 devices, 2 in bytes (\*): one\* two\*$' said
	grep -qx '0 devices added, 0 removed, 2 altered, 2 of them in bytes' said
	# What no recipe reads alters no bytes.
	cp old/$makefile new/$makefile
	sed -i 's/:= Three/:= Tres/' new/$makefile
	differ 1 old new
	grep -q '^0 devices added, 0 removed, 1 altered, 0 of them in bytes' said
	differ 1 --json old new demo/generic three
	[ "$(valid '[(c["kind"], c["name"], c["old"], c["new"], c["place"] and c["place"]["line"]) for v in d["devices"] for c in v["changes"] if c["name"] == "DEVICE_TITLE"]')" = \
		"[('value', 'DEVICE_TITLE', 'Three', 'Tres', $(sed -n '/Tres/=' new/$makefile))]" ]
	differ 0 old new demo one
}

@test "trees: lines that moved are no change, devices come and go, a command's text is a cause" {
	plant old
	cp -r old new
	sed -i '3i# a comment\n' new/$makefile
	differ 0 old new
	sed -i 's/three/four/g' new/$makefile
	sed -i '/^define Build\/pad-to$/a\	@:' new/include/image-commands.mk
	differ 1 old new
	grep -qx 'device removed: demo/generic three' said
	grep -qx 'device added: demo/generic four' said
	grep -q '^1 device added, 1 removed, ' said
	line=$(sed -n '/^define Build\/pad-to$/=' new/include/image-commands.mk)
	grep -Eqx "include/image-commands.mk:($line|$((line + 1))): Build/pad-to" said
	grep -q '^    2 devices, 2 in bytes (\*): one\* two\*$' said
	# What is set for all devices is a cause where their recipes refer to it.
	cp old/$makefile new/$makefile
	cp old/include/image-commands.mk new/include/
	# shellcheck disable=SC2016
	sed -i '3iPADDING := 1\ndefine Build/mark\n\techo $(PADDING) >> $@\nendef' old/$makefile
	sed -i 's/pad-to 64k/mark/' old/$makefile
	sed 's/^PADDING := 1/PADDING := 2/' old/$makefile >new/$makefile
	differ 1 old new
	grep -qx "$makefile:3: PADDING" said
	grep -q '^    2 devices, 2 in bytes (\*): one\* two\*$' said
	differ 2 old new five
	differ 2 old new demo/missing
	differ 2 old missing
}

@test "trees: an append in the template, an assignment in the device: the line that changed is told" {
	plant old
	sed -i 's/^  DEVICE_PACKAGES := kmod-a/  DEVICE_PACKAGES += kmod-a/; s/^  IMAGES := sysupgrade.bin/&\n  DEVICE_PACKAGES := kmod-x/' old/$makefile
	cp -r old new
	sed -i 's/kmod-x/kmod-y/' new/$makefile
	differ 1 old new
	grep -qx "$makefile:$(sed -n '/kmod-y/=' new/$makefile): Device/template: DEVICE_PACKAGES" said
	grep -q '^    2 devices, 2 in bytes' said
}

@test "revisions: TREE@REV, without a checkout, and nothing is left behind" {
	command -v git >/dev/null || skip "no git"
	plant tree
	rm tree/rules.mk tree/mk
	cp -r "$here/../rules.mk" "$here/../mk" tree/
	export HOME=$PWD GIT_CONFIG_NOSYSTEM=1 TMPDIR=$PWD/tmp
	mkdir tmp
	g() { git -C tree -c user.name=a -c user.email=a@b.c "$@" >/dev/null; }
	g init -q
	# What a repository says to run is not run.
	printf '*.mk filter=evil\nMakefile filter=evil\n' >tree/.gitattributes
	g add -A
	g commit -qm first
	g tag first
	git -C tree config filter.evil.smudge "touch $PWD/ran; cat"
	git -C tree config core.fsmonitor "touch $PWD/ran"
	sed -i 's/7936k/8000k/' tree/$makefile
	differ 1 tree@first tree
	grep -qx "$makefile:6: Device/template: IMAGE_SIZE" said
	sed -i 's/8000k/7936k/' tree/$makefile
	differ 0 tree@first tree
	differ 0 tree@first tree@HEAD
	(cd tree && differ 0 @first .)
	[ ! -e ran ]
	differ 2 tree@nosuch tree
	grep -q "git knows no revision 'nosuch'" err
	differ 2 'tree@--upload-pack=x' tree
	[ -z "$(ls tmp)" ]
}

@test "trees: nothing is run, and what would be is told" {
	plant old
	cp -r old new
	# shellcheck disable=SC2016
	echo '$(shell touch ran-by-make)' >>new/$makefile
	# shellcheck disable=SC2016
	echo '$(file >written,x)' >>new/$makefile
	differ 2 old new
	[ -z "$(find . -name ran-by-make -o -name written)" ]
	grep -q "refused" err
}
