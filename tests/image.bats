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
