#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Codecs against the tools: the same bytes, and each decoder takes what the tool wrote.

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	: >empty
	printf a >one
	printf abcabcabcabc >tiny
	seq 100000 >text
	head -c 300000 /dev/zero >zeros
	# not compressible, the same on each machine
	seq 40000 | gzip -9nc | head -c 60000 >noise
	head -c 1200000 "$(command -v bash)" >binary
	cat binary zeros noise text binary >mix
}

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	cd "$BATS_TEST_TMPDIR" || return
	cp "$BATS_FILE_TMPDIR"/* .
}

files="empty one tiny text zeros noise binary mix"

# same CODEC-AND-OPTIONS TOOL-AND-OPTIONS FILE
same() {
	# shellcheck disable=SC2086 # both are command lines
	"$B/test-codec" $1 <"$3" >ours && $2 "$3" >theirs && cmp ours theirs || {
		echo "differ: $1 / $2 / $3"
		return 1
	}
}

# undo DECODER TOOL-AND-OPTIONS
undo() {
	for file in $files; do
		# shellcheck disable=SC2086
		$2 "$file" >packed
		"$B/test-codec" $1 <packed >unpacked
		cmp "$file" unpacked
	done
}

@test "gzip has GNU gzip's bytes at each level" {
	for file in $files; do
		for level in 1 2 3 4 5 6 7 8 9; do
			same "gzip $level" "gzip -${level}nc" $file
		done
	done
}

@test "gzip has GNU gzip's bytes at each length around its window and blocks" {
	for n in 2 3 258 262 32506 32767 32768 32769 65273 65274 65275 65535 65536 65537 98304; do
		tail -c 200000 binary | head -c $n >cut
		same "gzip 9" "gzip -9nc" cut
		same "gzip 6" "gzip -6nc" cut
		same "gzip 1" "gzip -1nc" cut
		# an end that the window held something longer of before
		(tail -c 140000 binary | head -c $n; head -c 131072 text; tail -c 139990 binary | head -c 5) >cut
		same "gzip 9" "gzip -9nc" cut
	done
}

@test "gzip stores a name and a time as GNU gzip does" {
	touch -d @1234567890 text
	same "gzip 9 text 1234567890" "gzip -9c" text
}

@test "gunzip, also several members and NULs behind them" {
	undo gunzip "gzip -c"
	(gzip -c one; gzip -c text; head -c 100 /dev/zero) | "$B/test-codec" gunzip | cmp - <(cat one text)
}

# sha256 of what `lzma e` of LZMA SDK 4.65 (built from its makefile.gcc) wrote of `seq 100000`
@test "lzma has the SDK's bytes" {
	while read -r want options; do
		# shellcheck disable=SC2086 # a list of options
		got=$("$B/test-codec" lzma $options <text | sha256sum)
		[ "${got%% *}" = "$want" ] || { echo "differ: $options"; return 1; }
	done <<-'END'
	6c68f847cad33ee6e036c75d11cf4929c1fdbc512f7ab22678c3f0728a9ad9f4
	79e65ed897a5d8f8a724a2e80b224baac733d0138edfd54b5a47a35e0a3c3f1e lc1 lp2 pb2
	98a915e5d268f5bdbf3cfeac2d4af4fa9b9a00ae42ea81c65c201369247b6429 a=0 bt3 eos d=16
	ad0957786909f2c65e8556d89a88eee4803247c1af212bf972599399b5eb7000 bt2 lc8 fb5 d=12
	e4c3217d1ab09c60e15818490c9cb3d586dbc70e3844448aa444bdfe3fe979aa fb273 d=20 lc0 lp4 pb0
	END
}

@test "unlzma takes xz's .lzma and the SDK's own with any properties" {
	undo unlzma "xz --format=lzma -c"
	for options in "" "lc8 lp4 pb4" "eos d=12" "lc0 lp0 pb0 a=0"; do
		for file in $files; do
			# shellcheck disable=SC2086
			"$B/test-codec" lzma $options <$file | "$B/test-codec" unlzma | cmp - $file
		done
	done
}

@test "xz and its .lzma have xz's bytes" {
	for file in $files; do
		same "xz xz crc64 6" "xz -T1 -6c" $file
		same "xz xz crc32 9 e" "xz -T1 -9ec --check=crc32" $file
		same "xz xz none 0" "xz -T1 -0c --check=none" $file
		same "xz xz sha256 1" "xz -T1 -1c --check=sha256" $file
		same "xz lzma none 9" "xz -T1 --format=lzma -9c" $file
	done
	undo unxz "xz -c"
}

@test "bzip2 has bzip2's bytes" {
	for file in $files; do
		same "bzip2 9" "bzip2 -9c" $file
		same "bzip2 1" "bzip2 -1c" $file
	done
	undo bunzip2 "bzip2 -c"
	(bzip2 -c one; bzip2 -c text) | "$B/test-codec" bunzip2 | cmp - <(cat one text)
}

@test "zstd has zstd's bytes" {
	command -v zstd >/dev/null || skip "zstd is not installed"
	for file in $files; do
		for level in 1 3 9 19; do
			same "zstd $level" "zstd -${level}qc" $file
		done
	done
	undo unzstd "zstd -qc"
}

@test "libdeflate's gzip has libdeflate-gzip's bytes" {
	command -v libdeflate-gzip >/dev/null || skip "libdeflate-tools is not installed"
	for file in $files; do
		for level in 1 6 9 12; do
			same "libdeflate $level" "libdeflate-gzip -$level -c" $file
		done
	done
}

@test "deflate and inflate are zlib's" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	# shellcheck disable=SC2086 # a list of files
	python3 -c 'import sys, zlib
for name in sys.argv[1:]:
    text = open(name, "rb").read()
    for window in -15, 15, -9:
        c = zlib.compressobj(9, zlib.DEFLATED, window)
        open(f"{name}{window}", "wb").write(c.compress(text) + c.flush())' $files
	for file in $files; do
		for window in -15 15 -9; do
			"$B/test-codec" deflate 9 "$window" <$file >ours
			cmp ours "$file$window"
			"$B/test-codec" inflate "$window" <ours | cmp - $file
		done
	done
}

@test "known prefixes give the same bytes, hostile files an error" {
	"$B/test-codec"
}
