# SPDX-License-Identifier: GPL-2.0-only
bats_require_minimum_version 1.5.0
# Every applet against the real utility: the same command lines on the same files, and then output,
# exit status, messages and files compared. The command lines are in applet/NAME.cases.

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	IMAGEMK=${IMAGEMK:-$here/../build/imagemk}
}

# same NAME [TOOL...]: all of applet/NAME.cases by the real tools and by ours
same() {
	local name=$1 status=0
	shift
	"$here/applet/run" "$here/applet/$name.cases" >"$BATS_TEST_TMPDIR/real"
	"$here/applet/run" "$here/applet/$name.cases" "$IMAGEMK" "${@:-$name}" \
		>"$BATS_TEST_TMPDIR/ours" || status=$?
	grep -q '^[1-9][0-9]* cases$' "$BATS_TEST_TMPDIR/ours"
	diff -U9 "$BATS_TEST_TMPDIR/real" "$BATS_TEST_TMPDIR/ours"
	return "$status"
}

@test "quotation marks of the locale" {
	tools='mkdir chmod install truncate dd head tail basename expr uniq mktemp printf test find touch'
	# shellcheck disable=SC2086 # words on purpose
	same utf8 $tools
	# shellcheck disable=SC2086
	same quotes $tools
}

@test "characters of several bytes" {
	same characters sed grep expr tr cut
}

@test "cat" {
	same cat
}

@test "cp" {
	same cp
}

@test "mv" {
	same mv
}

@test "rm" {
	same rm rm rmdir
}

@test "mkdir" {
	same mkdir
}

@test "ln" {
	same ln
}

@test "touch" {
	same touch
	cd "$BATS_TEST_TMPDIR" || return
	# of one time: the real tool's are as a rule of one tick of the clock
	"$IMAGEMK" tool touch one two three
	[ "$(stat -c %y one two three | uniq | wc -l)" = 1 ]
}

@test "chmod" {
	same chmod
}

@test "install" {
	same install
}

@test "truncate" {
	same truncate
}

@test "dd" {
	same dd
}

@test "stat" {
	same stat
}

@test "head" {
	same head
}

@test "tail" {
	same tail
}

@test "cut" {
	same cut
}

@test "tr" {
	same tr
}

@test "wc" {
	same wc
}

@test "od" {
	same od
}

@test "sums" {
	same sums md5sum sha1sum sha256sum sha384sum sha512sum cksum
}

@test "date" {
	same date
}

@test "basename" {
	same basename basename dirname
}

@test "expr" {
	same expr
}

@test "env" {
	same env
}

@test "facts" {
	same facts id nproc pwd true false
}

@test "seq" {
	same seq
}

@test "sort" {
	same sort
}

@test "uniq" {
	same uniq
}

@test "lines" {
	same lines tac fold tee
}

@test "cmp" {
	same cmp
}

@test "ls" {
	same ls
}

@test "realpath" {
	same realpath realpath readlink which
}

@test "mktemp" {
	same mktemp
}

@test "echo" {
	same echo
}

@test "printf" {
	same printf
}

@test "test" {
	same test test "["
}

@test "uname and sysctl" {
	same uname uname sysctl
}

@test "the programs that perl is, and nm of what is not there" {
	same perl perl nm
}

@test "nl" {
	same nl
}

@test "cpp" {
	command -v cpp || skip "no cpp here"
	same cpp
}

# cross_cpp [FORMAT RELEASE]: PATH has a cpp for another machine of that release, as far as it is looked at; it can't run.
# What it makes of all.dts
cross_cpp() {
	mkdir -p "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/lib/gcc/mips-x-linux/12"
	# shellcheck disable=SC2059 # a text with a place for the release
	printf "${1:-$gcc}" "${2:-12.2.0}" >"$BATS_TEST_TMPDIR/bin/mips-x-linux-cpp"
	chmod +x "$BATS_TEST_TMPDIR/bin/mips-x-linux-cpp"
	(cd "$here/applet/cpp" && PATH=$BATS_TEST_TMPDIR/bin:$PATH "$IMAGEMK" tool mips-x-linux-cpp -nostdinc -undef -x assembler-with-cpp -I. all.dts)
}

@test "cpp as the release that the tree has" {
	gcc='\177ELF\0COLLECT_GCC\0%s\0'
	for release in 11.3.0 12.2.0 13.3.0 14.2.0 15.3.0; do
		cross_cpp "$gcc" $release | cmp - "$here/applet/cpp/all.out"
	done
	# no release that is known, and no gcc: nothing but the real one
	run -127 cross_cpp "$gcc" 10.2.0
	run -127 cross_cpp "$gcc" 99.1.0
	run -127 cross_cpp '\177ELF\0%s\0'
	run -127 "$IMAGEMK" tool sh -c 'mips-x-linux-cpp -nostdinc -undef -x assembler-with-cpp -I. all.dts'
}

@test "cpp with OpenWrt's specs, and with others" {
	gcc='\177ELF\0COLLECT_GCC\0%s\0'
	specs=$BATS_TEST_TMPDIR/lib/gcc/mips-x-linux/12/specs
	cross_cpp >/dev/null
	printf '*asm:\nx\n\n*cpp:\n%s\n\n*cc1:\n\n' '%{posix:-D_POSIX_SOURCE} -idirafter %:getenv(STAGING_DIR /usr/include)' >"$specs"
	unset STAGING_DIR
	run -127 cross_cpp
	STAGING_DIR=$BATS_TEST_TMPDIR cross_cpp | cmp - "$here/applet/cpp/all.out"
	printf '*cpp:\n%s\n\n' '-DX -idirafter %:getenv(STAGING_DIR /usr/include)' >"$specs"
	STAGING_DIR=$BATS_TEST_TMPDIR run -127 cross_cpp
	rm "$specs"
	cross_cpp >/dev/null
	rm -r "${BATS_TEST_TMPDIR:?}/lib"
	mkdir -p "$BATS_TEST_TMPDIR/other" && : >"$BATS_TEST_TMPDIR/other/specs"
	LIBRARY_PATH=$BATS_TEST_TMPDIR/other run -127 cross_cpp
}

@test "sed" {
	same sed
}

@test "grep" {
	same grep grep egrep fgrep
}

@test "openssl" {
	same openssl
}

@test "awk" {
	same awk
}

@test "xargs" {
	same xargs
}

@test "find" {
	same find
}

@test "tar" {
	same tar
}

@test "cpio" {
	same cpio
}

@test "compress" {
	same compress gzip gunzip zcat bzip2 bunzip2 bzcat xz unxz xzcat libdeflate-gzip
}

# stands_for NAME TEXT: PATH begins with a program NAME that says TEXT is its release, and cannot run
stands_for() {
	mkdir -p "bin-$1"
	printf '\177ELF\0%s\n\0' "$2" >"bin-$1/$1"
	chmod +x "bin-$1/$1"
	PATH=$PWD/bin-$1:$PATH
}

@test "compressors of another release are started themselves" {
	cd "$BATS_TEST_TMPDIR"
	seq 1000 >data
	ours=$(libdeflate-gzip --help 2>&1 >/dev/null; libdeflate-gzip -V | head -n 1)
	ours=${ours##*program v}
	libdeflate-gzip -12 -c data >want.gz
	stands_for libdeflate-gzip "gzip compression program v$ours"
	"$IMAGEMK" tool libdeflate-gzip -12 -c data | cmp - want.gz
	stands_for libdeflate-gzip 'gzip compression program v0.9'
	run ! "$IMAGEMK" tool libdeflate-gzip -12 -c data
	[ "$status" -gt 1 ]
	"$IMAGEMK" tool libdeflate-gzip -d -c want.gz | cmp - data
	# xz has used all processors since 5.6 where it is not told how many
	xz -T1 -c data >want.xz
	xz --format=lzma -c data >want.lzma
	for release in 5.2.5 5.4.1; do
		stands_for xz "xz (XZ Utils) $release"
		"$IMAGEMK" tool xz -c data | cmp - want.xz
	done
	stands_for xz 'xz (XZ Utils) 5.6.0'
	run ! "$IMAGEMK" tool xz -c data
	[ "$status" -gt 1 ]
	"$IMAGEMK" tool xz -T1 -c data | cmp - want.xz
	# programs that others are called like
	gzip -nc data >want.data.gz
	bzip2 -c data >want.bz2
	stands_for gzip 'Report bugs to <bug-gzip@gnu.org>.'
	"$IMAGEMK" tool gzip -nc data | cmp - want.data.gz
	stands_for bzip2 'bzip2, a block-sorting file compressor.  Version'
	"$IMAGEMK" tool bzip2 -c data | cmp - want.bz2
	for name in gzip bzip2; do
		stands_for $name 'another program'
		run ! "$IMAGEMK" tool $name -c data
		[ "$status" -gt 1 ]
	done
	"$IMAGEMK" tool gzip -dc want.data.gz | cmp - data
	for letter in z j J; do
		run -0 "$IMAGEMK" --stats tool tar -c${letter}f a.tar data
		[[ $output == *'tar: declined'* ]]
	done
	rm bin-gzip/gzip bin-bzip2/bzip2
	# tar starts it, and one that cannot run is passed over on PATH
	run -0 "$IMAGEMK" --stats tool tar -cJf a.tar.xz data
	[[ $output == *'tar: declined'* ]]
	run -0 "$IMAGEMK" --stats tool tar -czf a.tar.gz data
	[[ $output != *declined* ]]
	"$IMAGEMK" tool xz --format=lzma -c data | cmp - want.lzma
	"$IMAGEMK" tool xz -dc want.xz | cmp - data
}

@test "hexdump" {
	same hexdump
}

@test "flock" {
	same flock
}

@test "a line that needs the real tool and does not say so is found" {
	printf 'nl text\nnl -d x text\n' >"$BATS_TEST_TMPDIR/a.cases"
	run -1 "$here/applet/run" "$BATS_TEST_TMPDIR/a.cases" "$IMAGEMK" nl
	[[ $output == *"not run natively: nl -d x text"*"2 cases" ]]
	[[ $output != *"natively: nl text"* ]]
	sed -i 's/^nl -d/real: &/' "$BATS_TEST_TMPDIR/a.cases"
	run -0 "$here/applet/run" "$BATS_TEST_TMPDIR/a.cases" "$IMAGEMK" nl
}

@test "no case file is forgotten" {
	for cases in "$here"/applet/*.cases; do
		name=${cases##*/}
		grep -qE "same ${name%.cases}( |\$)" "$BATS_TEST_FILENAME" || { echo "no @test runs $name"; return 1; }
	done
}

# The facts of one image as python's json.dumps has them, keys in the order of OpenWrt's script.
@test "json_add_image_info" {
	cd "$BATS_TEST_TMPDIR"
	mkdir out
	printf 'image' >out/a.bin
	export FILE_DIR=out FILE_NAME=a.bin FILE_TYPE=sysupgrade FILE_FILESYSTEM=squashfs DEVICE_ID=tp-link_x
	export TARGET=ath79 SUBTARGET=generic VERSION_CODE=r1 VERSION_NUMBER=SNAPSHOT SOURCE_DATE_EPOCH=5
	export DEVICE_IMG_PREFIX=openwrt-x DEVICE_PACKAGES='a b  c' SUPPORTED_DEVICES='x,y z' IMAGE_SIZE=16128k
	export KERNEL_SIZE=2m DEVICE_VENDOR='T"P' DEVICE_MODEL=$'\x01 \\ü😀' DEVICE_ALT0_VENDOR=Other
	"$IMAGEMK" tool json_add_image_info a.json
	python3 - >want.json <<-'P'
		import hashlib, json, os
		e = os.environ
		h = hashlib.sha256(b"image").hexdigest()
		print(json.dumps({
		    "metadata_version": 1, "target": "ath79/generic", "version_code": "r1",
		    "version_number": "SNAPSHOT", "source_date_epoch": 5,
		    "profiles": {"tp-link_x": {
		        "image_prefix": "openwrt-x",
		        "images": [{"type": "sysupgrade", "name": "a.bin", "sha256": h, "sha256_unsigned": h,
		                    "size": 5, "filesystem": "squashfs"}],
		        "device_packages": ["a", "b", "c"], "supported_devices": ["x,y", "z"],
		        "titles": [{"vendor": e["DEVICE_VENDOR"], "model": e["DEVICE_MODEL"]}, {"vendor": "Other"}],
		        "file_size_limits": {"image": 16128 * 1024, "kernel": 2 * 1024 * 1024}}}},
		    separators=(",", ":")), end="")
	P
	cmp want.json a.json
	FILE_NAME=none run -0 "$IMAGEMK" tool json_add_image_info b.json
	[ "$output" = 'Skip JSON creation for non existing file out/none' ]
	[ ! -e b.json ]
}

@test "json_overview_image_info" {
	cd "$BATS_TEST_TMPDIR"
	mkdir -p work target/linux bin
	printf 'val.%%:\n\t@echo "$($*)"\nDEFAULT_PACKAGES=z b a\nARCH_PACKAGES=mips\nLINUX_VERSION=6.6\n' \
		>target/linux/Makefile
	printf 'LINUX_RELEASE=1\nLINUX_VERMAGIC=abc\n' >>target/linux/Makefile
	touch bin/b.bin bin/a.bin bin/c.bin
	export FILE_DIR=bin TARGET=t SUBTARGET=s VERSION_CODE=r1 VERSION_NUMBER=n SOURCE_DATE_EPOCH=5 \
		DEVICE_IMG_PREFIX=p DEVICE_PACKAGES=q SUPPORTED_DEVICES=x DEVICE_TITLE=ü FILE_TYPE=k
	for f in b:one a:one c:two; do
		FILE_NAME=${f%:*}.bin DEVICE_ID=${f#*:} "$IMAGEMK" tool json_add_image_info "work/${f%:*}.json"
	done
	WORK_DIR=work "$IMAGEMK" tool json_overview_image_info bin/profiles.json
	python3 - >want.json <<-'P'
		import json
		out = None
		for name in "abc":
		    info = json.load(open(f"work/{name}.json"))
		    if out is None:
		        out = info
		        continue
		    for device, profile in info["profiles"].items():
		        if device in out["profiles"]:
		            out["profiles"][device]["images"] += profile["images"]
		        else:
		            out["profiles"][device] = profile
		out.update({"default_packages": ["a", "b", "z"], "arch_packages": "mips",
		            "linux_kernel": {"version": "6.6", "release": "1", "vermagic": "abc"}})
		print(json.dumps(out, sort_keys=True, separators=(",", ":")), end="")
	P
	cmp want.json bin/profiles.json
	# An image that is gone is not told of; the others stay.
	rm bin/c.bin
	WORK_DIR=work "$IMAGEMK" tool json_overview_image_info bin/profiles.json
	[ "$(grep -c c.bin bin/profiles.json)" -eq 0 ]
	[ "$(grep -c '"two"' bin/profiles.json)" -eq 0 ]
	grep -q b.bin bin/profiles.json
	# without the repairs it stays
	WORK_DIR=work IMAGEMK_REPAIRS=0 "$IMAGEMK" tool json_overview_image_info bin/profiles.json
	grep -q '"two".*c.bin' bin/profiles.json
}

# What each known generation of the two scripts makes of one state; the facts are the scripts' own.
@test "profiles.json and its notes, as every generation of OpenWrt's scripts writes them" {
	unset IMAGEMK_REPAIRS
	local n=0 kind script want
	while read -r kind script want; do
		[ "$kind" != '#' ] || continue
		mkdir "$BATS_TEST_TMPDIR/$n" && cd "$BATS_TEST_TMPDIR/$n"
		run -0 "$here/applet/json-facts" "$kind" "$IMAGEMK" tool "json_${kind}_image_info" --as "$script"
		[ "$output" = "$want  -" ] || { echo "$kind $script: $output"; return 1; }
		n=$((n + 1))
	done <"$here/applet/json.facts"
	[ "$n" -ge 34 ]
}

@test "a json script with another text runs itself" {
	cd "$BATS_TEST_TMPDIR"
	mkdir scripts
	for name in json_add_image_info.py json_overview_image_info.py; do
		printf '#!/bin/sh\necho "own text: $*"\n' >"scripts/$name"
		chmod +x "scripts/$name"
		run -0 "$IMAGEMK" tool sh -c "scripts/$name a b"
		[ "$output" = 'own text: a b' ]
		run -127 "$IMAGEMK" tool sh -c "$name a"
	done
}

# OPENWRT_TREE=TREE: the tree's own scripts, over states drawn at random.
@test "a tree's json scripts" {
	[ -n "${OPENWRT_TREE:-}" ] || skip "OPENWRT_TREE= names no tree"
	run "$here/../scripts/compare-json" --rounds 20 "$OPENWRT_TREE"
	echo "$output"
	[ "$status" = 0 ]
	[[ "$output" != *" 0 native"* ]]
}

@test "bc" {
	command -v bc || skip "no bc here"
	same bc
}

@test "zip" {
	command -v zip || skip "no zip here"
	same zip
}

@test "mkhash" {
	cd "$BATS_TEST_TMPDIR"
	printf 'text' >f
	[ "$("$IMAGEMK" tool mkhash md5 f)" = "$(md5sum <f | cut -d' ' -f1)" ]
	[ "$("$IMAGEMK" tool mkhash sha256 <f)" = "$(sha256sum <f | cut -d' ' -f1)" ]
	[ "$("$IMAGEMK" tool mkhash -n md5 f)" = "$(md5sum <f | cut -d' ' -f1) f" ]
	[ "$("$IMAGEMK" tool mkhash -N md5 f | wc -c)" -eq 32 ]
	run "$IMAGEMK" tool mkhash md5 missing
	[ "$status" -eq 1 ]
	[ "$output" = "Failed to open 'missing'" ]
}

@test "an endless input" {
	[ "$("$IMAGEMK" tool sh -c "tr '\\0' '\\377' </dev/zero | head -c 5 | od -An -tx1")" = ' ff ff ff ff ff' ]
	[ "$("$IMAGEMK" tool sh -c 'cat /dev/zero | dd bs=1k count=3 2>/dev/null | wc -c')" = 3072 ]
}

# Who may not write there anyway is told of the file system first where something would be made, of
# the mode where something is.
@test "a file system that is read-only, for who may write nothing" {
	unshare -m true 2>/dev/null || skip "no mounts of our own here"
	outside=$(mktemp -d /tmp/imagemk.XXXXXX) # whose path anyone may walk
	mkdir -p "$outside/ro/closed" && cd "$outside/ro" && echo text >file
	chmod 700 closed && cp "$IMAGEMK" ../imagemk && chmod a+rx .. ../imagemk
	cat >../told <<-'END'
		for line in 'touch new' 'touch file' 'touch closed/new' 'echo a >new' 'echo a >file' 'cp file new' 'mkdir new'; do
			$1 "$line"; echo "$?"
		done
	END
	run unshare -m sh -ec '
		mount --bind . . && mount -o remount,bind,ro . && cd "$PWD"
		for shell in "bash -c" "../imagemk tool bash -c"; do
			setpriv --reuid 65534 --regid 65534 --clear-groups bash ../told "$shell" 2>&1 | sed "s/^bash: //; s/^line 1: //"
			echo --
		done'
	rm -r "$outside"
	echo "$output"
	[ "$status" = 0 ]
	[[ "$output" == *"touch: cannot touch 'new': Read-only file system"* ]]
	real=${output%%$'\n--'*} ours=${output#*$'\n--\n'}
	[ "$real" = "${ours%$'\n--'}" ]
}
