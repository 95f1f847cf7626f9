#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The program as a person meets it: help, names, exit statuses, eval, check, installation.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	IMAGEMK=${IMAGEMK:-$B/imagemk}
	unset MAKEFLAGS MAKELEVEL
	cd "$BATS_TEST_TMPDIR" || return
}

@test "--help of the program and of each command that it names" {
	run "$IMAGEMK" --help
	[ "$status" -eq 0 ]
	commands=$(printf '%s\n' "$output" | sed -n 's/^  \([a-z]*\)  *.*: .*/\1/p')
	for name in make build eval check tool; do
		[[ " ${commands//$'\n'/ } " == *" $name "* ]]
		run "$IMAGEMK" "$name" --help
		echo "$name: $output"
		[ "$status" -eq 0 ]
		[[ $output == Usage:* ]]
	done
	make --help >theirs
	"$IMAGEMK" make --help | sed 's/^Usage: [^ ]* /Usage: make /' >ours
	diff <(grep '^  -' theirs) <(grep '^  -' ours)
}

@test "without a command: help, exit 2; an unknown command: the nearest one, exit 2" {
	run "$IMAGEMK"
	[ "$status" -eq 2 ]
	run "$IMAGEMK" biuld
	[ "$status" -eq 2 ]
	[[ $output == *"unknown command 'biuld'"*build* ]]
	run "$IMAGEMK" --nonsense
	[ "$status" -eq 2 ]
	[[ $output == *nonsense* ]]
	run "$IMAGEMK" eval
	[ "$status" -eq 2 ]
	run "$IMAGEMK" check
	[ "$status" -eq 2 ]
	run "$IMAGEMK" build -C "$BATS_TEST_TMPDIR"
	[ "$status" -eq 2 ]
	[[ $output == *include/image.mk* ]]
}

@test "errors go to standard error, help to standard output" {
	[ -z "$("$IMAGEMK" biuld 2>/dev/null)" ]
	[ -z "$("$IMAGEMK" --help 2>&1 >/dev/null)" ]
	run bash -c '"$1" --help >/dev/full' - "$IMAGEMK"
	[ "$status" -ne 0 ]
	[[ $output == *"No space left on device"* ]]
}

@test "exit statuses of make: 0, 1 for a question, 2, the same as GNU make's" {
	printf 'good: ; @:\nbad: ; @false\nold: good ; @:\n' >Makefile
	for goal in good bad none '-q old' '-k bad good'; do
		expected=0
		# shellcheck disable=SC2086 # options and goals
		make $goal >/dev/null 2>&1 || expected=$?
		# shellcheck disable=SC2086
		run "$IMAGEMK" make $goal
		echo "$goal: $status, expected $expected"
		[ "$status" -eq "$expected" ]
	done
}

@test "called as make it is make, by an applet's name that applet" {
	echo 'all: ; @echo made by $(MAKE_VERSION)' >Makefile
	ln -s "$IMAGEMK" make
	ln -s "$IMAGEMK" sha256sum
	[ "$(./make)" = "made by 4.3" ]
	echo x >x
	[ "$(./sha256sum x)" = "$(sha256sum x)" ]
}

@test "tool --list names tools that start; an unknown one: the nearest, exit 127" {
	run "$IMAGEMK" tool --list
	[ "$status" -eq 0 ]
	for name in cat dd sed mkimage padjffs2 mktplinkfw fwtool lzma; do
		grep -qx "$name" <<<"$output"
	done
	run "$IMAGEMK" tool mkimagee
	[ "$status" -eq 127 ]
	[[ $output == *"nearest: mkimage"* ]]
	run "$IMAGEMK" tool sh -c 'echo $((6 * 7)); exit 3'
	[ "$status" -eq 3 ]
	[ "$output" = 42 ]
	run "$IMAGEMK" tool cat missing
	expected=$(cat missing 2>&1) || :
	[ "$status" -eq 1 ]
	[ "$output" = "$expected" ]
}

@test "tool: what an applet does not know and no other program does is one message" {
	run env -i PATH=/nowhere "$IMAGEMK" tool seama --help
	[ "$status" -eq 127 ]
	[ "$output" = "seama: not a form that is known here (imagemk tool --help seama tells them), and PATH has no other" ]
	run env -i PATH=/nowhere "$IMAGEMK" tool squashfs4 --help
	[ "$output" = $'imagemk tool: no tool called \'squashfs4\'\n  hint: imagemk tool --list names them all' ]
}

@test "eval expands; --origin says which line wrote each part" {
	printf 'A := one\nB = $(A) and $(C)\n\ndefine C\ntwo\nendef\n' >Makefile
	[ "$("$IMAGEMK" eval '$(B)!')" = 'one and two!' ]
	[ "$("$IMAGEMK" eval C=three '$(B)')" = 'one and three' ]
	mkdir sub
	mv Makefile sub/other.mk
	run "$IMAGEMK" eval -C sub -f other.mk --origin '$(B)'
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"other.mk:1: one"* ]]
	[[ $output == *"other.mk:5: two"* ]]
	run "$IMAGEMK" eval -f missing.mk x
	[ "$status" -eq 2 ]
	[[ $output == *missing.mk* ]]
}

@test "check: a good image, a corrupt one, an unknown one, one that is not there" {
	seq 1 1000 >kernel
	mkimage -A mips -O linux -T kernel -C none -a 0x80060000 -e 0x80060000 -n demo -d kernel good.bin >/dev/null
	run "$IMAGEMK" check good.bin
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"$(stat -c%s good.bin) bytes"* ]]
	[[ $output != *BAD* ]]
	cp good.bin corrupt.bin
	printf X | dd of=corrupt.bin bs=1 seek=1000 conv=notrunc 2>/dev/null
	run "$IMAGEMK" check corrupt.bin
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *BAD* ]]
	run "$IMAGEMK" check good.bin corrupt.bin
	[ "$status" -eq 1 ]
	run "$IMAGEMK" check kernel
	[ "$status" -eq 1 ]
	[[ $output == *"not a format known here"* ]]
	run "$IMAGEMK" check missing.bin
	[ "$status" -eq 2 ]
	[[ $output == *"No such file or directory"* ]]
}

@test "a pipe and NO_COLOR see no escape sequences" {
	printf 'all: ; @echo x; false\n' >Makefile
	for setting in TERM=xterm-256color NO_COLOR=1; do
		run env "$setting" "$IMAGEMK" make
		[[ $output != *$'\e'* ]]
		run env "$setting" "$IMAGEMK" --help
		[[ $output != *$'\e'* ]]
	done
}

@test "install: program, manual page, and make text that builds elsewhere" {
	prefix=$BATS_TEST_TMPDIR/usr
	make -s -C "$top" B="$B" prefix="$prefix" exec_prefix="$prefix" install
	"$prefix/bin/imagemk" --version
	[ -s "$prefix/share/man/man1/imagemk.1" ]
	[ -f "$prefix/share/imagemk/include/image.mk" ]
	[ -x "$prefix/share/imagemk/scripts/fetch" ]
	chmod -R a-w "$prefix"
	mkdir out root
	seq 1 3000 >kernel
	echo x >root/file
	cd out
	make -s -f "$prefix/share/imagemk/Makefile" target/install PROFILE=demo_combined VMLINUX=../kernel ROOTFS=../root
	chmod -R u+w "$prefix"
	[ -s bin/targets/ath79/generic/openwrt-ath79-generic-demo_combined-squashfs-factory.bin ]
	(cd bin/targets/ath79/generic && sha256sum --quiet -c sha256sums)
}

@test "DESTDIR stands in front of every installed file" {
	make -s -C "$top" B="$B" DESTDIR="$BATS_TEST_TMPDIR/dest folder" prefix=/opt/x exec_prefix=/opt/x install
	[ "$(ls)" = 'dest folder' ]
	[ -x 'dest folder/opt/x/bin/imagemk' ]
	grep -q '^PROGRAM := /opt/x/bin/imagemk$' 'dest folder/opt/x/share/imagemk/Makefile'
	grep -q '^.SH OPTIONS' 'dest folder/opt/x/share/man/man1/imagemk-audit.1'
	grep -q '^complete .* imagemk$' 'dest folder/opt/x/share/bash-completion/completions/imagemk'
	grep -q '^#compdef imagemk' 'dest folder/opt/x/share/zsh/site-functions/_imagemk'
	grep -q '^complete -c imagemk' 'dest folder/opt/x/share/fish/vendor_completions.d/imagemk.fish'
}

@test "perl, python3 and git are started directly, also behind redirections and pipes: --stats counts no shell" {
	cat >Makefile <<'END'
x := $(shell perl -e 'print 1')$(shell python3 -c 'print(2)' 2>/dev/null)$(shell git --version | sed 's/ .*//')
y := $(shell echo 3 | perl -ne 'print' 2>/dev/null)$(shell A=4 python3 -c 'import os; print(os.environ["A"])' </dev/null)
z != git nonsense 2>/dev/null || echo 5
all:
	@echo $x$y$z; perl -e 'print "6\n"' >out 2>&1
	@git --version >/dev/null
	@python3 -c 'print(7)' | cat out -
END
	PATH=/usr/bin:/bin run --separate-stderr "$IMAGEMK" --stats make
	[ "$output" = $'12git345\n6\n7' ]
	[[ $stderr == *" 0 shells"* ]]
	[ "$(grep -cE '(perl: declined|(git|python3): no applet)$' <<<"$stderr")" -eq 3 ]
}

@test "--origins: errors, --trace and -p name the line a person wrote and the calls between" {
	cat >"$BATS_TEST_TMPDIR/Makefile" <<'MK'
define Build/check
	@echo check $(1)
	$(if $(BAD),$(error bad $(1)))
endef
define Device
  SIZE_$(1) := $(2)
$(1).img:
	$$(call Build/check,$(1))
endef
$(foreach d,x y,$(eval $(call Device,$(d),4)))
MK
	cd "$BATS_TEST_TMPDIR"
	run "$IMAGEMK" --origins make --trace
	[ "$output" = "Makefile:10: target 'x.img' does not exist
  written at Makefile:8
  in call Device (Makefile:10)
  in foreach d=x (Makefile:10)
echo check x
check x" ]
	run "$IMAGEMK" --origins make BAD=1
	[ "$status" -eq 2 ]
	[ "$output" = "Makefile:10: *** bad x.  Stop.
  in call Build/check (Makefile:8)
  in call Device (Makefile:10)
  in foreach d=x (Makefile:10)" ]
	"$IMAGEMK" --origins make -pn >out
	grep -A4 "^#  written at Makefile:6" out | grep -q "^SIZE_y := 4"
	# without it they are GNU make's
	run "$IMAGEMK" make --trace
	[ "${lines[1]}" = "echo check x" ]
}

@test "--origins: lines of a define that go on, with dollars to be doubled" {
	cat >Makefile <<'MK'
Name = $(1).img
define Image
$(call Name,$(2)): $$(if $$(A),$$(B), \
    $$(C)$$(C)$$(C)) \
    $$(call Name,$(1)); @echo $$@ \
    $$(call Name,is)
endef
define Loop
$$(foreach d,a b, \
  $$(foreach e,c, \
    $$(eval $$(call Image,$$(d),$$(e)$$(d)))))
endef
define Two
$$(A)$$(A)$$(A)$$(A)$$(A)$$(A) \
$$(error two)
endef
$(eval $(Loop))
a.img: ; @echo $@
b.img: ; $(eval $(Two))
MK
	run "$IMAGEMK" --origins make --trace ca.img
	diff - <(printf '%s\n' "$output") <<'END'
Makefile:18: target 'a.img' does not exist
  written at Makefile:18
echo a.img
a.img
Makefile:17: update target 'ca.img' due to: a.img
  written at Makefile:5
  in call Image (Makefile:11)
  in foreach e=c (Makefile:10)
  in foreach d=a (Makefile:9)
  in Loop (Makefile:17)
echo ca.img is.img
ca.img is.img
END
	run "$IMAGEMK" --origins make b.img
	diff - <(printf '%s\n' "$output") <<'END'
Makefile:19: *** two.  Stop.
  in Two (Makefile:19)
END
}

@test "--origins: a rule that comes out of a variable, a target's own copy of a value" {
	cat >Makefile <<'MK'
SIZE = 4
RULE = all: x.img; @echo all
define Export
  $(1) : $(2):=$$($(2))
endef
$(RULE)
$(foreach v,SIZE,$(eval $(call Export,x.img,$(v))))
x.img: ; @echo $@ $(SIZE)
MK
	run "$IMAGEMK" --origins make --trace
	[ "$output" = "Makefile:8: target 'x.img' does not exist
  written at Makefile:8
echo x.img 4
x.img 4
Makefile:6: update target 'all' due to: x.img
  written at Makefile:2
  in RULE (Makefile:6)
echo all
all" ]
	"$IMAGEMK" --origins make -pn >out
	grep -B4 '^x.img: SIZE := 4' out >set
	diff - set <<'END'
# makefile (from 'Makefile', line 7)
#  written at Makefile:4
#  in call Export (Makefile:7)
#  in foreach v=SIZE (Makefile:7)
x.img: SIZE := 4
END
}
