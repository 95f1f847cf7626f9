# SPDX-License-Identifier: GPL-2.0-only
# The recipe shell: each tests/shell/*.sh is run by the real shells that it names and by imagemk.

bats_require_minimum_version 1.5.0

setup()
{
	here=$(cd "$BATS_TEST_DIRNAME" && pwd)
	export IMAGEMK=${IMAGEMK:-$here/../build/imagemk} TOOLS=$BATS_FILE_TMPDIR/tools
	IMAGEMK=$(readlink -f "$IMAGEMK")
}

# cases PREFIX...: every case of these names must agree
cases()
{
	local n=0 prefix files=()

	for prefix; do
		files+=("$here"/shell/$prefix*.sh)
		n=$((n + 1))
	done
	[ "$n" -gt 0 ] && "$here/run-shell-case" "${files[@]}"
}

@test "shell: arithmetic" {
	cases arith-
}

@test "shell: arrays" {
	cases array-
}

@test "shell: assignments" {
	cases assign-
}

@test "shell: braces" {
	cases brace-
}

@test "shell: builtins" {
	cases builtin-
}

@test "shell: case" {
	cases case-
}

@test "shell: finding and running commands" {
	cases cmd-
}

@test "shell: [[ ]]" {
	cases cond-
}

@test "shell: functions" {
	cases function-
}

@test "shell: pathnames" {
	cases glob-
}

@test "shell: here-documents" {
	cases heredoc-
}

@test "shell: what goes to the real shell" {
	cases ladder-
}

@test "shell: a signal that is ignored from outside has no trap, and bash shows it" {
	local sh text own

	trap '' USR2 PIPE
	cd "$BATS_TEST_TMPDIR" || return
	cat >script <<-'END'
		trap; trap 'echo t' USR2 HUP; trap; sh -c 'kill -USR2 $$; echo alive'; (trap 'echo s' USR1; trap)
		trap - USR2; trap; trap '' USR2; trap; x=$(trap); echo "$x"
	END
	for sh in bash dash; do
		for text in 'trap; kill -USR2 $$; echo end' 'trap "echo caught" USR2; trap; kill -USR2 $$; echo end' \
			'trap "echo ended" EXIT USR2; kill -USR2 $$; trap' \
			"(trap '' TERM; $sh script); $sh script; trap 'echo x' TERM; $sh script"; do
			"$sh" -c "$text" >real
			own=$("$IMAGEMK" tool "$sh" -c "$text")
			[ "$own" = "$(<real)" ]
		done
		# and in process
		printf '#!%s\ntrap "echo gone" EXIT USR2; trap -- "" TERM; trap\n' "$(command -v "$sh")" >script.sh
		chmod +x script.sh
		printf 'all: ; @trap "echo end" EXIT USR2; ./script.sh; %s -c "trap : USR2; trap"; trap\n' "$sh" >Makefile
		make -s --no-print-directory >real
		run -0 "$IMAGEMK" --stats make -s --no-print-directory
		[[ $output == "$(<real)"* ]]
		[[ $output == *' 0 shells'* ]]
	done
}

@test "shell: a handed function that only a comment names is not called" {
	for text in '# f is here' $'echo a # f\nf' 'echo "x # y"; f' "echo 'x # y'; f"; do
		env -i PATH="$PATH" 'BASH_FUNC_f%%=() { echo handed; }' bash -c "$text" > "$BATS_TEST_TMPDIR/real"
		env -i PATH="$PATH" 'BASH_FUNC_f%%=() { echo handed; }' "$IMAGEMK" tool bash -c "$text" |
			diff "$BATS_TEST_TMPDIR/real" -
	done
	env -i PATH=/nonexistent 'BASH_FUNC_f%%=() { echo handed; }' "$IMAGEMK" tool bash -c 'echo a # f'
}

@test "shell: parameters" {
	cases param-
}

@test "shell: pipelines" {
	cases pipeline-
}

@test "shell: printf" {
	cases printf-
}

@test "shell: quotes" {
	cases quote-
}

@test "shell: what recipes do" {
	cases real-
}

@test "shell: redirections" {
	cases redir-
}

@test "shell: set -e and other options" {
	cases set-
}

@test "shell: field splitting" {
	cases split-
}

@test "shell: command substitution" {
	cases subst-
}

@test "shell: the grammar" {
	cases syntax-
}

@test "shell: test" {
	cases test-
}

@test "shell: set -x" {
	cases xtrace-
}

@test "shell: the rest" {
	cases trap and backslashes bash comment dash deep discard double empty environment expand export for group herestring if ifs line lineno list long loop only readonly status tilde unquoted unset while
}

@test "shell: sh is left to the real one where that is another shell than dash" {
	unshare -m true 2>/dev/null || skip "no mounts of our own here"
	cd "$BATS_TEST_TMPDIR" || return
	printf '#!/bin/sh\n[[ a == a ]] && echo "a\\tb"\n' >script
	chmod +x script
	cat >Makefile <<-'END'
		.RECIPEPREFIX = >
		$(info $(shell echo "a\tb" | cat))
		all:
		>@x=1; echo "c\td"
		>@./script
		>@sh -c 'echo "e\tf"; [[ g ]]'
		>@bash -c 'echo "h\ti"'
	END
	# shellcheck disable=SC2016 # that shell's
	elsewhere='mount --bind /bin/bash "$(readlink -f /bin/sh)"'
	run -0 unshare -m sh -ec "$elsewhere; make"
	[ "${lines[0]}" = 'a\tb' ]
	want=$output
	run -0 unshare -m sh -ec "$elsewhere; '$IMAGEMK' make"
	[ "$output" = "$want" ]
	run -0 unshare -m sh -ec "$elsewhere; '$IMAGEMK' --stats make"
	[[ $output == *' 4 shells'* ]]
	[[ $output == *'sh: sh is another shell than dash here'* ]]
	# here it is dash: nothing is started
	sed -i '1a echo' script
	sed -i '/\[\[/d' script Makefile
	run -0 "$IMAGEMK" --stats make
	[[ $output == *' 0 processes started'* ]]
}

@test "shell: no case is forgotten" {
	run comm -23 <(cd "$here/shell" && printf '%s\n' *.sh | sed 's/[-.].*//' | sort -u) \
		<(sed -n 's/^\tcases //p' "$here/shell.bats" | tr ' ' '\n' | sed 's/-.*//' | sort)
	echo "of these groups no @test runs the cases: $output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "shell: some random programs (more: scripts/differential shell N SEED)" {
	"$here/../scripts/differential" shell 28 20
}

@test "differential: what a program says is written nowhere but in its own folder" {
	local version outside=$BATS_TEST_TMPDIR/outside

	version=$(python3 -c 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))')
	[ "$version" -ge 2 ] || skip "this kernel has no Landlock"
	mkdir "$outside" "$BATS_TEST_TMPDIR/cases" "$BATS_TEST_TMPDIR/tmp"
	echo kept >"$outside/file"
	cat >"$BATS_TEST_TMPDIR/cases/one.sh" <<-'EOF'
		# what it says is changed as well
		o=../../../../outside
		echo x >$o/made
		rm $o/file
		mkdir $o/folder
		mkdir a b; echo y >a/in; mv a/in b/in; cat b/in && echo done
	EOF
	# whatever they are changed to, some lines stay as they are
	TMPDIR=$BATS_TEST_TMPDIR/tmp run "$here/../scripts/differential" shell 10 1 --from "$BATS_TEST_TMPDIR/cases"
	[[ $output == *"10 compared, 0 differ"* ]]
	[ "$(find "$outside" | sort)" = "$outside
$outside/file" ]
	[ "$(cat "$outside/file")" = kept ]
	[ -z "$(ls "$BATS_TEST_TMPDIR/tmp")" ]
}

@test "shell: descriptors above 2 that it was started with" {
	local text='echo a >&3; ls none 2>&3; exec 3>&-; echo b >&3; read -r x <&4; echo "$x $?"; echo c | "$0" -c "cat; echo d >&5" dash'
	local real ours

	real=$(dash -c "$text" dash 3>&1 4<"$BATS_TEST_FILENAME" 5>&1 2>&1)
	ours=$("$IMAGEMK" tool dash -c "$text" dash 3>&1 4<"$BATS_TEST_FILENAME" 5>&1 2>&1)
	diff <(echo "$real") <(echo "$ours")
}

@test "shell: on several threads, with nothing of the process touched" {
	"${B:-$here/../build}/test-shell"
}
