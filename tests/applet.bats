# SPDX-License-Identifier: GPL-2.0-only
# Every applet against the real utility: the same command lines on the same files, and then output,
# exit status, messages and files compared. The command lines are in applet/NAME.cases.

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	IMAGEMK=${IMAGEMK:-$here/../build/imagemk}
}

# same NAME [TOOL...]: all of applet/NAME.cases by the real tools and by ours
same() {
	local name=$1 tool
	shift
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	for tool in "${@:-$name}"; do
		ln -sf "$(readlink -f "$IMAGEMK")" "$BATS_TEST_TMPDIR/bin/$tool"
	done
	"$here/applet/run" "$here/applet/$name.cases" >"$BATS_TEST_TMPDIR/real"
	"$here/applet/run" "$here/applet/$name.cases" "$BATS_TEST_TMPDIR/bin" >"$BATS_TEST_TMPDIR/ours"
	grep -q '^[1-9][0-9]* cases$' "$BATS_TEST_TMPDIR/ours"
	diff -U9 "$BATS_TEST_TMPDIR/real" "$BATS_TEST_TMPDIR/ours"
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

@test "nl" {
	same nl
}

@test "sed" {
	same sed
}

@test "grep" {
	same grep grep egrep fgrep
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

@test "hexdump" {
	same hexdump
}

@test "flock" {
	same flock
}

@test "no case file is forgotten" {
	for cases in "$here"/applet/*.cases; do
		name=${cases##*/}
		grep -qE "same ${name%.cases}( |\$)" "$BATS_TEST_FILENAME" || { echo "no @test runs $name"; return 1; }
	done
}
