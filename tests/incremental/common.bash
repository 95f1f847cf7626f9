# SPDX-License-Identifier: GPL-2.0-only
# For the tests of "only what changed".

setup() {
	IMAGEMK=${IMAGEMK:-$BATS_TEST_DIRNAME/../build/imagemk}
	W=$BATS_TEST_TMPDIR/w
	mkdir -p "$W/out" "$W/bin"
	cd "$W" || return 1
	echo one > in
	echo two > other
	echo three > hidden
	printf '#!/bin/sh\ncat "$@"\n' > bin/script
	cp /usr/bin/tac bin/tool
	chmod +x bin/script
	unset IMAGEMK_INCREMENTAL IMAGEMK_LINKS IMAGEMK_REPORT MAKEFLAGS
}

# Recipes of FORCE targets, as OpenWrt has them.
makefile() {
	{
		echo '.RECIPEPREFIX = >' # tabs in front are cut off
		echo 'all: $(TARGETS)'
		echo 'FORCE: ;'
		cat
	} > Makefile
}

# Run imagemk; what runs is said in $ran (targets, sorted), all output in $said.
build() {
	said=$(IMAGEMK_STATE=. IMAGEMK_EXPLAIN=1 "$IMAGEMK" make "$@" 2>&1) || { echo "$said"; return 1; }
	ran=$(sed -n 's/^imagemk: \(.*\) runs: .*/\1/p' <<< "$said" | sort | tr '\n' ' ')
	ran=${ran% }
}

# The files of out are what GNU make makes of the same inputs, in a folder of its own.
same_as_make() {
	rm -rf ../clean
	mkdir ../clean
	cp -a . ../clean/
	rm -rf ../clean/out ../clean/.imagemk-state
	mkdir ../clean/out
	make -s -C ../clean "$@" > /dev/null
	diff -r out ../clean/out
}

expect() {
	if [ "$ran" != "$1" ]; then
		echo "ran: '$ran', expected: '$1'"
		echo "$said"
		return 1
	fi
}
