#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The house rules hold, and each check fails where they don't.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	cd "$BATS_TEST_TMPDIR" || return
}

# A copy of the tree's rooms to break.
plant() {
	copy=$BATS_TEST_TMPDIR/copy
	mkdir -p "$copy/docs"
	cp "$top/docs/internals.md" "$copy/docs/"
	cp -R "$top/interp" "$copy/"
	printf '%s\n' "$2" >>"$copy/interp/$1"
}

# reports TEXT: check-arrows finds just that in the copy
reports() {
	run "$top/scripts/check-arrows" "$copy"
	echo "$output"
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == *"$1"* ]]
}

@test "no include goes against an arrow" {
	"$top/scripts/check-arrows"
}

@test "an include against an arrow is found" {
	plant base/str.c '#include "blob/blob.h"'
	reports "interp/base/str.c:"
	reports "base may not include blob"
	plant codec/gzip.c '#include "digest/digest.h"'
	reports "codec may not include digest"
	plant make/func.c '#  include "shell/shell.h"'
	reports "make may not include shell"
}

@test "an include of a private header is found" {
	plant digest/crc.c '#include "blob/internal.h"'
	reports "is private to blob"
	plant digest/crc.c '#include "blob/rope.h"'
	reports "is private to blob"
	plant cli/main.c '#include "make/internal.h"'
	reports "is private to make"
}

@test "an include without its room, of no room, and a new room are found" {
	plant digest/crc.c '#include "digest.h"'
	reports "name the room"
	plant digest/crc.c '#include "../blob/blob.h"'
	reports "name the room"
	plant digest/crc.c '#include "util/util.h"'
	reports "no such room"
	rm -rf "$copy"
	plant digest/crc.c ''
	mkdir "$copy/interp/attic"
	echo '#include <stdio.h>' >"$copy/interp/attic/old.c"
	reports "room attic is not in the table"
}

@test "check-arrows fails where there is nothing to check" {
	mkdir -p "$BATS_TEST_TMPDIR/none/docs" "$BATS_TEST_TMPDIR/none/interp"
	: >"$BATS_TEST_TMPDIR/none/docs/internals.md"
	run "$top/scripts/check-arrows" "$BATS_TEST_TMPDIR/none"
	[ "$status" -eq 2 ]
}

@test "docs/coverage.md: what scripts/coverage makes of tools and tests is not stale" {
	IMAGEMK=${IMAGEMK:-$B/imagemk} "$top/scripts/coverage" --check
	mkdir -p copy/docs copy/scripts copy/tests
	cp "$top"/docs/coverage.* copy/docs/
	cp "$top/scripts/coverage" copy/scripts/
	cp "$top"/tests/*.bats copy/tests/
	sed -i '/^| `xargs` | native/d' copy/docs/coverage.md
	run env IMAGEMK="${IMAGEMK:-$B/imagemk}" copy/scripts/coverage --check
	[ "$status" -eq 1 ]
	[[ $output == *"is stale"* ]]
}

@test "docs/coverage.md names every tool" {
	"${IMAGEMK:-$B/imagemk}" tool --list >"$BATS_TEST_TMPDIR/tools"
	[ -s "$BATS_TEST_TMPDIR/tools" ]
	run comm -23 <(sed 's/\.py$//' "$BATS_TEST_TMPDIR/tools" | sort -u) \
		<(tr ' |' '\n\n' <"$top/docs/coverage.md" | sort -u)
	echo "no word of: $output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

# of_row FILE FIELD: a text in the row of a format
of_row() {
	sed -n '/^const struct firmware firmware_/,$s/^[[:space:]]*\.'"$2"' = "\(.*\)",$/\1/p' "$1"
}

# untested TOP: the formats of TOP's interp/firmware without a test: a tool that docs/coverage.md says
# has none of its own; where there is no tool, neither its name nor what check calls it stands in
# tests/check.bats or firmware.bats.
untested() {
	local top=$1 file name format
	for file in "$top"/interp/firmware/*.c; do
		grep -q '^const struct firmware firmware_' "$file" || continue
		name=$(of_row "$file" name) format=$(of_row "$file" format)
		if grep -q '^[[:space:]]*\.write = ' "$file"; then
			grep "^| \`$name\` | native |" "$top/docs/coverage.md" | grep -qv '| none of its own |$'
		else
			grep -qwF -e "$name" -e "${format:-$name}" "$top"/tests/{check,firmware}.bats
		fi || echo "$name"
	done
}

@test "every format has a test of its own, and one without is found" {
	run untested "$top"
	echo "$output"
	[ -z "$output" ]
	mkdir -p copy/interp copy/docs copy/tests
	cp -R "$top/interp/firmware" copy/interp/
	cp "$top/docs/coverage.md" copy/docs/
	sed -i 's/^\(| `seama` | native | [0-9]* |\).*/\1 none of its own |/' copy/docs/coverage.md
	sed 's/JFFS2 end mark//' "$top/tests/firmware.bats" >copy/tests/firmware.bats
	cp "$top/tests/check.bats" copy/tests/
	run untested copy
	[ "$output" = $'jffs2-end\nseama' ]
}

@test "tool --help NAME prints a row's help" {
	"${IMAGEMK:-$B/imagemk}" tool --help padjffs2 | grep -q '^padjffs2 FILE'
	"${IMAGEMK:-$B/imagemk}" tool --help nl | grep -q -e -w
}

@test "no line of C is longer than 100 columns" {
	cd "$top"
	run awk '
		{
			columns = 0
			n = split($0, stretch, "\t")
			for (i = 1; i < n; i++) {
				columns += length(stretch[i])
				columns += 8 - columns % 8
			}
			if (columns + length(stretch[n]) > 100)
				print FILENAME ":" FNR ": " $0
		}' interp/*/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch]
	echo "$output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "no room below cli keeps mutable state" {
	if nm "$B/libbase.a" | grep -q __asan_; then
		skip "the build is instrumented"
	fi
	"$top/scripts/check-globals" "$B"
}

# archive NAME TEXT: compile TEXT into libNAME.a
archive() {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' "$2" >object.c
	${CC:-cc} -c object.c -o object.o
	rm -f "lib$1.a"
	ar rcs "lib$1.a" object.o
}

@test "mutable objects are found: data, bss, static, local static, per thread" {
	for text in 'int planted = 1;' 'int planted;' 'static int planted; int *f(void) { return &planted; }' \
		'int f(void) { static int planted; return ++planted; }' '_Thread_local int planted;' \
		'const char *planted = "x";'; do
		archive room "$text"
		run "$top/scripts/check-globals" "$BATS_TEST_TMPDIR"
		echo "$text: $output"
		[ "$status" -eq 1 ]
		[[ $output == *planted* ]]
	done
}

@test "constants, tables of pointers and cli's own state are no offence" {
	archive room 'const int a = 1; static const char *const t[] = {"x"}; const char *const *f(void) { return t; }'
	"$top/scripts/check-globals" "$BATS_TEST_TMPDIR"
	archive cli 'int state;'
	"$top/scripts/check-globals" "$BATS_TEST_TMPDIR"
	rm lib*.a
	run "$top/scripts/check-globals" "$BATS_TEST_TMPDIR"
	[ "$status" -eq 2 ]
}

# Without what the bats that runs this exports.
alone() { env -i PATH="${PATH#*bats-core:}" HOME="$HOME" TMPDIR="$BATS_TEST_TMPDIR" B="$B" "$@"; }

@test "run-tests fails when a test fails, when a file cannot run, when none ran; not otherwise" {
	printf '@test "a" { true; }\n@test "b" { skip "c"; }\n' >good.bats
	printf '@test "a" { true; }\n@test "b" { false; }\n' >bad.bats
	echo '@test "broken" {' >broken.bats
	: >none.bats
	run alone "$top/scripts/run-tests" "$PWD/good.bats"
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = '1 passed, 0 failed, 1 skipped' ]
	run alone "$top/scripts/run-tests" "$PWD/good.bats" "$PWD/bad.bats"
	[ "$status" -eq 1 ]
	[ "${lines[-1]}" = '2 passed, 1 failed, 1 skipped' ]
	for file in broken none missing; do
		run alone "$top/scripts/run-tests" "$PWD/good.bats" "$PWD/$file.bats"
		echo "$file: $output"
		[ "$status" -eq 1 ]
	done
	run alone make -s -C "$top" B="$B" check TESTS="$PWD/bad.bats"
	[ "$status" -eq 2 ]
}
