#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What evaluates Makefiles and is to run nothing: hostile ones really try, and then nothing has happened. Each layer, what
# the program forbids itself and what the kernel forbids it, has to hold alone (IMAGEMK_CONFINE=policy, kernel).

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$top/build}/imagemk}")
	export IMAGEMK
	unset MAKEFLAGS MAKELEVEL NO_COLOR IMAGEMK_CONFINE
	# What must not be touched lies beside the tree, and in it.
	cd "$BATS_TEST_TMPDIR" || return
	mkdir tree tree/include outside
	echo secret >outside/secret
	echo precious >tree/precious
	: >tree/rules.mk
	chmod 644 tree/precious
	touch -d @1600000000 tree/precious outside/secret
	state >before
}

# All that there is but for the Makefile: names, kinds, modes, times, bytes.
state() {
	find tree outside ! -name Makefile ! -path tree -printf '%p %y %m %T@ %s %l\n' | sort
	find tree outside -type f ! -name Makefile -exec cksum {} + | sort
}

# attempt LAYER: the Makefile is evaluated, and nothing has changed then.
attempt() {
	IMAGEMK_CONFINE=$1 run --separate-stderr timeout 60 "$IMAGEMK" eval -C tree 'end of $(X)'
	echo "$1: status $status"
	echo "$output"
	echo "$stderr"
	state | diff before -
}

# as_gnu_make BEGIN: what GNU make makes of X begins like that; the Makefile is evaluated to the same, and nothing is refused.
as_gnu_make() {
	printf '%s\n' 'include Makefile' '$(info end of $(X))' 'all: ; @:' | make -s -C tree -f - >gnu 2>/dev/null
	[[ "$(cat gnu)" == "$1"* ]]
	for layer in both policy; do
		attempt $layer
		[ "$status" -eq 0 ]
		[[ $stderr != *refused* ]]
		[ "$output" = "$(cat gnu)" ]
	done
}

# Landlock and seccomp, as --verbose tells it of a tree without targets.
has_kernel() {
	mkdir -p empty/include empty/target/linux empty/config
	touch empty/rules.mk empty/include/image.mk empty/include/target.mk
	! "$IMAGEMK" list -v -C empty 2>&1 | grep 'this kernel has no' >&3
}

# try LINE...: a Makefile of these lines, under both layers and each alone.
try() {
	printf '%s\n' "$@" >tree/Makefile
	attempt both
	attempt policy
	! has_kernel || attempt kernel
}

# refused WORDS LINE...: the same; each of the lines is said to be refused, with WORDS.
refused() {
	local words=$1
	shift
	printf '%s\n' "$@" >tree/Makefile
	for layer in policy both; do
		attempt "$layer"
		[ "$status" -eq 2 ]
		[[ $stderr == *"imagemk eval: not all of it was evaluated"* ]]
		diff <(seq $#) <(grep -F "$words" <<<"$stderr" | sed -n 's/^Makefile:\([0-9]*\): .*: refused: .*/\1/p' | sort -nu)
	done
	! has_kernel || attempt kernel
}

# shells WORDS TEXT...: as refused, of a $(shell TEXT) each; none gives anything.
shells() {
	local words=$1 text lines=()
	shift
	for text; do lines+=("X := \$(X)\$(shell $text)"); done
	refused "$words" "${lines[@]}"
	IMAGEMK_CONFINE=policy "$IMAGEMK" eval -C tree '[$(strip $(X))]' >out 2>/dev/null || :
	[ "$(cat out)" = '[]' ]
}

@test "what only reads in the tree goes on, and is not said" {
	printf 'one\ntwo\n' >tree/words
	state >before
	printf '%s\n' 'X := $(shell cat words | sed s/o/0/ | tr "\n" " ")$(shell ls | grep -c rds; head -n1 words 2>/dev/null)$(file <words)' \
		'X += $(shell test -e /etc/passwd && echo there; command -v sh >/dev/null && echo found; echo no >/dev/null)' \
		'X += $(shell for i in 1 2; do echo $$i; done | sort -r)$(wildcard */..) $(shell head -c 2 /dev/zero | tr "\0" z)' \
		'X += $(shell rm -f missing; mkdir -p include; cat missing 2>/dev/null; echo $$?)' >tree/Makefile
	for layer in both policy; do
		attempt $layer
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		[ "$output" = $'end of 0ne tw0 1 oneone\ntwo there found 2 1include/.. zz 1' ]
	done
}

@test "texts that no shell takes are told of, by both, and no process is asked for that" {
	printf '%s\n' 'SHELL := /usr/bin/env bash' 'A := $(shell echo $$(((32 + )))).$(.SHELLSTATUS)' \
		'C := $(shell eval "if"; echo on).$(.SHELLSTATUS)' 'D := $(shell echo a; fi).$(.SHELLSTATUS)' \
		'E := $(shell trap "if" EXIT; echo b).$(.SHELLSTATUS)' 'F := $(shell echo `if`; echo c).$(.SHELLSTATUS)' \
		'G := $(shell let "1 +"; echo d).$(.SHELLSTATUS)' 'X := $A $C $D $E $F $G' >tree/Makefile
	as_gnu_make 'end of .1 '
}

@test "awk of a file that is not there gives what it gives, and no process is asked for its words" {
	printf '%s\n' 'A := [$(shell awk "/SUBLEVEL = /{print \$$3}" gone).$(.SHELLSTATUS)]' \
		'B := [$(shell awk "{ print }" gone; echo on).$(.SHELLSTATUS)]' \
		'C := [$(shell awk -F: "/root/{print \$$1}" include/gone || echo none).$(.SHELLSTATUS)]' 'X := $A $B $C' >tree/Makefile
	as_gnu_make 'end of [.2] '
}

@test "files are not removed, written, made, moved, nor given other modes and times" {
	shells 'would be changed' 'rm -rf precious ../outside' 'cat precious > x' 'echo x >> precious' 'echo x > precious' \
		'mkdir -p a/b' 'ln -s precious a' 'ln precious a' 'mv precious a' 'cp precious a' 'chmod 000 precious' \
		'touch precious' 'touch new' 'truncate -s 0 precious' 'dd if=precious of=a' 'sed -i s/p/q/ precious' \
		'sort -o a precious' 'tee a < precious' 'install -m 755 precious a' 'mktemp -p .' 'gzip precious' \
		'tar cf a precious' 'rmdir include' 'find . -delete' 'find . -name precious -exec rm {} +' \
		'echo precious | xargs rm' 'flock lock true' 'exec > a' ': > a' '{ echo x; } 2> a' \
		'cd .. && rm outside/secret' 'bash -c "rm precious"' 'eval rm precious' 'printf x > ../outside/secret' \
		'touch new || echo on; echo on' 'trap "echo on" EXIT; touch new; echo on' 'echo x > /dev/full'
	shells 'would be a process' 'mkfifo p' 'split precious' 'perl -e "unlink q(precious)"' 'shred precious' './nosuch; shred precious; echo on'
}

@test "no process is started, none is left, none gets a signal" {
	local tool=$BATS_TEST_TMPDIR/bin/tool
	mkdir bin
	printf '#!/usr/bin/env perl\nopen F, ">", "%s/outside/ran";\n' "$BATS_TEST_TMPDIR" >"$tool"
	chmod +x "$tool"
	sleep 300 3>&- &
	local victim=$!
	shells 'refused' "$tool" "$tool &" "$tool | cat" "true | $tool" "exec $tool" "x=\$\$($tool); echo \$\$x" "env $tool" \
		"sh -c $tool" "perl -e 'open F, q(>), q(../outside/ran)'" "(sleep 0; $tool) & wait" "nohup $tool" \
		"echo x | xargs $tool" "find . -maxdepth 0 -exec $tool ;" "timeout 9 $tool" "kill -9 $victim" \
		":(){ :|:& };:" "ulimit -n 2048; $tool" "python3 -c 'import os; os.fork()'" "\$(MAKE) -f other" "trap $tool EXIT"
	refused 'would be a process' "X != $tool" "\$(eval X := \$\$(shell $tool))" "X := \$(foreach i,1 2,\$(shell $tool \$i))" "X := \$(shell \
$tool)"
	kill "$victim" # it is there
	[ ! -e outside/ran ]
}

@test "nothing connects to anything" {
	cat >server.py <<'END'
import socket, sys
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen()
print(s.getsockname()[1], flush=True)
s.settimeout(20)
try:
    s.accept()
    print("somebody came", file=sys.stderr, flush=True)
except OSError:
    pass
END
	python3 server.py >port 2>asked 3>&- &
	local server=$! port
	while [ ! -s port ]; do sleep 0.05; done
	port=$(cat port)
	shells 'refused' "curl -s http://127.0.0.1:$port" "wget -q -O- http://127.0.0.1:$port" "git ls-remote http://127.0.0.1:$port/x" \
		"python3 -c \"import socket; socket.create_connection(('127.0.0.1', $port))\"" "bash -c \"cat <(cat </dev/tcp/127.0.0.1/$port)\""
	try 'SHELL := /bin/bash' "X := \$(shell exec 5<>/dev/tcp/127.0.0.1/$port; cat </dev/tcp/127.0.0.1/$port)"
	kill "$server"
	[ ! -s asked ]
	[ "$output" = 'end of ' ]
}

@test "what lies outside of the tree is not read: bytes, names in folders, through links, by make and by the shell" {
	local out=$BATS_TEST_TMPDIR/outside
	ln -s "$out/secret" tree/link
	ln -s .. tree/up
	state >before
	shells 'is outside of what may be read' 'cat ../outside/secret' 'cat link' 'cat up/outside/secret' 'sed p <link' 'ls ..' \
		"find $out" "grep -c . $out/secret" 'read x <../outside/secret; echo $$x' '. ../outside/secret' 'echo ../out*/s*' \
		'cat /proc/self/environ' 'dd if=link' 'sha256sum link' 'tar cf - link ../outside' 'cmp link precious' 'cat </etc/passwd' \
		'cd ..; cat outside/secret' 'sh ../outside/secret'
	refused 'is outside of what may be read' 'X += $(file <../outside/secret)' 'X += $(file <link)' 'X += $(wildcard ../outside/*)' \
		'X += $(wildcard up/*)' 'X += $(wildcard ../outside/secret(*))' '-include ../outside/secret' '-include link' \
		'-include up/outside/secret' '-include /etc/passwd' '-include ../outside/s*' 'include link'
	[[ $output$stderr != *secret:*separator* ]]
	# the kernel alone
	if has_kernel; then
		for what in '$(shell cat ../outside/secret link /etc/passwd /proc/self/environ)' '$(file <link)' '$(wildcard ../outside/*)' '$(shell ls ..)'; do
			printf 'X := %s\n' "$what" >tree/Makefile
			attempt kernel
			[[ $output == 'end of '* || -z $output ]]
			[[ $output != *secret* && $output != *root* && $output != *HOME=* ]]
		done
	fi
	# what the one who calls has named is read
	printf 'X := $(shell cat link)$(file <../outside/secret)\n' >tree/Makefile
	run "$IMAGEMK" eval -C tree --read outside '$(X)'
	[ "$status" -eq 0 ]
	[ "$output" = secretsecret ]
	run "$IMAGEMK" eval -C tree --unconfined '$(X)'
	[ "$status" -eq 0 ]
	[ "$output" = secretsecret ]
}

@test "devices, pipes without a writer, folders, loops of links" {
	mkfifo tree/fifo
	ln -s loop tree/loop
	ln -s . tree/self
	state >before
	printf '%s\n' '-include /dev/zero' '-include fifo' 'X := $(file <fifo)' 'X := $(file </dev/zero)' 'X := $(shell cat fifo)' \
		'X := $(shell read x <fifo)' 'X := $(shell cat /dev/kmsg)' 'X := $(wildcard fifo(*))' >tree/Makefile
	# the kernel alone would wait for the writer
	attempt policy
	[ "$(grep -c '^Makefile:[1-8]: .*: refused: .* is no regular file' <<<"$stderr")" -eq 8 ]
	attempt both
	[ "$(grep -c '^Makefile:[1-8]: .*: refused: .* is no regular file' <<<"$stderr")" -eq 8 ]
	printf '%s\n' 'X := $(shell echo x >fifo)' '$(file >fifo,x)' '$(file >/dev/full,x)' >tree/Makefile
	attempt policy
	[ "$(grep -c '^Makefile:[1-3]: .*: refused: ' <<<"$stderr")" -eq 3 ]
	try '-include loop' '-include self/self/self/loop' 'X := $(wildcard self/self/self/rules.mk loop/* loop)$(shell cat loop 2>/dev/null)'
	[ "$status" -eq 0 ]
	[ "$output" = 'end of self/self/self/rules.mk loop' ]
}

@test "make's own ways: \$(file), !=, recipes, makefiles that are remade, load, \$(eval)" {
	refused 'write ' '$(file >new,x)' '$(file >>precious,x)' '$(eval $$(file >new,x))' '$(foreach i,1 2,$(file >../outside/secret,x))'
	refused '$(shell touch new' 'X != touch new' '$(eval X := $$(shell touch new))' '$(eval $$(eval X := $$$$(shell touch new)))' \
		'export Y := $(shell touch new)' 'all: $(shell touch new)'
	for lines in $'all: ; touch new\n' $'all:\n\t+touch new' $'.ONESHELL:\nall:\n\ttouch new' $'-include gen.mk\ngen.mk: ; touch $@' \
		$'-include gen.mk\ngen.mk: FORCE ; +touch $@\nFORCE:' $'Makefile: FORCE\n\ttouch new\nFORCE:' $'-load new.so\nnew.so: ; touch $@' \
		$'.DEFAULT: ; touch new' $'-include gen.mk\n%.mk: ; touch $@' $'.PHONY: rules.mk\n-include rules.mk\nrules.mk: ; touch new'; do
		printf '%s\n' "$lines" >tree/Makefile
		attempt both
	done
	printf '%s\n' '-include gen.mk' 'gen.mk: ; +touch $@' >tree/Makefile
	attempt both
	[ "$status" -eq 2 ]
	[[ $stderr == *"Makefile:2: makefile gen.mk: refused: it is not there, and the recipe that would make it is not run"* ]]
	# a file that who started us has open
	printf 'X := $(shell echo x >&7 || echo x >&6)\n' >tree/Makefile
	"$IMAGEMK" eval -C tree '$(X)' 6>out6 7>out7 || :
	[ ! -s out6 ]
	[ ! -s out7 ]
	try 'load ./evil.so'
	[ "$status" -eq 2 ]
	[[ $stderr == *"Makefile:1: "*evil.so* ]]
}

# ends SECONDS COMMAND...: it ends with 2, and within that time.
ends() {
	local most=$1 begun=$SECONDS
	shift
	run --separate-stderr timeout 60 "$@"
	echo "status $status"
	echo "$output"
	echo "$stderr"
	[ "$status" -eq 2 ]
	[ $((SECONDS - begun)) -le "$most" ]
	state | diff before -
}

@test "an end in time: make's own loops, the shell's, an applet's, one that waits" {
	local place
	while IFS='|' read -r place text; do
		printf '%b\n' "$text" >tree/Makefile
		ends 20 "$IMAGEMK" eval -C tree --time-limit 1 '$(X)'
		[[ $stderr == *"Makefile:$place"*"stopped after 1 s (--time-limit)"* ]]
	done <<'END'
3: |\nten := 1 2 3 4 5 6 7 8 9 0\nX := $(foreach a,$(ten),$(foreach b,$(ten),$(foreach c,$(ten),$(foreach d,$(ten),$(foreach e,$(ten),$(foreach f,$(ten),$(foreach g,$(ten),$(foreach h,$(ten),)))))))))
1: |X := $(shell while :; do :; done)
2: |\nX := $(shell f() { while true; do sleep 1; done; }; f)
1: $(shell echo x|X := $(shell echo x | sed ":a;ba")
END
}

@test "an end in memory: make's texts, the shell's" {
	case ${B##*/} in *asan*) skip 'sanitizers take memory too' ;; esac
	printf '%s\n' 'A := xxxxxxxxxxxxxxxx' 'double = $(eval A := $(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A))' \
		'X := $(double)$(double)$(double)$(double)$(double)$(double)$(double)$(double)$(double)$(double)' >tree/Makefile
	ends 30 "$IMAGEMK" eval -C tree --memory-limit 64 '$(X)'
	[[ $stderr == *"Makefile:2: "*"stopped beyond 64 MiB (--memory-limit)"* ]]
	printf '%s\n' '' 'X := $(shell x=aaaaaaaaaaaaaaaa; while :; do x=$$x$$x; done)' >tree/Makefile
	ends 30 "$IMAGEMK" eval -C tree --memory-limit 64 '$(X)'
	[[ $stderr == *"Makefile:2: "*"beyond 64 MiB (--memory-limit)"*"virtual memory exhausted"* ]]
	printf '%s\n' 'X := $(shell head -c 10G /dev/zero | tr "\\0" x)' >tree/Makefile
	ends 30 "$IMAGEMK" eval -C tree --memory-limit 64 '$(X)'
	[[ $stderr == *"Makefile:1: "*"64 MiB (--memory-limit)"* ]]
}

# A tree with two targets; the second one's Makefile is what follows.
plant_targets() {
	mkdir -p tree/config tree/target/linux/good/image tree/target/linux/bad/image
	printf 'Device/DumpInfo = told\ndefine BuildImage\n$(foreach d,$(TARGET_DEVICES),$(eval $(call Device/$(d)))$(call Device/DumpInfo,$(d)))\nendef\n' >tree/include/image.mk
	: >tree/include/target.mk
	for board in good bad; do
		: >tree/target/linux/$board/Makefile
		printf '%s\n' 'include $(TOPDIR)/include/image.mk' 'define Device/'$board'_device' 'DEVICE_TITLE := A $(T) device' 'endef' \
			'TARGET_DEVICES := '$board'_device' '$(eval $(call BuildImage))' >tree/target/linux/$board/image/Makefile
	done
}

@test "list, show and audit: what is refused in one target is named once, the others are listed" {
	plant_targets
	printf '%s\n' 'X := $(shell touch new)' '$(file >new,x)' >>tree/target/linux/bad/image/Makefile
	state >before
	for command in 'list -j2' 'list -j1' 'audit -j2' 'show bad_device'; do
		# shellcheck disable=SC2086 # words on purpose
		ends 60 "$IMAGEMK" ${command%% *} -C tree ${command#* }
		[ "$(grep -c '^target/linux/bad/image/Makefile:7: $(shell touch new): refused: .* would be changed' <<<"$stderr")" -eq 1 ]
		[ "$(grep -c '^target/linux/bad/image/Makefile:8: write .*: refused: ' <<<"$stderr")" -eq 1 ]
		[[ $command != list* || $output == *good_device*  ]]
		[[ $command != list* || $output == *bad_device*  ]]
	done
	# unconfined it happens
	"$IMAGEMK" list -C tree --unconfined >out
	[ -e tree/target/linux/bad/image/new ]
}

@test "--stats=FILE is written by what may write nothing, and who may not open it is told" {
	plant_targets
	for command in list audit 'show good_device'; do
		rm -f outside/stats
		# shellcheck disable=SC2086 # words on purpose
		timeout 60 "$IMAGEMK" --stats=outside/stats ${command%% *} -C tree ${command#"${command%% *}"} >out
		grep -q '^imagemk: 0 processes started' outside/stats
	done
	run --separate-stderr "$IMAGEMK" --stats=outside/no/stats list -C tree
	[[ $output == *good_device* ]]
	[ "$stderr" = 'imagemk: outside/no/stats: No such file or directory' ]
}

@test "list: one target that never ends, the others are listed" {
	plant_targets
	printf '%s\n' '' 'X := $(shell while :; do :; done)' >>tree/target/linux/bad/image/Makefile
	state >before
	ends 30 "$IMAGEMK" list -C tree -j2 --time-limit 2
	[[ $output == *good_device* ]]
	[[ $stderr == *"target/linux/bad/image/Makefile:8: "*"stopped after 2 s (--time-limit)"* ]]
}

# shellcheck disable=SC2016 # make's
# Every way at once, in a target's image Makefile. Nothing may come of it, in any command that evaluates; each line is named.
hostile='$(shell rm -rf $(TOPDIR)/precious $(TOPDIR)/../outside)
$(file >$(TOPDIR)/../outside/secret,mine)
X := $(file </dev/zero)
X := $(shell cat /dev/mem fifo)
X := $(shell b() { b | b & }; b)
X := $(shell curl -s http://127.0.0.1:1/ | sh)
X != perl -e "fork while 1"
X := $(shell cat /etc/passwd)
X := $(shell cat loop/loop self/self/outside 2>&1; cat ../../../../../outside/secret)'

# evaluates WORDS...: with the hostile tree it ends in time with 2, names lines 7 to 15, and has touched nothing
evaluates() {
	rm -f out err
	local begun=$SECONDS status=0
	timeout 60 "$IMAGEMK" "$@" >out 2>err || status=$?
	echo "$*: status $status"
	cat err
	[ "$status" -eq 2 ]
	[ $((SECONDS - begun)) -le 30 ]
	state | diff before -
	diff <(seq 7 15) <(sed -n 's/^\(target\/linux\/bad\/image\/\)\?Makefile:\([0-9]*\): .*refused: .*/\2/p' err | sort -nu)
	! grep -q 'root:x:\|secret' out || false
}

@test "a hostile tree: list, show, audit, eval, diff are held alike" {
	plant_targets
	ln -s loop tree/loop
	ln -s . tree/self
	mkfifo tree/target/linux/bad/image/fifo
	printf '%s\n' "$hostile" >>tree/target/linux/bad/image/Makefile
	cp -r tree outside/old
	sed -i '7,$d' outside/old/target/linux/bad/image/Makefile
	state >before
	evaluates list -C tree
	evaluates show -C tree bad_device
	evaluates audit -C tree
	evaluates audit -C tree --fix
	# shellcheck disable=SC2016 # make's
	evaluates eval -C tree/target/linux/bad/image --read "$PWD/tree" TOPDIR="$PWD/tree" Device/DumpInfo= '$(X)'
	evaluates diff outside/old tree
	evaluates diff tree outside/old
	(cd tree && git init -q . && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm x) || skip 'no git'
	state >before
	run -2 timeout 60 "$IMAGEMK" diff tree@HEAD outside/old # git keeps no pipe, and its copy lies elsewhere
	[ "$(grep -c '^target/linux/bad/image/Makefile:\(7\|8\|9\|1[1-4]\): .*refused: ' <<<"$output")" -eq 7 ]
	state | diff before -
}

@test "a hostile tree that never ends or grows without end: diff and audit end as well" {
	case ${B##*/} in *asan*) skip 'sanitizers take memory too' ;; esac
	plant_targets
	cp -r tree old
	# shellcheck disable=SC2016 # make's
	for text in 'X := $(shell while :; do :; done)' 'X := $(shell head -c 10G /dev/zero | tr "\\0" x)' \
		'X := $(foreach a,$(T),$(shell x=aaaaaaaaaaaaaaaa; while :; do x=$$x$$x; done))'; do
		printf '%s\n' 'T := t' "$text" >>tree/target/linux/bad/image/Makefile
		state >before
		for command in 'diff old tree' 'audit -C tree'; do
			# shellcheck disable=SC2086 # words on purpose
			ends 30 "$IMAGEMK" ${command%% *} --time-limit 1 --memory-limit 64 ${command#* }
			[[ $stderr == *"Makefile:8: "*"limit)"* ]]
		done
		sed -i '7,$d' tree/target/linux/bad/image/Makefile
	done
}

@test "check: hostile files, and what may be read" {
	ln -s loop loop
	mkfifo fifo
	truncate -s 20M hole
	printf 'x' | gzip -nc >bomb
	for _ in 1 2 3; do { cat bomb; head -c 10M /dev/zero; } | gzip -nc >next; mv next bomb; done
	: >empty
	state >before
	for layer in both policy kernel; do
		IMAGEMK_CONFINE=$layer run --separate-stderr timeout 60 "$IMAGEMK" check --json loop fifo /dev/zero tree missing hole bomb empty
		[ "$status" -eq 2 ]
		python3 -c '
import json, sys
said = [(f["name"], f["verdict"]) for f in json.loads(sys.argv[1])["files"]]
assert [v for n, v in said][:5] == ["unread"] * 5, said
assert [n for n, v in said][5:] == ["hole", "bomb", "empty"] and said[6][1] == "good", said' "$output"
	done
	state | diff before -
	truncate -s 20G hole
	run -2 --separate-stderr timeout 60 "$IMAGEMK" check --time-limit 1 hole
	[ "$stderr" = 'imagemk check: stopped (--time-limit)' ]
	"$IMAGEMK" check --memory-limit 96 bomb
}
