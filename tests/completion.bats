#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk help: completions for shells and manual pages, from the tables of options.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$top/build}/imagemk}")
	cd "$BATS_TEST_TMPDIR"
	mkdir bin
	ln -s "$IMAGEMK" bin/imagemk
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# The completions of a command line, by bash, in one line.
complete_bash() {
	bash -c 'eval "$("$0" help --completion bash)"; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _imagemk; echo "${COMPREPLY[*]}"' "$IMAGEMK" "$@"
}

@test "bash completes commands, options, their values and operands" {
	[ "$(complete_bash imagemk a)" = "audit adopt" ]
	[ "$(complete_bash imagemk --timeout 5 aud)" = "audit" ]
	[ "$(complete_bash imagemk --st)" = "--stats" ]
	[ "$(complete_bash imagemk audit --fo)" = "--format" ]
	[ "$(complete_bash imagemk audit --format s)" = "sarif" ]
	[ "$(complete_bash imagemk audit --format = h)" = "html" ]
	[ "$(complete_bash imagemk audit --only leaked-value,board)" = "leaked-value,board-name" ]
	[ "$(complete_bash imagemk audit --since '')" = "" ]
	[ "$(complete_bash imagemk list -C "$top" ath79)" = "ath79 ath79/generic" ]
	[ "$(complete_bash "$IMAGEMK" tool padjffs)" = "padjffs2" ]
	[ "$(complete_bash imagemk help aud)" = "audit" ]
	touch a-file && mkdir a-folder
	[ "$(complete_bash imagemk check a-fi)" = "a-file" ]
	[ "$(complete_bash imagemk adopt a-f)" = "a-folder" ]
}

@test "each option that --help names is completed, and in the manual page" {
	for command in $("$IMAGEMK" help | awk '{ print $1 }'); do
		"$IMAGEMK" help --man "$command" >page
		[ "$(head -n 1 page)" = '.\" SPDX-License-Identifier: GPL-2.0-only' ]
		[ "$command" = make ] || [ "$command" = tool ] || for option in $("$IMAGEMK" "$command" --help | grep -o '^ .*--[a-z][a-z-]*' | grep -o -- '--[a-z-]*$'); do
			[[ " $(complete_bash imagemk "$command" "$option") " == *" $option "* ]]
			tr -d '\\' <page | grep -q -- "^.*$option"
		done
	done
	run -2 "$IMAGEMK" help --man nothing
	run -2 "$IMAGEMK" help --completion csh
	[[ $output == *"bash, zsh or fish"* ]]
}

@test "manual pages are read by man without a warning" {
	command -v groff >/dev/null || skip "no groff"
	for command in $("$IMAGEMK" help | awk '{ print $1 }'); do
		run -0 bash -c '"$0" help --man "$1" | groff -ww -man -Tascii 2>&1 >/dev/null' "$IMAGEMK" "$command"
		[ -z "$output" ]
	done
}

@test "fish completes the same" {
	command -v fish >/dev/null || skip "no fish"
	"$IMAGEMK" help --completion fish >completion
	one() { HOME=$BATS_TEST_TMPDIR fish -c "source completion; complete -C '$1'" | cut -f1 | tr '\n' ' '; }
	[ "$(one 'imagemk aud')" = "audit " ]
	[ "$(one 'imagemk audit --form')" = "--format " ]
	[ "$(one 'imagemk audit --format sa')" = "sarif " ]
	[ "$(one "imagemk list -C $top ath79")" = "ath79 ath79/generic " ]
	[ "$(one 'imagemk help adop')" = "adopt " ]
}

@test "zsh takes its file" {
	command -v zsh >/dev/null || skip "no zsh"
	"$IMAGEMK" help --completion zsh >_imagemk
	zsh -n _imagemk
	run -0 zsh -f -c 'fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; echo $_comps[imagemk]'
	[ "$output" = "_imagemk" ]
}
