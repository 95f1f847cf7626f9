#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk show: one device, held against what GNU make says of the same tree and dtc of the same source.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$top/build}/imagemk}")
	unset MAKEFLAGS MAKELEVEL NO_COLOR
	tree=$BATS_TEST_TMPDIR/tree
}

# Makefile FILE as the image Makefile of a tree.
plant() {
	mkdir -p "$tree/target/linux/demo/image"
	ln -s "$top/rules.mk" "$top/include" "$top/mk" "$tree/"
	printf 'BOARDNAME := Demo\nARCH := mips\nSUBTARGETS := generic\nFEATURES := squashfs\n' >"$tree/target/linux/demo/Makefile"
	cp "$1" "$tree/target/linux/demo/image/Makefile"
}

@test "each value: where it was written, in which block, what it replaced" {
	run -0 "$IMAGEMK" show -C "$top" ath79/generic demo_nor-16m-v2 --json
	echo "$output" >"$BATS_TEST_TMPDIR/json"
	python3 - "$top" "$BATS_TEST_TMPDIR/json" <<-'END'
		import json, sys
		top, shown = sys.argv[1], json.load(open(sys.argv[2]))
		assert shown["show_version"] == 1 and shown["target"] == "ath79/generic" and shown["id"] == "demo_nor-16m-v2"
		lines = {}
		def line(place):
		    name = place["file"]
		    lines.setdefault(name, open(top + "/" + name).read().split("\n"))
		    return lines[name][place["line"] - 1]
		assert line(shown["define"]).startswith("define Device/demo_nor-16m-v2")
		own = {v["name"]: v for v in shown["values"] if v["source"] == "own"}
		assert {"DEVICE_COMPAT_VERSION", "UIMAGE_NAME"} <= own.keys()
		for v in shown["values"]:
		    # the place is the line that assigns just this
		    text = line(v["place"])
		    assert v["name"].split("/")[0] in text or "$(" in text, (v, text)
		    for c in v["calls"]:
		        # "call Device/x" stands at a line that calls, whatever names the block there
		        word = "call" if c["what"].startswith("call ") else c["what"].split("=")[0].split()[-1]
		        assert word in line(c["place"]), c
		assert own["DEVICE_COMPAT_VERSION"]["value"] == "2.0"
		assert own["DEVICE_COMPAT_VERSION"]["overrides"][0]["value"] == "1.0"
		assert any(v["source"] == "inherited" and v["block"] == "Device/Default" for v in shown["values"])
	END
}

@test "a value left over from another device is said to be that" {
	plant "$BATS_TEST_DIRNAME/audit/leaked-value.mk"
	run -0 "$IMAGEMK" show -C "$tree" second
	[[ $output == *"LEFT OVER from other devices, and read by its recipes
    SERIAL := 1234
      at target/linux/demo/image/Makefile:18, for first"* ]]
	[[ $output != *"COLOUR := red"* ]]
	run -0 "$IMAGEMK" show -C "$tree" third
	[[ $output != *"LEFT OVER"* ]]
}

@test "a chain, step by step, with what its recipes read" {
	run -0 "$IMAGEMK" show -C "$top" ath79/generic demo_nor-16m --json
	echo "$output" >"$BATS_TEST_TMPDIR/json"
	python3 - "$BATS_TEST_TMPDIR/json" <<-'END'
		import json, sys
		shown = json.load(open(sys.argv[1]))
		chain = [c for c in shown["chains"] if c["variable"] == "IMAGE/sysupgrade.bin"]
		assert len(chain) == 1
		steps = [(s["command"], s["args"]) for s in chain[0]["steps"]]
		assert steps == [("append-kernel", ""), ("pad-to", "64k"), ("append-rootfs", ""), ("pad-rootfs", ""),
		                 ("check-size", ""), ("append-metadata", "")], steps
		assert all(s["defined"] and s["recipe"].strip() for s in chain[0]["steps"])
		assert "IMAGE_SIZE" in chain[0]["reads"]
	END
}

@test "an argument that is the recipe's target; an image that no chain is given for" {
	cat >"$BATS_TEST_TMPDIR/a.mk" <<-'END'
		include $(TOPDIR)/rules.mk
		include $(INCLUDE_DIR)/image.mk
		define Build/note
			echo '$(1)' >$@.note
		endef
		define Device/first
		DEVICE_TITLE := First
		KERNEL = note of=$$@
		IMAGES := a.bin b.bin
		IMAGE/a.bin := append-rootfs | note kernel=$$$$@.kernel
		endef
		TARGET_DEVICES += first
		$(eval $(call BuildImage))
	END
	plant "$BATS_TEST_TMPDIR/a.mk"
	run -0 "$IMAGEMK" show -C "$tree" first
	[[ $output == *"
    2 note kernel=\$@.kernel  (native)
        echo 'kernel=\$@.kernel' >\$@.note
"* ]]
	[[ $output == *"
    1 note of=\$@  (native)
        echo 'of=\$@' >\$@.note
"* ]]
	[[ $output == *"
  IMAGE/b.bin
    1  (nothing)
"* ]]
}

@test "what each step runs: as list --coverage has it, and in text" {
	cat >"$BATS_TEST_TMPDIR/a.mk" <<-'END'
	include $(TOPDIR)/rules.mk
	include $(INCLUDE_DIR)/image.mk
	define Build/frob
		frobnicate $@ > $@.new && mv $@.new $@
	endef
	define Build/copy
		cp $@ $@.copy
	endef
	define Device/acme_box
	  DEVICE_TITLE := Box
	  IMAGES := a.bin
	  IMAGE/a.bin := append-rootfs | copy | frob
	endef
	TARGET_DEVICES += acme_box
	$(eval $(call BuildImage))
	END
	plant "$BATS_TEST_TMPDIR/a.mk"
	run -0 "$IMAGEMK" show -C "$tree" acme_box
	[[ $output == *"    2 copy  (native: cp)"* ]]
	[[ $output == *"    3 frob  (process: frobnicate; native: mv)"* ]]
	"$IMAGEMK" show -C "$tree" acme_box --json >"$BATS_TEST_TMPDIR/show"
	"$IMAGEMK" list --coverage -C "$tree" --json >"$BATS_TEST_TMPDIR/list"
	python3 - "$BATS_TEST_TMPDIR/show" "$BATS_TEST_TMPDIR/list" <<-'END'
		import json, sys
		shown, listed = (json.load(open(name)) for name in sys.argv[1:])
		device = listed["targets"][0]["devices"][0]
		def steps(chains):
		    return [[(s["command"], s["runs"], s["needs"], s["tools"]) for s in c["steps"]] for c in chains]
		assert device["id"] == "acme_box" and steps(shown["chains"]) == steps(device["chains"]), (shown["chains"], device)
		assert ("frob", "process", ["frobnicate"], ["mv"]) in sum(steps(shown["chains"]), [])
	END
}

@test "the flash is the device tree's, as dtc reads it" {
	command -v dtc >/dev/null || skip 'no dtc'
	cp "$BATS_TEST_DIRNAME/audit/leaked-value.mk" "$BATS_TEST_TMPDIR/a.mk"
	sed -i '/DEVICE_TITLE := First/a\  DEVICE_DTS := board\n  DEVICE_DTS_DIR := ../dts\n  IMAGE_SIZE := 1984k' "$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	mkdir "$tree/target/linux/demo/dts"
	cat >"$tree/target/linux/demo/dts/board.dts" <<-'END'
		/dts-v1/;
		/ { compatible = "demo,first", "demo,soc"; model = "First";
		flash: flash@0 { #address-cells = <1>; #size-cells = <1>; }; };
		&flash { partitions { compatible = "fixed-partitions"; #address-cells = <1>; #size-cells = <1>;
			partition@0 { label = "u-boot"; reg = <0x0 (128 * 1024 / 2)>; read-only; };
			partition@10000 { label = "firmware"; reg = <0x10000 0x1f0000>; };
		}; };
	END
	run -0 "$IMAGEMK" show -C "$tree" first
	[[ $output == *"firmware  IMAGE_SIZE 1984k: just that"* ]]
	run -0 "$IMAGEMK" show -C "$tree" first --html "$BATS_TEST_TMPDIR/page.html"
	python3 - "$BATS_TEST_TMPDIR/page.html" <<-'END'
		import re, sys
		text = open(sys.argv[1]).read()
		# the flash twice: for a wide page and for a narrow one, each stretch within its drawing
		drawings = re.findall(r'<svg [^>]*class="(\w+)" viewBox="0 0 (\d+) \d+"(.*?)</svg>', text, re.S)
		assert [d[0] for d in drawings] == ["wide", "narrow"] and int(drawings[1][1]) <= 368, drawings
		for _, width, inside in drawings:
		    stretches = [(int(x), int(w)) for x, w in re.findall(r'<rect class="(?:part|fixed)" x="(\d+)" y="\d+" width="(\d+)"', inside)]
		    assert len(stretches) == 2 and all(x + w <= int(width) + 3 for x, w in stretches), stretches
	END
	run -0 "$IMAGEMK" show -C "$tree" first --json
	echo "$output" >"$BATS_TEST_TMPDIR/json"
	dtc -q -I dts -O dtb "$tree/target/linux/demo/dts/board.dts" -o "$BATS_TEST_TMPDIR/dtb"
	dtc -q -I dtb -O dts "$BATS_TEST_TMPDIR/dtb" >"$BATS_TEST_TMPDIR/dts"
	python3 - "$BATS_TEST_TMPDIR" <<-'END'
		import json, re, sys
		ours = json.load(open(sys.argv[1] + "/json"))["dts"]
		text = open(sys.argv[1] + "/dts").read()
		theirs = re.findall(r'partition@\w+ \{[^}]*?label = "([^"]*)";[^}]*?reg = <([^>]*)>', text) or \
		         [(l, r) for r, l in re.findall(r'partition@\w+ \{[^}]*?reg = <([^>]*)>;[^}]*?label = "([^"]*)"', text)]
		want = [(l, *[int(x, 16) for x in r.split()]) for l, r in theirs]
		assert want and want == [(p["label"], p["offset"], p["size"]) for p in ours["partitions"]], (want, ours)
		assert re.search(r'compatible = "(.*)";', text)[1].replace('", "', "\\0").split("\\0") == ours["compatible"]
	END
}

@test "no device, an unknown one, two: exit 2 and a way out" {
	run -2 "$IMAGEMK" show -C "$top" ath79/generic
	[[ $output == *"DEVICE is missing"* ]]
	run -2 "$IMAGEMK" show -C "$top" ath79/generic demo_nor-61m
	[[ $output == *"no device or target 'demo_nor-61m'"*"nearest: demo_nor-16m"* ]]
	run -2 "$IMAGEMK" show -C "$top" demo_nor-16m demo_nor-16m-v2
	[[ $output == *"one DEVICE at a time"* ]]
}

@test "\$(shell) in a recipe that is only looked at leaves nothing behind" {
	cp "$BATS_TEST_DIRNAME/audit/leaked-value.mk" "$BATS_TEST_TMPDIR/a.mk"
	sed -i 's/^\techo .*/\techo $(shell echo $(SERIAL)) $(.SHELLSTATUS) >> $@/' "$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	for id in first second; do
		run -0 "$IMAGEMK" show -C "$tree" "$id"
	done
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value
}

@test "--html is one page that needs nothing else, --svg draws the partitions to scale; nothing half written" {
	run -0 "$IMAGEMK" show -C "$top" ath79/generic tplink-archer-c7-v2 --html "$BATS_TEST_TMPDIR/a.html"
	[ -z "$output" ]
	python3 - "$BATS_TEST_TMPDIR/a.html" <<-'END'
		import html.parser, re, sys
		text = open(sys.argv[1]).read()
		stack = []
		class Page(html.parser.HTMLParser):
		    def handle_starttag(self, tag, attrs):
		        for name, value in attrs:
		            assert name not in ("src", "href"), (tag, name, value)
		        if tag not in ("meta", "br", "rect"):
		            stack.append(tag)
		    def handle_endtag(self, tag):
		        if tag != "rect":
		            assert stack.pop() == tag, tag
		Page().feed(text)
		assert not stack and "<script" not in text and "tplink-archer-c7-v2" in text and "prefers-color-scheme" in text
	END
	run -1 "$IMAGEMK" show -C "$top" ath79/generic tplink-archer-c7-v2 --html "$BATS_TEST_TMPDIR/none/a.html"
	[[ $output == *"none/a.html: No such file or directory"* ]]
	run -2 "$IMAGEMK" show -C "$top" x86/64 generic --svg "$BATS_TEST_TMPDIR/b.svg"
	[[ $output == *"nothing to draw"* && ! -e $BATS_TEST_TMPDIR/b.svg ]]
}
