#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk check: images taken apart, part inside of part. Fields, names and offsets are compared with what the formats'
# own tools say, or with how the image was put together.

bats_require_minimum_version 1.5.0

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	B=${B:-$here/../build}
	IMAGEMK=$(readlink -f "${IMAGEMK:-$B/imagemk}")
	PATH=$PATH:/usr/sbin:/sbin
	export TZ=UTC LC_ALL=C SOURCE_DATE_EPOCH=1700000000
	cd "$BATS_TEST_TMPDIR" || exit 1
	mkdir -p root/etc
	seq 1 3000 >root/etc/numbers
	ln -s etc root/link
	seq 1 20000 >kernel
	echo '/dts-v1/; / { model = "a board"; compatible = "a,b"; };' | dtc -q -I dts -O dtb -o dtb -
}

# field NAME: its values in the file "said", one a line
field() {
	sed -n "s/^ *$1  *//p" said
}

# part NAME: "OFFSET SIZE FORMAT" of the parts in "said" that are called NAME or are of format NAME
part() {
	sed -n "s/^ *0x\([0-9a-f]*\)  *\([0-9]*\)  \($1: \(.*\)\|\($1\)\)\$/\1 \2 \4\5/p" said |
		while read -r offset size is; do echo "$((0x$offset)) $size $is"; done
}

# spoil FILE OFFSET
spoil() {
	cp "$1" bad
	printf '\125' | dd of=bad bs=1 seek="$2" conv=notrunc status=none
	! cmp -s "$1" bad || false
}

lzma_kernel() {
	cat kernel dtb | xz --format=lzma -c >kernel.lzma
	mkimage -A mips -O linux -T kernel -C lzma -a 0x80060000 -e 0x80060000 -n demo -d kernel.lzma uimage >/dev/null
}

@test "a seama around a uImage around LZMA around kernel and device tree" {
	lzma_kernel
	"$IMAGEMK" tool seama -m dev=/dev/mtd1 -i uimage
	"$IMAGEMK" tool seama -m type=firmware -s factory -i uimage.seama
	"$IMAGEMK" check factory >said
	cat said
	at=$(($(stat -c%s factory) - $(stat -c%s uimage)))
	[ "$(part image)" = "$at $(stat -c%s uimage) uImage" ]
	[ "$(part data)" = "$((at + 64)) $(stat -c%s kernel.lzma) lzma file" ]
	[ "$(part unpacked)" = "0 $(($(stat -c%s kernel) + $(stat -c%s dtb))) unknown" ]
	[ "$(part 'device tree')" = "$(stat -c%s kernel) $(stat -c%s dtb) device tree" ]
	[ "$(field model)" = "$(fdtget dtb / model)" ]
	dumpimage -l uimage >theirs
	[ "$(field name)" = "$(sed -n 's/^Image Name: *//p' theirs)" ]
	[ "$(field created)" = "$(sed -n 's/^Created: *//p' theirs)" ]
	[ "$(field 'load address')" = "0x$(sed -n 's/^Load Address: //p' theirs)" ]
	[ "$(field 'data size')" = "$(sed -n 's/^Data Size: *\([0-9]*\) .*/\1/p' theirs)" ]
	grep -q "good MD5 $(md5sum <uimage | cut -d' ' -f1)" said
	# wrong at each level, and only there and above
	for place in $((at - 20)) $((at + 40)) $((at + 64 + 900)); do
		spoil factory "$place"
		run "$IMAGEMK" check bad
		[ "$status" -eq 1 ]
		[[ $output == *BAD* ]]
	done
	run "$IMAGEMK" check bad
	[[ $output == *"BAD  MD5"* && $output == *"BAD  data CRC-32"* ]]
}

@test "a sysupgrade tar: members where tar sees them, metadata behind" {
	lzma_kernel
	mksquashfs root fs -comp xz -noappend -quiet >/dev/null
	mkdir sysupgrade-board
	cp uimage sysupgrade-board/kernel
	cp fs sysupgrade-board/root
	echo BOARD=board >sysupgrade-board/CONTROL
	tar --numeric-owner --owner=0 --group=0 --sort=name -cf up sysupgrade-board
	size=$(stat -c%s up)
	echo '{ "metadata_version": "1.1" }' >meta
	"$IMAGEMK" tool fwtool -I meta up
	"$IMAGEMK" check up >said
	cat said
	tar -tvRf up 2>/dev/null | sed -n 's/^block \([0-9]*\): -.* \([0-9]*\) [-0-9]* [:0-9]* \(.*\)/\1 \2 \3/p' >members
	[ "$(wc -l <members)" -eq 3 ]
	while read -r block length name; do
		[[ $(part "${name/\//\\/}") == "$(((block + 1) * 512)) $length "* ]]
	done <members
	[ "$(part 'OpenWrt metadata')" = "$size $(($(stat -c%s up) - size)) OpenWrt metadata" ]
	unsquashfs -s fs >theirs
	[ "$(field compression | tail -n 1)" = "$(sed -n 's/^Compression //p' theirs)" ] ||
		grep -qx " *compression  *$(sed -n 's/^Compression //p' theirs)" said
	grep -qx " *block size  *$(sed -n 's/^Block size //p' theirs)" said
	grep -qx " *inodes  *$(sed -n 's/^Number of inodes //p' theirs)" said
	grep -q "good $(sed -n 's/^Filesystem size \([0-9]*\) bytes.*/\1/p' theirs) bytes used" said
}

@test "a FIT: images in the tree and behind it, each unpacked" {
	gzip -9nc kernel >kernel.gz
	cat >its <<-'END'
		/dts-v1/;
		/ {
			description = "demo";
			#address-cells = <1>;
			images {
				kernel-1 { description = "k"; data = /incbin/("kernel.gz"); type = "kernel"; arch = "arm64"; os = "linux";
					compression = "gzip"; load = <0x80000>; entry = <0x80000>; hash-1 { algo = "crc32"; }; hash-2 { algo = "sha1"; }; };
				fdt-1 { description = "d"; data = /incbin/("dtb"); type = "flat_dt"; arch = "arm64"; compression = "none";
					hash-1 { algo = "sha256"; }; };
			};
			configurations { default = "c"; c { kernel = "kernel-1"; fdt = "fdt-1"; }; };
		};
	END
	mkimage -f its inside >/dev/null
	mkimage -E -f its behind >/dev/null
	for fit in inside behind; do
		"$IMAGEMK" check $fit >said
		cat said
		read -r offset size _ <<<"$(part kernel-1)"
		tail -c +$((offset + 1)) $fit | head -c "$size" | cmp - kernel.gz
		read -r offset size _ <<<"$(part fdt-1)"
		tail -c +$((offset + 1)) $fit | head -c "$size" | cmp - dtb
		[ "$(part unpacked | cut -d' ' -f2)" = "$(stat -c%s kernel)" ]
		dumpimage -l $fit | sed -n 's/^ *Hash value: *//p' >theirs
		diff theirs <(field 'Hash value')
		spoil $fit $((offset + 60))
		run "$IMAGEMK" check bad
		[ "$status" -eq 1 ]
		[[ $output == *"BAD  fdt-1: sha256"* ]]
	done
	[ "$offset" -eq $((($(fdtget behind /images/fdt-1 data-offset) + $(od -An -tu4 --endian=big -j4 -N4 behind) + 3) & ~3)) ]
}

@test "a UBI: volumes put together, what is in them" {
	command -v mkfs.ubifs ubinize >/dev/null || skip "no mtd-utils"
	mksquashfs root fs -comp gzip -noappend -quiet >/dev/null
	mkfs.ubifs -m 2048 -e 126976 -c 100 -r root -o ubifs
	printf '[k]\nmode=ubi\nimage=kernel\nvol_id=0\nvol_type=static\nvol_name=kernel\n' >ini
	printf '[r]\nmode=ubi\nimage=fs\nvol_id=1\nvol_type=dynamic\nvol_name=rootfs\n' >>ini
	printf '[d]\nmode=ubi\nimage=ubifs\nvol_id=2\nvol_type=dynamic\nvol_name=data\nvol_flags=autoresize\n' >>ini
	ubinize -o ubi -p 128KiB -m 2048 ini
	"$IMAGEMK" check ubi >said
	cat said
	[ "$(part kernel | cut -d' ' -f2)" = "$(stat -c%s kernel)" ]
	[ "$(part SquashFS | cut -d' ' -f1,2)" = "0 $(unsquashfs -s fs | sed -n 's/^Filesystem size \([0-9]*\) bytes.*/\1/p')" ]
	[[ $(part data) == "0 $(stat -c%s ubifs) UBIFS" ]]
	[ "$(field 'LEB size')" = 126976 ]
	# a block of the squashfs' volume in another place, as on a flash that was written for long
	spoil ubi $((2 * 131072 + 4096 + 100))
	run "$IMAGEMK" check bad
	[ "$status" -eq 1 ]
	[[ $output == *"erase block 2: wrong data CRC"* ]]
}

@test "what is not ours is unknown, but for what is recognisable in it" {
	lzma_kernel
	mksquashfs root fs -comp xz -noappend -quiet >/dev/null
	{
		head -c 64 <(yes 'VENDOR IMAGE')
		cat uimage
	} >vendor
	truncate -s $((0x15000)) vendor
	cat fs >>vendor
	run "$IMAGEMK" check vendor
	[ "$status" -eq 1 ]
	echo "$output" | tee said
	[[ ${lines[0]} == *"not a format known here"* ]]
	[ "$(part uImage)" = "64 $(stat -c%s uimage) uImage" ]
	[ "$(part SquashFS | cut -d' ' -f1)" = $((0x15000)) ]
	[ "$(part 'padding, 0x00' | head -n 1 | cut -d' ' -f1)" = $((64 + $(stat -c%s uimage))) ]
	# Words that are magics of something, in a program's text, are nothing.
	{
		seq 1 9999
		printf 'hsqs UBI#\1 \5\31\5\26 \37\213\10 070701 ustar'
		seq 1 9999
	} >text
	run "$IMAGEMK" check text
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	run "$IMAGEMK" check "$IMAGEMK"
	[ "$status" -eq 0 ]
}

@test "compressed streams: what each becomes, where it ends, and when it is broken" {
	for how in "gzip -nc" "xz -c" "xz --format=lzma -c" "bzip2 -c" "zstd -qc" "lz4 -qc" "lz4 -qlc"; do
		command -v "${how%% *}" >/dev/null || continue
		$how kernel >packed
		size=$(stat -c%s packed)
		mkimage -A arm -O linux -T kernel -C none -n k -d packed image >/dev/null
		truncate -s 200000 image
		"$IMAGEMK" check image >said
		cat said
		[ "$(part unpacked)" = "0 $(stat -c%s kernel) unknown" ]
		[ "$(part data | cut -d' ' -f1,2)" = "64 $size" ]
		spoil packed $((size / 2))
		case $how in *qlc) ;; *)
			run "$IMAGEMK" check bad
			[ "$status" -eq 1 ]
			[[ $output == *BAD* ]]
			;;
		esac
	done
}

@test "a small file that becomes a large one, and files in one another without end" {
	head -c 70M /dev/zero | gzip -c >bomb
	head -c 10M /dev/zero | xz -c >ten
	if [[ ${B##*/} != *asan* ]]; then
		(ulimit -v 600000 && "$IMAGEMK" check bomb ten) >said
		cat said
		grep -q "not unpacked  *it becomes more than" said
		grep -q "not all was looked at" said
	fi
	cp kernel deep
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		gzip -nc deep >deeper
		mv deeper deep
	done
	"$IMAGEMK" check deep >said
	grep -q "not all was looked at: images are too deep inside one another" said
	[ "$(grep -c unpacked: said)" -lt 16 ]
}

@test "a disk: partitions and the file systems in them" {
	mke2fs -q -t ext4 -d root -L rootfs ext4 2M
	mksquashfs root fs -comp gzip -noappend -quiet >/dev/null
	"$IMAGEMK" tool ptgen -o table -h 16 -s 63 -l 1024 -p 2M -p 2M
	read -r first second <<<"$(od -An -tu4 -j454 -N4 table) $(od -An -tu4 -j470 -N4 table)"
	cp table disk
	dd if=ext4 of=disk bs=512 seek="$first" conv=notrunc status=none
	dd if=fs of=disk bs=512 seek="$second" conv=notrunc status=none
	truncate -s $(((second + 4096) * 512)) disk
	"$IMAGEMK" check disk >said
	cat said
	[ "$(part 'partition 1' | cut -d' ' -f1)" = $((first * 512)) ]
	[ "$(part 'ext file system' | cut -d' ' -f2)" = $((2 << 20)) ] || [[ $(part 'partition 1') == *"ext file system" ]]
	[ "$(part SquashFS | cut -d' ' -f1)" = $((second * 512)) ]
	[ "$(field kind)" = ext4 ]
}

@test "headers with places in them: TP-Link v1 and v2, safe loader, TRX" {
	cat kernel dtb | xz --format=lzma -c >k
	mksquashfs root fs -comp xz -noappend -quiet >/dev/null
	size=$(stat -c%s fs)
	"$IMAGEMK" tool mktplinkfw -H 0xc7000002 -F 8Mlzma -N OpenWrt -V r1 -k k -r fs -o v1
	"$IMAGEMK" check v1 >said
	cat said
	[ "$(part kernel)" = "512 $(stat -c%s k) lzma file" ]
	[[ $(part rootfs) == "$((0x100000)) $size "* ]]
	[ "$(part SquashFS | cut -d' ' -f1)" = $((0x100000)) ]
	"$IMAGEMK" tool mktplinkfw2 -H 0xc7000002 -F 8Mltq -k k -r fs -o v2 || skip "another layout"
	"$IMAGEMK" check v2 >said
	[ "$(part kernel)" = "512 $(stat -c%s k) lzma file" ]
	"$IMAGEMK" tool tplink-safeloader -B ARCHER-A7-V5 -k k -r fs -o safe
	"$IMAGEMK" check safe >said
	cat said
	[ "$(part os-image | cut -d' ' -f2-)" = "$(stat -c%s k) lzma file" ]
	read -r offset length _ <<<"$(part file-system)"
	tail -c +$((offset + 1)) safe | head -c "$length" | head -c "$size" | cmp - fs
	"$IMAGEMK" tool trx -o trx -m 4000000 -f k -a 4096 -f fs
	"$IMAGEMK" check trx >said
	cat said
	at=$(od -An -tu4 -j20 -N4 trx)
	[ "$(part 'part 1' | cut -d' ' -f1)" = "$((at))" ] || [ "$(part SquashFS | cut -d' ' -f1)" = "$((at))" ]
	[ "$(part 'device tree')" = "$(stat -c%s kernel) $(stat -c%s dtb) device tree" ]
}

@test "nothing but headers whose sizes lie: an end in time" {
	python3 - <<-'END'
		import struct, zlib
		n = 8 << 20
		def uimage(size):
		    h = bytearray(struct.pack(">7I4B32x", 0x27051956, 0, 0, size, 0, 0, 0x12345678, 5, 5, 2, 0))
		    h[4:8] = struct.pack(">I", zlib.crc32(h))
		    return bytes(h)
		def write(name, text):
		    open(name, "wb").write(b"X" * 60 + text)
		write("headers1", b"".join(uimage(n - 64 * i) for i in range(n // 64)))
		write("headers2", struct.pack(">IHHI", 0x5ea3a417, 0, 0, n) * (n // 12))
		write("headers3", struct.pack("<IIQIB", 0x06101831, 1, 0, 4096, 6) * (n // 21))
		write("headers4", b"\x1f\x8b\x08\0\0\0\0\0\0\3" * (n // 10))
	END
	for i in 1 2 3 4; do
		run timeout 60 "$IMAGEMK" check headers$i
		[ "$status" -eq 1 ]
		[[ ${lines[0]} == *"not a format known here"* ]]
	done
}

# what "$IMAGEMK" check FILE... says is the same with --json; "said" is the text, "said.json" the object
same_as_json() {
	"$IMAGEMK" check "$@" >said || true
	"$IMAGEMK" check --json "$@" >said.json || true
	python3 - <<-'END'
		import json
		top = json.load(open("said.json", encoding="utf-8"))
		assert top["check_version"] == 1 and set(top) == {"check_version", "files"}
		lines = []
		def view(of, indent):
		    for f in of["fields"]:
		        lines.append("%*s%-20s %s" % (indent, "", f["name"], f["value"]))
		    for c in of["checks"]:
		        lines.append("%*s%s %s" % (indent, "", "good" if c["good"] else "BAD ", c["text"]))
		    return sum(not c["good"] for c in of["checks"])
		def parts(of, indent):
		    bad = 0
		    for p in of["parts"]:
		        assert (p["format"] is not None) == (p["kind"] == "format") and ("byte" in p) == (p["kind"] == "padding")
		        is_ = p["format"] or p["kind"]
		        lines.append("%*s0x%06x %10d  %s%s%s" % (indent, "", p["offset"], p["size"], p["name"] and p["name"] + ": ", is_,
		                                                ", 0x%02x" % p["byte"] if "byte" in p else ""))
		        inner = view(p, indent + 2)
		        inner += parts(p, indent + 2)
		        assert p["bad"] == inner, p
		        bad += inner
		    return bad
		def unknown(of):
		    return all(p["kind"] != "format" and unknown(p) for p in of["parts"])
		for f in top["files"]:
		    known = f["verdict"] != "unknown" and f["format"]
		    what = f["format"] + ", " if f["format"] else ""
		    if f["verdict"] == "unknown":
		        what = "not a format known here, " if unknown(f) else "not a format known here, but there is something in it, "
		    lines.append("%s: %s%d bytes" % (f["name"], what, f["size"]))
		    bad = view(f, 2)
		    shown = len(lines)
		    bad += parts(f, 2)
		    if unknown(f):
		        del lines[shown:]
		    assert f["bad"] == bad and (f["verdict"] == "bad") == (bad > 0)
		    if f["left_out"]:
		        lines.append("  not all was looked at: " + f["left_out"])
		assert open("said", encoding="utf-8").read().splitlines() == lines, "\n".join(lines)
	END
}

@test "--json has what the text has: nested, padded, unpacked, wrong, unknown" {
	lzma_kernel
	"$IMAGEMK" tool seama -m dev=/dev/mtd1 -i uimage
	"$IMAGEMK" tool seama -m type=firmware -s factory -i uimage.seama
	mksquashfs root fs -comp xz -noappend -quiet >/dev/null
	tar --sort=name -cf up kernel dtb uimage
	head -c 65536 /dev/zero | tr '\0' '\377' >padding
	cat uimage padding fs >flash
	spoil factory $(($(stat -c%s factory) - 900))
	for file in uimage factory up flash bad kernel padding; do
		same_as_json "$file"
	done
	same_as_json uimage factory kernel
	run -0 "$IMAGEMK" check --json uimage factory
	run -1 "$IMAGEMK" check --json uimage bad
	run -1 "$IMAGEMK" check --json kernel
	"$IMAGEMK" check --json bad factory kernel | python3 -c '
import json, sys
assert [f["verdict"] for f in json.load(sys.stdin)["files"]] == ["bad", "good", "unknown"]'
}

@test "--json of what cannot be read, and of files whose names and fields are hostile" {
	run -2 --separate-stderr "$IMAGEMK" check --json missing .
	python3 -c '
import json, sys
files = json.loads(sys.argv[1])["files"]
assert [(f["name"], f["verdict"]) for f in files] == [("missing", "unread"), (".", "unread")]
assert files[0]["error"] == "No such file or directory"' "$output"
	mkimage -A mips -O linux -T kernel -C none -n "$(printf 'a"\\\n\t\001\377b')" -d kernel image >/dev/null
	name=$(printf 'we"ird\\\n\037\377.bin')
	cp image "$name"
	"$IMAGEMK" check --json "$name" >said.json
	python3 - <<-'END'
		import json
		text = open("said.json", "rb").read()
		text.decode("utf-8")
		f = json.loads(text)["files"][0]
		assert f["verdict"] == "good" and f["name"].startswith('we"ird\\\n\x1f') and f["name"].endswith(".bin"), f["name"]
		fields = {x["name"]: x["value"] for x in f["fields"] + [y for p in f["parts"] for y in p["fields"]]}
		assert fields["name"].startswith('a"\\'), fields
	END
	# a container in a container, deeper than is looked at, and a tree of headers whose sizes lie
	cp kernel deep
	for _ in $(seq 40); do gzip -nc deep >deeper && mv deeper deep; done
	same_as_json deep
	python3 -c 'open("lie", "wb").write(b"\x27\x05\x19\x56" + b"\xff" * 60 + b"hsqs" + b"\xff" * 4000)'
	same_as_json lie
}
