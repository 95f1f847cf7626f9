#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The reader of device tree source. tests/dts/NAME.facts: what is in the binary that cpp and dtc 1.6.1 made of NAME.dts, by facts.py.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	cd "$top/tests/dts" || return
}

@test "device tree sources say what dtc makes of them" {
	for source in *.dts; do
		"$B/test-dts" "$source" include >"$BATS_TEST_TMPDIR/ours"
		diff -u "${source%.dts}.facts" "$BATS_TEST_TMPDIR/ours"
	done
}

@test "the facts are those of the dtc that is here" {
	command -v dtc cpp python3 >"$BATS_TEST_TMPDIR/tools" || skip "no dtc, cpp or python3"
	for source in *.dts; do
		cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp -Iinclude "$source" 2>/dev/null |
			dtc -q -q -I dts -O dtb -i . -o "$BATS_TEST_TMPDIR/dtb" -
		./facts.py "$BATS_TEST_TMPDIR/dtb" | diff -u "${source%.dts}.facts" -
	done
}

@test "places, errors, missing files, hostile sources; where a tree has its sources" {
	TMPDIR=$BATS_TEST_TMPDIR "$B/test-dts"
}
