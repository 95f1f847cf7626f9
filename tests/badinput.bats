#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What no sane makefile holds: it ends with a message and its place, soon and in little memory. Cases that
# GNU make survives too are in tests/make/.

setup()
{
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	B=${B:-$top/build}
	export IMAGEMK=${IMAGEMK:-$B/imagemk}
	IMAGEMK=$(readlink -f "$IMAGEMK")
	export LC_ALL=C
	unset MAKEFLAGS MAKELEVEL
	cd "$BATS_TEST_TMPDIR" || return
}

# repeat N TEXT
repeat()
{
	awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

# stops MESSAGE: the Makefile here is read to a fatal error that contains MESSAGE, within seconds
stops()
{
	local status=0

	timeout 60 "$IMAGEMK" make >out 2>err </dev/null || status=$?
	head -c 2000 err
	[ "$status" -eq 2 ] && grep -qF "$1" err
}

@test "memory that runs out, at every request" {
	"$B/test-exhausted"
}

@test "recursion without end: includes, evals, calls" {
	# as many files as GNU make can have open
	# shellcheck disable=SC2016 # make's
	printf '$(info x)\ninclude Makefile\n' >Makefile
	(
		ulimit -Sn 300
		stops 'Makefile:2: *** Too many open files.  Stop.'
		make >real 2>&1 </dev/null || true
		cat out err | diff real -
		make -O -j2 >real 2>&1 </dev/null || true
		"$IMAGEMK" make -O -j2 2>&1 </dev/null | diff real -
	)
	ulimit -Sn "$(ulimit -Hn)"
	if [ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -gt 50000 ]; then
		stops 'Makefile:2: *** reading nests too deeply.  Stop.'
	fi
	# shellcheck disable=SC2016 # make's
	printf 'f = $(call f,$1x)\n$(call f,a)\n' >Makefile
	stops 'Makefile:1: *** expansion nests too deeply.  Stop.'
	# shellcheck disable=SC2016 # make's
	printf 'define f\n$(eval $(value f))\nendef\n$(eval $(value f))\n' >Makefile
	stops ' nests too deeply.  Stop.'
}

@test "prerequisites of prerequisites without end" {
	awk 'BEGIN { for (i = 0; i < 200000; i++) printf "t%d: t%d ;\n", i, i + 1 }' >Makefile
	stops "*** prerequisites nest too deeply at target 't"
	awk 'BEGIN { for (i = 0; i < 200000; i++) printf "t%d: X += 1\nt%d: t%d\n", i, i, i + 1 }' >Makefile
	stops "*** prerequisites nest too deeply at target 't"
}

@test "a million nested brackets" {
	# shellcheck disable=SC2016 # make's
	for text in '$(' '$(if a,' '$(or ' '$(call a,'; do
		{ printf 'x := '; repeat 1000000 "$text"; repeat 1000000 ')'; echo; } >Makefile
		stops 'Makefile:1: *** expansion nests too deeply.  Stop.'
		{ printf 'x := '; repeat 1000000 "$text"; echo; } >Makefile
		stops 'Makefile:1: *** unterminated '
	done
	# shellcheck disable=SC2016 # make's
	{ printf 'x := $(strip '; repeat 1000000 '('; repeat 1000000 ')'; echo ')'; echo 'all: ;'; } >Makefile
	timeout 20 "$IMAGEMK" make
}

@test "many continuations, evals, includes take time that grows with them only" {
	# shellcheck disable=SC2016 # make's
	{ printf 'x = a'; repeat 300000 ' \
b'; echo; echo 'all: ; @echo $(words $x)'; } >Makefile
	[ "$(timeout 20 "$IMAGEMK" make)" = 300001 ]
	# shellcheck disable=SC2016 # make's
	{ echo 'define x'; repeat 100000 'y := a \
b
'; echo 'endef'; echo '$(eval $x)'; echo 'all: ; @echo $y'; } >Makefile
	[ "$(timeout 20 "$IMAGEMK" make)" = 'a b' ]
}

# peak MAKE...: the most memory that MAKE takes, in kB
peak()
{
	/usr/bin/time -f %M -o peak "$@" >/dev/null 2>&1
	tail -n 1 peak
}

@test "a line of 64 MB takes no more memory than GNU make, and some" {
	# shellcheck disable=SC2016 # make's
	{ printf 'x := '; head -c 64000000 /dev/zero | tr '\0' a; echo; echo 'all: ; @echo $(words $x)'; } >Makefile
	[ "$(timeout 20 "$IMAGEMK" make)" = 1 ]
	case ${B##*/} in *asan*) skip 'sanitizers take memory too' ;; esac
	command -v /usr/bin/time >/dev/null || skip 'no /usr/bin/time'
	own=$(peak "$IMAGEMK" make) gnu=$(peak "${GNUMAKE:-make}")
	echo "own $own kB, GNU make $gnu kB"
	[ "$own" -le $((gnu * 3 / 2)) ]
}

@test "references nest as deep as in GNU make; what is started has the stack that the user gave" {
	ulimit -Hs unlimited 2>/dev/null || true
	ulimit -Ss 8192 || skip 'the limit of the stack cannot be set'
	# shellcheck disable=SC2016 # make's
	{ awk 'BEGIN { for (i = 0; i < 20000; i++) printf "v%d = $(v%d)\n", i, i + 1; print "v20000 = end" }'
		printf 'all: ; @echo $(v0); ulimit -s\n'; } >Makefile
	# Sanitizers' frames are larger.
	case ${B##*/} in *asan*) sed -i 's/^all:.*/all: ; @echo end; ulimit -s/' Makefile ;; esac
	[ "$("$IMAGEMK" make)" = "$(printf 'end\n8192')" ]
}

@test "nested (( that turn out to be no arithmetic take no more work at each level" {
	python3 -c 'n = 22; print("x=" + "$((\n" * n + "echo echo;" + ") )" * n)' >script
	case ${B##*/} in *asan*) ;; *) ulimit -v 400000 ;; esac
	run -0 timeout 20 "$IMAGEMK" tool bash -n script
	[ -z "$output" ]
}
