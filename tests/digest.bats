#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Digests against coreutils and Python's zlib.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	cd "$BATS_TEST_TMPDIR" || return
	: >empty
	printf a >one
	seq 100000 >text
	head -c 65536 /dev/zero >zeros
	head -c 3000001 "$(command -v bash)" /usr/lib/*/libc.so.6 >binary || true
}

@test "md5 and the sha family as coreutils has them" {
	for file in empty one text zeros binary; do
		for name in md5 sha1 sha224 sha256 sha384 sha512; do
			want=$(${name}sum <"$file")
			[ "$("$B/test-digest" $name $file)" = "${want%% *}" ]
		done
	done
}

@test "cksum as coreutils has it" {
	for file in empty one text zeros binary; do
		want=$(cksum <"$file")
		[ "$("$B/test-digest" cksum $file)" = "${want%% *}" ]
	done
}

@test "crc32 and adler32 as Python's zlib has them" {
	command -v python3 >/dev/null || skip "python3 is not installed"
	for file in empty one text zeros binary; do
		for name in crc32 adler32; do
			want=$(python3 -c 'import sys, zlib
print(getattr(zlib, sys.argv[1])(open(sys.argv[2], "rb").read()))' $name $file)
			[ "$("$B/test-digest" $name $file)" = "$want" ]
		done
	done
}

@test "runs, pieces, names" {
	"$B/test-digest"
}
