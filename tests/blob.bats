#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Ropes, the file overlay, streams: C tests, each against a simpler model or the system itself.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
}

@test "ropes against an array of bytes; many appends; threads; endless runs" {
	"$B/test-blob"
}

@test "the overlay against system calls; commits, links, limits, permissions" {
	"$B/test-files"
}

@test "streams: offsets, renames, processes" {
	"$B/test-stream"
}

@test "what is known about files: right after changes in place, kept where nothing changed" {
	"$B/test-cache"
}
