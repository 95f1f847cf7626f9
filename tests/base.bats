#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Arenas, maps, strings, vectors, options, paths.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
}

@test "containers, strings, options and paths" {
	"$B/test-base"
}
