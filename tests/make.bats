# SPDX-License-Identifier: GPL-2.0-only
# The make language and the graph: each tests/make/*.mk is run by GNU make and by imagemk.

setup()
{
	here=$(cd "$BATS_TEST_DIRNAME" && pwd)
	export IMAGEMK=${IMAGEMK:-$here/../build/imagemk}
	IMAGEMK=$(readlink -f "$IMAGEMK")
}

# cases PREFIX: every case of that name must agree
cases()
{
	local failed=0 n=0 case

	for case in "$here"/make/$1-*.mk; do
		n=$((n + 1))
		"$here/run-case" "$case" >"$BATS_TEST_TMPDIR/diff" 2>&1 && continue
		failed=$((failed + 1))
		echo "differs: ${case##*/}"
		cat "$BATS_TEST_TMPDIR/diff"
	done
	echo "$n cases, $failed differ"
	[ "$n" -gt 0 ] && [ "$failed" -eq 0 ]
}

@test "make language: call" {
	cases call
}

@test "make language: cond" {
	cases cond
}

@test "make language: default" {
	cases default
}

@test "make language: define" {
	cases define
}

@test "make language: eval" {
	cases eval
}

@test "make language: expand" {
	cases expand
}

@test "make language: foreach" {
	cases foreach
}

@test "make language: func" {
	cases func
}

@test "make language: include" {
	cases include
}

@test "make language: load" {
	cases load
}

@test "make language: makefiles" {
	cases makefiles
}

@test "make language: posix" {
	cases posix
}

@test "make language: read" {
	cases read
}

@test "make language: var" {
	cases var
}

@test "make language: vpath" {
	cases vpath
}

@test "make graph: goal" {
	cases goal
}

@test "make graph: job" {
	cases job
}

@test "make graph: opt" {
	cases opt
}

@test "make graph: pattern" {
	cases pattern
}

@test "make graph: recur" {
	cases recur
}

@test "make graph: remake" {
	cases remake
}

@test "make graph: rule" {
	cases rule
}

@test "make graph: scope" {
	cases scope
}

@test "make graph: search" {
	cases search
}

@test "make graph: second" {
	cases second
}

@test "make graph: special" {
	cases special
}

@test "source maps: each stretch of an expansion knows its line and the calls that led there" {
	"${B:-$here/../build}/test-make"
}

@test "every case belongs to a group" {
	for case in "$here"/make/*.mk; do
		group=${case##*/}
		group=${group%%-*}
		grep -q "cases $group\$" "$BATS_TEST_FILENAME" || { echo "no @test runs $case"; return 1; }
	done
}

@test "the comparison notices a difference" {
	printf '$(info $(MAKE_COMMAND))\nall:;@echo $$$$\n' >"$BATS_TEST_TMPDIR/x.mk"
	run "$here/run-case" "$BATS_TEST_TMPDIR/x.mk"
	[ "$status" -ne 0 ]
}
