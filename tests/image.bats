# SPDX-License-Identifier: GPL-2.0-only
# The report of a run: verdicts, the line at fault, the table, build-report.json.

setup()
{
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-$top/build/imagemk}")
	tree=$BATS_TEST_TMPDIR/tree
	mkdir -p "$tree"
	cp -R "$top"/rules.mk "$top"/mk "$top"/include "$top"/target "$top"/scripts "$tree"/
	echo 1700000000 >"$tree/version.date"
	sed -i 's/^SUBTARGETS := generic$/& demo/' "$tree/target/linux/ath79/Makefile"
	cat >"$tree/target/linux/ath79/image/demo.mk" <<-'END'
	define Device/small
	  DEVICE_VENDOR := Demo
	  DEVICE_MODEL := Small
	  KERNEL := kernel-bin
	  IMAGE_SIZE := 64k
	  IMAGES := sysupgrade.bin factory.bin
	  IMAGE/sysupgrade.bin := append-kernel | pad-to 4k | append-rootfs | check-size | append-metadata
	  IMAGE/factory.bin := append-kernel | append-rootfs
	endef
	TARGET_DEVICES += small
	END
	cp "$tree/target/linux/ath79/image/demo.mk" "$BATS_TEST_TMPDIR/demo.mk"
	seq 1 9000 >"$BATS_TEST_TMPDIR/vmlinux"
	{ printf hsqs; seq 1 9000; } >"$BATS_TEST_TMPDIR/rootfs"
	bin=$BATS_TEST_TMPDIR/out/bin/targets/ath79/demo
	image=openwrt-ath79-demo-small-squashfs
}

stage() # stage WORDS...: build the small device
{
	IMAGEMK_REPORT=$bin IMAGEMK_QUIET=1 "$IMAGEMK" make -s -C "$tree/target/linux/ath79/image" TOPDIR="$tree" \
		TARGET=ath79/demo OUTPUT_DIR="$BATS_TEST_TMPDIR/out" IMAGEMK_PROGRAM="$IMAGEMK" REVISION=r1 \
		VMLINUX="$BATS_TEST_TMPDIR/vmlinux" ROOTFS="$BATS_TEST_TMPDIR/rootfs" "$@" install
}

# field NAME KEY: what the report says of the image; python's own JSON reader
field()
{
	python3 - "$bin/build-report.json" "$1" "$2" <<-'END'
	import json, sys
	report = json.load(open(sys.argv[1]))
	for image in report["profiles"]["small"]["images"]:
	    if image["name"].endswith(sys.argv[2]):
	        print(image.get(sys.argv[3]))
	END
}

@test "an image that is too big: the message names the step, its chain's line and the limit's" {
	run stage
	echo "$output"
	[ "$status" = 0 ]
	[[ "$output" == *"include/image-commands.mk:"*"$image-sysupgrade.bin is too big: "*" bytes, limit 65536 ("* ]]
	[[ "$output" == *"  in Build/check-size, step 4 of IMAGE/sysupgrade.bin of Device/small (demo.mk:7)"* ]]
	[[ "$output" == *"  hint: IMAGE_SIZE is set at demo.mk:5"* ]]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
}

@test "build-report.json: verdict, size, limit, what is over" {
	stage
	size=$(($(stat -c%s "$BATS_TEST_TMPDIR/vmlinux") + 4095))
	size=$((size / 4096 * 4096 + $(stat -c%s "$BATS_TEST_TMPDIR/rootfs")))
	[ "$(field sysupgrade.bin status)" = dropped ]
	[ "$(field sysupgrade.bin size)" = "$size" ]
	[ "$(field sysupgrade.bin limit)" = 65536 ]
	[ "$(field sysupgrade.bin over)" = $((size - 65536)) ]
	[ "$(field sysupgrade.bin step)" = Build/check-size ]
	[ "$(field factory.bin status)" = built ]
	[ "$(field factory.bin size)" = "$(stat -c%s "$bin/$image-factory.bin")" ]
}

@test "a second run has nothing to do and the report stays true" {
	stage
	before=$(stat -c%Y.%i "$bin/$image-factory.bin")
	stage
	[ "$(stat -c%Y.%i "$bin/$image-factory.bin")" = "$before" ]
	[ "$(field factory.bin status)" = built ]
	[ "$(field sysupgrade.bin status)" = dropped ]
}

@test "STRICT=1: a dropped image is an error, the others are there" {
	run stage STRICT=1
	[ "$status" != 0 ]
	[ -f "$bin/$image-factory.bin" ]
	[ ! -e "$bin/$image-sysupgrade.bin" ]
}

@test "a step that fails: the device, the step and what it said" {
	sed -i 's/append-rootfs$/append-rootfs | append-file \/no\/such\/file/' "$tree/target/linux/ath79/image/demo.mk"
	run stage
	echo "$output"
	[ "$status" = 2 ]
	[[ "$output" == *"cat: /no/such/file: No such file or directory"* ]]
	[[ "$output" == *"in Build/append-file, step 3 of IMAGE/factory.bin of Device/small (demo.mk:8)"* ]]
	[ "$(field factory.bin status)" = failed ]
	[ "$(field factory.bin step)" = Build/append-file ]
}

@test "no colours and no progress line when the output is no terminal" {
	run stage
	[[ "$output" != *$'\033'* ]]
}

@test "imagemk report: the table again, and for what was not built where, how and why" {
	stage >/dev/null 2>&1
	run "$IMAGEMK" report "$bin"
	[ "$status" = 0 ]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
	[[ "$output" == *"include/image-commands.mk:"*": *** $image-sysupgrade.bin is too big: "*" bytes, limit 65536 ("*" over); the image was dropped"* ]]
	[[ "$output" == *"  of Demo Small"*"  in Build/check-size"* ]]
	# the tree's folder and the file itself mean the same; --json is the file
	"$IMAGEMK" report "$BATS_TEST_TMPDIR/out" | diff - <(echo "$output")
	"$IMAGEMK" report "$bin/build-report.json" | diff - <(echo "$output")
	"$IMAGEMK" report --json "$bin" | cmp - "$bin/build-report.json"
	run "$IMAGEMK" report "$BATS_TEST_TMPDIR/in"
	[ "$status" = 1 ]
	[[ "$output" == *"no build-report.json there"*"hint: "* ]]
	for text in '' '{"report_version": 2}' '{"report_version": 1, "profiles": {"a": {"images": [{}, 7, {"size": -1, "seconds": 1e999}]}}'; do
		echo "$text" >bad.json
		run "$IMAGEMK" report bad.json
		[ "$status" = 1 ]
		[[ "$output" == "imagemk report: bad.json: no report of version 1"* ]]
	done
	rm bad.json
}

@test "an image that .IGNORE keeps out of BIN_DIR is said to be ignored" {
	printf '%s\n' '.IGNORE: $(BIN_DIR)/'"$image-factory.bin" >>"$tree/target/linux/ath79/image/Makefile"
	mkdir -p "$bin"
	ln -s /nowhere/at/all "$bin/$image-factory.bin.new"
	run stage
	echo "$output"
	[ "$status" = 0 ]
	[[ "$output" == *"2 images: 0 built, 1 dropped, 0 failed, 1 ignored"* ]]
	[ "$(field factory.bin status)" = ignored ]
	run "$IMAGEMK" report "$bin"
	[[ "$output" == *"*** $image-factory.bin was built, but did not reach BIN_DIR; make was told to ignore that"* ]]
	# where nobody said to ignore it, it failed
	sed -i '/^.IGNORE/d' "$tree/target/linux/ath79/image/Makefile"
	ln -s /nowhere/at/all "$bin/$image-factory.bin.new"
	run stage -B
	[ "$status" != 0 ]
	[ "$(field factory.bin status)" = failed ]
}

# step TEXT...: the chain of factory.bin ends in a step that is these recipe lines
step()
{
	{
		echo 'define Build/last'
		printf '%s\n' "$@"
		echo endef
		sed 's/append-kernel | append-rootfs$/& | last/' "$BATS_TEST_TMPDIR/demo.mk"
	} >"$tree/target/linux/ath79/image/demo.mk"
}

@test "too big, as older releases and other tools word it: with what is known of the numbers" {
	# 18.06 tells none; the device's limit stands for it
	step '@echo "WARNING: Image file $@ is too big" >&2; rm -f $@'
	run stage
	[ "$status" = 0 ]
	[[ "$output" == *"$image-factory.bin is too big: limit 65536 bytes; the image was dropped"* ]]
	[ "$(field factory.bin status) $(field factory.bin size) $(field factory.bin limit)" = 'dropped None 65536' ]
	# a tool that knows how much, not above what
	step '-@echo "[mktplinkfw] *** error: images are too big by 12345 bytes" >&2; false || rm -f $@'
	run stage -B
	[[ "$output" == *"$image-factory.bin is too big: 12345 bytes over its limit; the image was dropped"* ]]
	[ "$(field factory.bin status) $(field factory.bin over) $(field factory.bin limit)" = 'dropped 12345 None' ]
	# limit and excess; in pieces
	step "@printf \"file 'x' is too big - max size: 0x00010000\" >&2; echo ' (exceeds 16 bytes)' >&2; rm -f \$@"
	run stage -B
	[ "$(field factory.bin status) $(field factory.bin size) $(field factory.bin limit) $(field factory.bin over)" = 'dropped 65552 65536 16' ]
	# the size first, as the initramfs of some devices
	step '@echo "WARNING: initramfs kernel image too big, cannot generate factory image (actual 70000; max 65536)" >&2; rm -f $@'
	run stage -B
	[ "$(field factory.bin status) $(field factory.bin over)" = 'dropped 4464' ]
	# and on the descriptor that a tree's quiet build has for what matters
	step '@{ printf "%s\n" "WARNING: $@ is too big: 9 > 8" >&9; } 2>/dev/null; rm -f $@'
	run stage -B 9>"$BATS_TEST_TMPDIR/nine"
	grep -q 'is too big: 9 > 8' "$BATS_TEST_TMPDIR/nine"
	[ "$(field factory.bin status) $(field factory.bin over)" = 'dropped 1' ]
}

@test "a step that fails: the command, and all that it said, the end of it when it is much" {
	step '@echo first >&2' '@echo one; echo two >&2; printf three >&2; echo; exit 7'
	run stage
	[ "$status" = 2 ]
	[ "$(field factory.bin command)" = 'echo one; echo two >&2; printf three >&2; echo; exit 7' ]
	[ "$(field factory.bin message)" = $'one\ntwo\nthree' ]
	run "$IMAGEMK" report "$bin"
	[[ "$output" == *$'  command: echo one; echo two >&2; printf three >&2; echo; exit 7\n  said: one\n  said: two\n  said: three'* ]]
	step '@seq 1 1500000 >&2; exit 1'
	run stage -B
	[ "$(field factory.bin message | wc -c)" -le 16385 ]
	[ "$(field factory.bin message | tail -2)" = 1500000 ]
}

@test "a device's verdict is its worst image's, also of one that was not made anew" {
	verdict() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["profiles"]["small"]["status"])' "$bin/build-report.json"; }
	stage
	[ "$(verdict)" = dropped ]
	step '@exit 1'
	run stage
	[ "$(verdict)" = failed ]
	cp "$BATS_TEST_TMPDIR/demo.mk" "$tree/target/linux/ath79/image/demo.mk"
	stage
	[ "$(verdict)" = dropped ]
	sed -i 's/64k/64m/' "$tree/target/linux/ath79/image/demo.mk"
	stage
	[ "$(verdict)" = built ]
}

@test "a line that begins with a variable is blamed where it is written" {
	echo 'tool_folder := /no/such' >>"$tree/rules.mk"
	step '@echo before' '$(tool_folder)/tool $@'
	run stage
	[ "$status" = 2 ]
	[ "$(field factory.bin place)" = demo.mk:3 ] || { field factory.bin place; false; }
}

@test "a kernel that is too big is told of, beside the image that can't be built without it" {
	sed -i 's/KERNEL := kernel-bin/& | check-size 1k/' "$tree/target/linux/ath79/image/demo.mk"
	run stage
	echo "$output"
	[[ "$output" == *"small-kernel.bin is too big: "*" bytes, limit 1024 ("* ]]
	[ "$(field kernel.bin status) $(field kernel.bin limit)" = 'dropped 1024' ]
}

@test "imagemk report --strict" {
	stage >/dev/null 2>&1
	run "$IMAGEMK" report --strict "$bin"
	[ "$status" = 1 ]
	[[ "$output" == *"1 built, 1 dropped"* ]]
	sed -i 's/64k/64m/' "$tree/target/linux/ath79/image/demo.mk"
	stage >/dev/null 2>&1
	"$IMAGEMK" report --strict "$bin"
}

# adopted: a tree of few lines in OpenWrt's shape, with a device whose big.bin is too big; adopted.
adopted()
{
	own=$BATS_TEST_TMPDIR/adopted
	mkdir -p "$own/include" "$own/target/linux/demo/image"
	printf '%s\n' 'INCLUDE_DIR := $(TOPDIR)/include' 'BIN_DIR := $(TOPDIR)/bin' 'KDIR := $(TOPDIR)/kdir' 'BOARD := demo' \
		>"$own/rules.mk"
	cat >"$own/include/image.mk" <<'END'
override TARGET_BUILD=
define Build/check-size
@[ $(IMAGE_SIZE) -ge "$$(stat -c%s $@)" ] || { \
	echo "WARNING: Image file $@ is too big: $$(stat -c%s $@) > $(IMAGE_SIZE)" >&2; rm -f $@; }
endef
define BuildImage
.PHONY: install
.IGNORE: $(BIN_DIR)/big.bin
install: $(BIN_DIR)/big.bin $(BIN_DIR)/small.bin
endef
$(BIN_DIR)/%.bin: $(KDIR)/tmp/%.bin
	@mkdir -p $(@D)
	cp $< $@
$(KDIR)/tmp/%: DEVICE_NAME = dev
$(KDIR)/tmp/%: IMAGE_SIZE = 100
$(KDIR)/tmp/big.bin: FORCE
	@mkdir -p $(@D)
	seq 1 100 >$@
	$(call Build/check-size)
$(KDIR)/tmp/small.bin: FORCE
	@mkdir -p $(@D)
	seq 1 9 >$@
FORCE:
END
	printf '%s\n' 'include $(TOPDIR)/rules.mk' 'include $(INCLUDE_DIR)/image.mk' '$(eval $(call BuildImage))' \
		>"$own/target/linux/demo/image/Makefile"
	printf '%s\n' 'TOPDIR := $(CURDIR)' 'export TOPDIR' \
		'target/%: ; +$(MAKE) -C target/linux/demo/image $(notdir $@) TARGET_BUILD=1' >"$own/Makefile"
	unset MAKEFLAGS MAKELEVEL IMAGEMK_STAGE STRICT
	"$IMAGEMK" adopt "$own"
}

@test "STRICT=1 in an adopted tree: all is built, then the run fails; without it it does not" {
	adopted
	export -n IMAGEMK
	run make -C "$own" target/install
	echo "$output"
	[ "$status" = 0 ]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
	rm -r "$own/bin"
	run make -C "$own" target/install STRICT=1
	[ "$status" = 2 ]
	[[ "$output" == *"big.bin is too big: 292 bytes, limit 100 (192 over)"* ]]
	[ -f "$own/bin/small.bin" ]
	[ ! -e "$own/bin/big.bin" ]
	run "$IMAGEMK" report "$own/bin"
	[[ "$output" == *"*** big.bin is too big: 292 bytes, limit 100 (192 over)"*"in Build/check-size"* ]]
}

@test "STRICT=1 reaches the stage through a recipe that drops MAKEFLAGS, as an ImageBuilder's does" {
	adopted
	export -n IMAGEMK
	echo 'image: ; (unset PROFILE FILES PACKAGES MAKEFLAGS; $(MAKE) -s target/install)' >>"$own/Makefile"
	make -s -C "$own" image
	run make -s -C "$own" image STRICT=1
	[ "$status" = 2 ]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
}

@test "what was left out is in table and report as before; a dropped image is one still, also for STRICT=1" {
	adopted
	export -n IMAGEMK
	facts() { python3 -c 'import json, sys
for i in json.load(open(sys.argv[1]))["profiles"]["dev"]["images"]: print(i["name"], i["status"], i["size"], i.get("over"), i.get("step"), i.get("unchanged"))' \
		"$own/bin/build-report.json"; }
	make -s -C "$own" target/install >/dev/null 2>&1
	[ "$(facts)" = "$(printf '%s\n' 'big.bin dropped 292 192 Build/check-size None' 'small.bin built 18 None None None')" ]
	make -s -C "$own" target/install >/dev/null 2>&1
	run make -s -C "$own" target/install STRICT=1
	echo "$output"
	[ "$status" = 2 ]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
	facts
	[ "$(facts)" = "$(printf '%s\n' 'big.bin dropped 292 192 Build/check-size True' 'small.bin built 18 None None True')" ]
	# and when the report is gone
	rm "$own/bin/build-report.json"
	run make -s -C "$own" target/install STRICT=1
	[ "$status" = 2 ]
	[[ "$output" == *"2 images: 1 built, 1 dropped, 0 failed"* ]]
}

@test "a quiet stage of an adopted tree: what was not built is seen on the tree's descriptor for messages" {
	adopted
	export -n IMAGEMK
	make -s -C "$own" target/install >/dev/null 2>&1 8>"$BATS_TEST_TMPDIR/seen"
	cat "$BATS_TEST_TMPDIR/seen"
	[ "$(sed 's/  */ /g; s/ [0-9.]*s$//' "$BATS_TEST_TMPDIR/seen")" = "$(printf '%s\n' 'device image status size limit room left time' \
		'dev big.bin dropped 292 100 192 over' '2 images: 1 built, 1 dropped, 0 failed')" ]
	sed -i 's/= 100/= 1000/' "$own/include/image.upstream.mk"
	make -s -C "$own" target/install >/dev/null 2>&1 8>"$BATS_TEST_TMPDIR/seen"
	[ "$(cat "$BATS_TEST_TMPDIR/seen")" = '2 images: 2 built, 0 dropped, 0 failed' ]
	# where it is heard anyway, it is no other's
	make -s -C "$own" target/install 8>"$BATS_TEST_TMPDIR/seen" 2>/dev/null | grep -q '^dev .*small.bin'
	[ ! -s "$BATS_TEST_TMPDIR/seen" ]
}

@test "in an adopted tree an image that is gone leaves profiles.json; other profiles stay" {
	adopted
	export -n IMAGEMK
	mkdir "$own/bin"
	touch "$own/bin/other.bin"
	json='{"profiles":{"dev":{"images":[{"name":"small.bin"},{"name":"big.bin"}]},"gone":{"images":[{"name":"gone.bin"}]},"other":{"images":[{"name":"other.bin"}]}},"version_code":"r1"}'
	printf %s "$json" >"$own/bin/profiles.json"
	IMAGEMK_REPAIRS=0 make -s -C "$own" target/install >/dev/null 2>&1
	[ "$(cat "$own/bin/profiles.json")" = "$json" ]
	make -s -C "$own" target/install >/dev/null 2>&1
	[ "$(cat "$own/bin/profiles.json")" = '{"profiles":{"dev":{"images":[{"name":"small.bin"}]},"other":{"images":[{"name":"other.bin"}]}},"version_code":"r1"}' ]
	# one that is written in another way is somebody else's
	printf '{ "profiles": {} }\n' >"$own/bin/profiles.json"
	make -s -C "$own" target/install >/dev/null 2>&1
	[ "$(cat "$own/bin/profiles.json")" = '{ "profiles": {} }' ]
}

@test "a make that an adopted tree's stage calls runs in the same process" {
	adopted
	export -n IMAGEMK
	printf 'all: ; @echo from below\n' >"$own/target/linux/demo/image/sub.mk"
	sed -i 's/seq 1 9 >/$(MAKE) -s -f sub.mk >/' "$own/include/image.upstream.mk"
	IMAGEMK_INCREMENTAL=0 IMAGEMK_STATS=$BATS_TEST_TMPDIR/stats make -C "$own" target/install
	grep -q '1 sub-makes in process' "$BATS_TEST_TMPDIR/stats"
	[ "$(grep -v '^make' "$own/bin/small.bin")" = 'from below' ]
}

@test "values that evals set over and over are the same where a report listens" {
	cat > "$BATS_TEST_TMPDIR/Makefile" <<-'END'
	.RECIPEPREFIX = >
	define first
	>$(eval product=$(word 1,$(1)))
	>$(eval version=$(word 2,$(1)))
	>echo -p $(product) -v $(version)
	endef
	all: a b c d e
	a: ; $(call first,WZR-HP-AG300H 1.99)
	b: ; $(call first,buffalo WZR-HP-AG300H)
	c: ; $(call first,WZR-HP-AG300H 1.99)
	d: ; $(call first,WZR-HP-AG300H 1.99)
	e: ; $(call first,x WZR-HP-AG300H)
	END
	make -n -f "$BATS_TEST_TMPDIR/Makefile" > "$BATS_TEST_TMPDIR/theirs"
	IMAGEMK_REPORT=$BATS_TEST_TMPDIR "$IMAGEMK" make -n -f "$BATS_TEST_TMPDIR/Makefile" > "$BATS_TEST_TMPDIR/ours"
	diff "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
	"$IMAGEMK" --origins make -n -f "$BATS_TEST_TMPDIR/Makefile" > "$BATS_TEST_TMPDIR/ours"
	diff "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
}

@test "the report tells which step wrote which bytes, and show does" {
	# a step in front of the others' work, one that changes bytes in their midst, and a tool of the machine's own
	cat >>"$tree/include/image-commands.mk" <<-'END'
	define Build/head-of-it
		( printf HEADHEADHEADHEAD; cat $@ ) > $@.new
		mv $@.new $@
	endef
	define Build/patched
		printf XXXX | dd of=$@ bs=1 seek=100 conv=notrunc
		python3 -c 'import sys; open(sys.argv[1], "ab").write(b"by a process")' $@
	endef
	END
	sed -i 's/IMAGE_SIZE := 64k/IMAGE_SIZE := 1m/;s/append-kernel | append-rootfs$/append-kernel | append-rootfs | head-of-it | patched/' \
		"$tree/target/linux/ath79/image/demo.mk"
	stage
	for again in '' 1; do
		python3 - "$bin" "$image" "$BATS_TEST_TMPDIR/vmlinux" "$BATS_TEST_TMPDIR/rootfs" <<-'END'
		import json, sys
		folder, image = sys.argv[1:3]
		kernel, root = (open(name, "rb").read() for name in sys.argv[3:5])
		report = json.load(open(folder + "/build-report.json"))
		images = {i["name"].rsplit("-", 1)[1]: i for i in report["profiles"]["small"]["images"]}
		def parts(name):
		    data, at = open(f"{folder}/{image}-{name}", "rb").read(), 0
		    for p in images[name]["layout"]:
		        assert p["offset"] == at and p["size"] > 0, p
		        at += p["size"]
		        yield p["number"], p["step"], data[p["offset"]:at]
		    assert at == len(data)
		got = list(parts("sysupgrade.bin"))
		assert [g[:2] for g in got] == [(1, "append-kernel"), (2, "pad-to"), (3, "append-rootfs"), (5, "append-metadata")], got
		assert got[0][2] == kernel and not got[1][2].strip(b"\0") and len(kernel + got[1][2]) % 4096 == 0 and got[2][2] == root
		got = list(parts("factory.bin"))
		assert [g[:2] for g in got] == [(3, "head-of-it"), (1, "append-kernel"), (4, "patched"), (1, "append-kernel"),
		                                (2, "append-rootfs"), (4, "patched")], got
		assert [g[2] for g in got] == [b"HEAD" * 4, kernel[:84], b"XXXX", kernel[88:], root, b"by a process"]
		END
		stage
	done
	cd "$tree"
	cp -R "$BATS_TEST_TMPDIR/out/bin" .
	output=$("$IMAGEMK" show ath79/demo small)
	[[ "$output" == *"
built
  bin/targets/ath79/demo/build-report.json
"*"  $image-factory.bin
  0x00000000         16  3 head-of-it
  0x00000010         84  1 append-kernel
  0x00000064          4  4 patched
"* ]]
	"$IMAGEMK" show ath79/demo small --json |
		python3 -c 'import json, sys; print([p["step"] for p in json.load(sys.stdin)["built"] if p["name"].endswith("factory.bin")])' |
		diff - <(echo "['head-of-it', 'append-kernel', 'patched', 'append-kernel', 'append-rootfs', 'patched']")
}
