#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk adopt: a small tree in OpenWrt's shape is handed over, builds by imagemk, and comes back as it was.

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	OWN=${IMAGEMK:-$ROOT/build/imagemk}
	export LC_ALL=C
	unset MAKEFLAGS MAKELEVEL IMAGEMK IMAGEMK_STAGE V
	cd "$BATS_TEST_TMPDIR"
	TREE=$BATS_TEST_TMPDIR/tree
	mkdir -p "$TREE/include" "$TREE/target/linux/demo/image"
	cat > "$TREE/rules.mk" <<-'END'
	INCLUDE_DIR := $(TOPDIR)/include
	BIN_DIR ?= $(TOPDIR)/bin
	SHELL := /usr/bin/env bash
	export PATH := $(TOPDIR)/staging_dir/host/bin:$(PATH)
	END
	cat > "$TREE/include/image.mk" <<'END'
override TARGET_BUILD=
define BuildImage
  .PHONY: compile install
  compile:
  install: $(BIN_DIR)/a.img
  ifdef DUMP
    $(info devices of $(MAKELEVEL))
  endif
endef
$(BIN_DIR)/%.img: FORCE
	@mkdir -p $(@D)
	echo "level $(MAKELEVEL) $(MAKECMDGOALS) $(PROFILE) $(origin PROFILE)" > $@
	$(if $(BREAK),exit 3)
FORCE:
END
	printf '%s\n' 'include $(TOPDIR)/rules.mk' 'include $(INCLUDE_DIR)/image.mk' '$(eval $(call BuildImage))' \
		> "$TREE/target/linux/demo/image/Makefile"
	printf '%s\n' 'TOPDIR := $(CURDIR)' 'export TOPDIR' \
		'target/%: ; +$(MAKE) -C target/linux/demo/image $(notdir $@) TOPDIR=$(TOPDIR) TARGET_BUILD=1' > "$TREE/Makefile"
	chmod 640 "$TREE/include/image.mk"
	touch -d '2001-02-03 04:05:06.789' "$TREE/include/image.mk" "$TREE/include"
	touch -d '2002-02-03 04:05:06.123' "$TREE"
}

# Every name with mode, time, inode-independent kind, link and bytes.
snapshot() {
	(cd "$1" && find . -printf '%p %y %m %T@ %l\n' | sort && find . -type f -exec sha256sum {} + | sort)
}

@test "adopt and undo leave bytes, modes and times as they were" {
	snapshot "$TREE" > before
	run "$OWN" adopt "$TREE"
	[ "$status" -eq 0 ]
	cmp <(sed -n 1,3p "$TREE/include/image.upstream.mk") <(printf '%s\n' 'override TARGET_BUILD=' 'define BuildImage' '  .PHONY: compile install')
	run "$OWN" adopt --status "$TREE"
	[ "$status" -eq 0 ]
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 0 ]
	snapshot "$TREE" > after
	diff before after
	run "$OWN" adopt --status "$TREE"
	[ "$status" -eq 1 ]
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 0 ]
	snapshot "$TREE" | diff before -
}

@test "a git checkout shows what changed, and is clean again" {
	git -C "$TREE" init -q
	git -C "$TREE" add -A
	git -C "$TREE" -c user.name=a -c user.email=a@b commit -qm a
	"$OWN" adopt "$TREE"
	[ "$(git -C "$TREE" status --porcelain)" = "$(printf ' M include/image.mk\n?? .imagemk-adopted\n?? include/image.upstream.mk')" ]
	"$OWN" adopt --undo "$TREE"
	[ -z "$(git -C "$TREE" status --porcelain)" ]
}

@test "the image stage runs in imagemk with the same goals, variables and level" {
	make -C "$TREE" target/install PROFILE='a b' > gnu 2>&1
	cp "$TREE/bin/a.img" gnu.img
	rm -r "$TREE/bin"
	"$OWN" adopt "$TREE"
	IMAGEMK_STATS=$PWD/stats make -C "$TREE" target/install PROFILE='a b' > own 2>&1
	grep -q '^imagemk: .* processes started' stats # it ran
	cmp gnu.img "$TREE/bin/a.img"
	diff gnu own
	# and the old way when asked
	rm -r "$TREE/bin" stats
	IMAGEMK_STATS=$PWD/stats make -C "$TREE" target/install PROFILE='a b' IMAGEMK=0 > old 2>&1
	[ ! -e stats ]
	diff gnu old
	cmp gnu.img "$TREE/bin/a.img"
}

@test "a dump is read by the make that asks for it" {
	make -s -C "$TREE/target/linux/demo/image" TOPDIR="$TREE" DUMP=1 > gnu 2>&1
	"$OWN" adopt "$TREE"
	make -s -C "$TREE/target/linux/demo/image" TOPDIR="$TREE" DUMP=1 > own 2>&1
	diff gnu own
}

@test "eval and a make by imagemk itself read the tree's own file" {
	"$OWN" adopt "$TREE"
	run "$OWN" eval -C "$TREE/target/linux/demo/image" TOPDIR="$TREE" '$(filter override TARGET_BUILD=,$(value BuildImage)) $(origin imagemk_program)'
	[ "$output" = $'devices of 0\n undefined' ]
	"$OWN" make -s -C "$TREE" target/install PROFILE=c
	[ "$(cat "$TREE/bin/a.img")" = 'level 1 install c command line' ]
}

@test "a failing recipe: its error, the exit status, and what -k says" {
	run make -k -C "$TREE" target/install BREAK=1
	[ "$status" -eq 2 ]
	"$OWN" adopt "$TREE"
	run make -k -C "$TREE" target/install BREAK=1
	[ "$status" -eq 2 ]
	[[ $output == *"image.upstream.mk:"*"bin/a.img] Error 3"* ]]
}

@test "goals of other names, none, and -n" {
	"$OWN" adopt "$TREE"
	make -s -C "$TREE/target/linux/demo/image" TOPDIR="$TREE"
	[ ! -e "$TREE/bin" ]
	run make -C "$TREE/target/linux/demo/image" TOPDIR="$TREE" -n "$TREE/bin/other.img"
	[ "$status" -eq 0 ]
	[[ $output == *'echo "level 0 '*other.img* ]]
	[ ! -e "$TREE/bin" ]
	make -s -C "$TREE/target/linux/demo/image" TOPDIR="$TREE" "$TREE/bin/other.img" compile
	[ -e "$TREE/bin/other.img" ]
}

@test "adopted twice is adopted once" {
	snapshot "$TREE" > before
	"$OWN" adopt "$TREE"
	"$OWN" adopt "$TREE"
	"$OWN" adopt --undo "$TREE"
	snapshot "$TREE" | diff before -
}

@test "another imagemk takes over by adopting again" {
	snapshot "$TREE" > before
	"$OWN" adopt "$TREE"
	cp "$OWN" ./imagemk-b
	./imagemk-b adopt "$TREE"
	grep -q "$PWD/imagemk-b" "$TREE/include/image.mk"
	./imagemk-b adopt --undo "$TREE"
	snapshot "$TREE" | diff before -
}

@test "image.mk changed since: undo refuses, says what to do, and nothing is lost" {
	"$OWN" adopt "$TREE"
	echo '# a change' >> "$TREE/include/image.mk"
	snapshot "$TREE" > before
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 1 ]
	[[ $output == *"was changed since"*"mv $TREE/include/image.upstream.mk $TREE/include/image.mk"* ]]
	run "$OWN" adopt "$TREE"
	[ "$status" -eq 1 ]
	snapshot "$TREE" | diff before -
}

@test "the kept image.mk changed or gone: undo refuses" {
	"$OWN" adopt "$TREE"
	echo '# a change' >> "$TREE/include/image.upstream.mk"
	for what in --undo ''; do
		run "$OWN" adopt $what "$TREE"
		[ "$status" -eq 1 ]
		[[ $output == *"was changed or removed"* ]]
	done
	rm "$TREE/include/image.upstream.mk"
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 1 ]
	[[ $output == *"was changed or removed"* ]]
}

@test "a newer image.mk in its place is handed over by adopting again" {
	"$OWN" adopt "$TREE"
	sed 's/level/stage/' "$TREE/include/image.upstream.mk" > newer
	cp newer "$TREE/include/image.mk"
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 1 ]
	"$OWN" adopt "$TREE"
	"$OWN" adopt --undo "$TREE"
	cmp newer "$TREE/include/image.mk"
	[ ! -e "$TREE/include/image.upstream.mk" ]
	[ ! -e "$TREE/.imagemk-adopted" ]
}

@test "git checkout put the original back: undo cleans up" {
	cp -p "$TREE/include/image.mk" original
	"$OWN" adopt "$TREE"
	cp -p original "$TREE/include/image.mk"
	"$OWN" adopt --undo "$TREE"
	cmp original "$TREE/include/image.mk"
	[ "$(ls -A "$TREE/include")" = image.mk ]
	[ ! -e "$TREE/.imagemk-adopted" ]
}

@test "a farm of links: the tree it leads to is not touched" {
	mkdir farm
	for f in "$TREE"/*; do ln -s "$f" farm/; done
	touch -h -d '2003-02-03 04:05:06.5' farm/include
	snapshot "$TREE" > tree.before
	snapshot farm > farm.before
	"$OWN" adopt farm
	snapshot "$TREE" | diff tree.before -
	make -C farm target/install > /dev/null
	[ -e farm/bin/a.img ]
	rm -r farm/bin
	"$OWN" adopt --undo farm
	snapshot "$TREE" | diff tree.before -
	snapshot farm | grep -v '^\. d' > farm.after
	grep -v '^\. d' farm.before | diff - farm.after
}

@test "a farm of links whose tree is adopted too, later: said, and nothing is built" {
	mkdir farm
	for f in "$TREE"/*; do ln -s "$f" farm/; done
	"$OWN" adopt farm
	"$OWN" adopt "$TREE"
	run make -s -C farm target/install
	[ "$status" -eq 2 ]
	[[ $output == *"farm/include/image.upstream.mk leads to a tree that was adopted after this one. Undo one of the two"* ]]
	[ "${#lines[@]}" -lt 10 ]
	[ ! -e farm/bin ]
	"$OWN" adopt --undo "$TREE"
	make -s -C farm target/install > /dev/null
	[ -e farm/bin/a.img ]
}

@test "a tree named by a link, and image.mk itself a link" {
	mv "$TREE/include/image.mk" "$TREE/real.mk"
	ln -s ../real.mk "$TREE/include/image.mk"
	touch -h -d '2003-02-03 04:05:06.5' "$TREE/include/image.mk"
	ln -s "$TREE" link
	snapshot "$TREE" > before
	"$OWN" adopt link
	make -C link target/install > /dev/null
	rm -r "$TREE/bin"
	touch -d '2002-02-03 04:05:06.123' "$TREE"
	"$OWN" adopt --undo link
	snapshot "$TREE" | grep -v ' d ' > after
	grep -v ' d ' before | diff - after
}

@test "a path with spaces: adopt, status and undo go, as far as make does" {
	mv "$TREE" "$BATS_TEST_TMPDIR/a  tree"
	TREE="$BATS_TEST_TMPDIR/a  tree"
	snapshot "$TREE" > before
	# an include of $(INCLUDE_DIR)/image.mk is two words: GNU make itself cannot
	run make -C "$TREE/target/linux/demo/image" install TOPDIR="$TREE" TARGET_BUILD=1
	[ "$status" -ne 0 ]
	run "$OWN" adopt "$TREE"
	[ "$status" -eq 0 ]
	run "$OWN" adopt --status "$TREE"
	[ "$status" -eq 0 ]
	run "$OWN" adopt --undo "$TREE"
	[ "$status" -eq 0 ]
	snapshot "$TREE" | diff before -
	# where the tree is named by a relative path it can, and so does the stage
	make -C "$TREE/target/linux/demo/image" install TOPDIR=../../../.. TARGET_BUILD=1 > /dev/null
	mv "$TREE/bin" gnu
	"$OWN" adopt "$TREE" > /dev/null
	IMAGEMK_STATS=$PWD/stats make -C "$TREE/target/linux/demo/image" install TOPDIR=../../../.. TARGET_BUILD=1 > /dev/null
	[ -s stats ]
	diff -r -x build-report.json gnu "$TREE/bin"
}

@test "without imagemk: how to get it, how to undo; nothing is built" {
	cp "$OWN" ./imagemk-gone
	./imagemk-gone adopt "$TREE"
	rm ./imagemk-gone
	run env PATH=/usr/bin:/bin make -C "$TREE" target/install
	[ "$status" -eq 2 ]
	[[ $output == *"Install imagemk"*"IMAGEMK=0"*"mv -f include/image.upstream.mk include/image.mk"* ]]
	[ ! -e "$TREE/bin" ]
	make -C "$TREE" target/install IMAGEMK=0 > /dev/null
	[ -e "$TREE/bin/a.img" ]
	make -C "$TREE" target/install IMAGEMK="$OWN" > /dev/null
	# what it says to undo works
	(cd "$TREE" && mv -f include/image.upstream.mk include/image.mk && rm .imagemk-adopted)
	run "$OWN" adopt --status "$TREE"
	[ "$output" = "$TREE: not handed over" ]
}

@test "no tree, a folder that can't be written, wrong words" {
	run "$OWN" adopt "$BATS_TEST_TMPDIR"
	[ "$status" -eq 1 ]
	[[ $output == *"no OpenWrt tree"* ]]
	run "$OWN" adopt
	[ "$status" -eq 2 ]
	run "$OWN" adopt "$TREE" "$TREE"
	[ "$status" -eq 2 ]
	# a step that fails after others: as before
	mkdir "$TREE/include/image.mk.imagemk-new"
	snapshot "$TREE" > before
	run "$OWN" adopt "$TREE"
	[ "$status" -eq 1 ]
	[[ $output == *"$TREE/include/image.mk: Is a directory"* ]]
	snapshot "$TREE" | diff before -
	rmdir "$TREE/include/image.mk.imagemk-new"
	[ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
	chmod a-w "$TREE"
	snapshot "$TREE" > before
	run "$OWN" adopt "$TREE"
	[ "$status" -eq 1 ]
	[[ $output == *"Permission denied"*"writable"* ]]
	snapshot "$TREE" | diff before -
	chmod u+w "$TREE"
}

@test "killed anywhere in between, adopt and undo still end well" {
	strace -o /dev/null true || skip "strace may not trace here"
	cp -a "$TREE" whole
	snapshot whole > before
	# the record, the second name's room, the second name, the hand-over
	for call in rename:1 unlink:1 link:1 rename:2; do
		rm -rf "$TREE"
		cp -a whole "$TREE"
		status=0
		# the program dies in that call
		strace -o /dev/null -e inject="${call%:*}":signal=KILL:when="${call#*:}" \
			"$OWN" adopt "$TREE" > /dev/null 2>&1 || status=$?
		[ "$status" -eq 137 ]
		make -s -C "$TREE" target/install > /dev/null
		rm -r "$TREE/bin"
		touch -d '2002-02-03 04:05:06.123' "$TREE"
		run "$OWN" adopt --undo "$TREE"
		[ "$status" -eq 0 ]
		rm -f "$TREE"/.imagemk-adopted.imagemk-new "$TREE"/include/*.imagemk-new
		snapshot "$TREE" | grep -v ' d ' | diff <(grep -v ' d ' before) -
	done
}

@test "killed where there are no hard links: image.mk is only gone until adopt or undo" {
	snapshot "$TREE" > before
	for again in --undo ''; do
		"$OWN" adopt "$TREE"
		rm "$TREE/include/image.mk"
		"$OWN" adopt $again "$TREE"
		"$OWN" adopt --undo "$TREE"
		snapshot "$TREE" | grep -v ' d ' | diff <(grep -v ' d ' before) -
	done
}

@test "the stage takes part in GNU make's jobserver" {
	"$OWN" adopt "$TREE"
	cat >> "$TREE/include/image.upstream.mk" <<'END'
slots := $(foreach i,1 2 3 4 5 6,$(BIN_DIR)/slot$(i))
many: $(slots)
$(slots): ; @mkdir -p $@; set -- $(BIN_DIR)/slot?; echo $$# >> $(BIN_DIR)/counts; sleep 1; rmdir $@
END
	# most_at_once OPTIONS...: how many of the six recipes run at once
	most_at_once() { rm -rf "$TREE/bin"; make "$@" -s -C "$TREE" target/many > /dev/null; sort -n "$TREE/bin/counts" | tail -n 1; }
	[ "$(most_at_once -j1)" -eq 1 ]
	[ "$(most_at_once -j3)" -eq 3 ]
	# other holds a slot before the stage asks for any, and keeps it to the stage's end
	cat > above.mk <<END
two: one other
one:
	@until [ -e other-runs ]; do sleep 0.1; done
	@+\$(MAKE) -s -C $TREE target/many
other: ; @touch other-runs; until [ \`cat $TREE/bin/counts | wc -l\` -eq 6 ]; do sleep 0.2; done
END
	rm -rf "$TREE/bin"
	mkdir "$TREE/bin"
	touch "$TREE/bin/counts"
	make -s -j3 -f above.mk > /dev/null
	[ "$(sort -n "$TREE/bin/counts" | tail -n 1)" -eq 2 ]
}
