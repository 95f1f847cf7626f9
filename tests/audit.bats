#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# imagemk audit: each rule on Makefiles of its own (tests/audit/), formats, waivers, exit statuses.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-${B:-$top/build}/imagemk}")
	unset MAKEFLAGS MAKELEVEL NO_COLOR
	cases=$BATS_TEST_DIRNAME/audit
	tree=$BATS_TEST_TMPDIR/tree
	export TMPDIR=$BATS_TEST_TMPDIR
}

# Makefile FILE as the image Makefile of a tree.
plant() {
	mkdir -p "$tree/target/linux/demo/image"
	ln -s "$top/rules.mk" "$top/mk" "$tree/"
	[ -d "$1.d/include" ] || ln -s "$top/include" "$tree/"
	printf 'BOARDNAME := Demo\nARCH := mips\nSUBTARGETS := generic\nFEATURES := squashfs\n' >"$tree/target/linux/demo/Makefile"
	cp "$1" "$tree/target/linux/demo/image/Makefile"
}

@test "every rule finds what its cases say, and nothing else" {
	for id in $("$IMAGEMK" audit --rules | cut -d' ' -f1); do
		grep -l "^# rules:.*\<$id\>" "$cases"/*.mk >/dev/null || { echo "rule $id has no case in tests/audit"; return 1; }
		grep -rq "# expect:.*\<$id\>" "$cases" ||
			{ echo "no case has a finding of $id"; return 1; }
	done
	"$cases/run-case" "$IMAGEMK" "$cases"/*.mk
}

@test "--fix of a file whose lines end in CR LF: these stay" {
	sed 's/$/\r/' "$cases/assigned-twice.mk" >"$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	(cd "$tree" && "$IMAGEMK" audit --fix 2>/dev/null || [ $? -eq 1 ]) >"$BATS_TEST_TMPDIR/crlf.patch"
	rm -r "$tree"
	plant "$cases/assigned-twice.mk"
	(cd "$tree" && "$IMAGEMK" audit --fix 2>/dev/null || [ $? -eq 1 ]) >"$BATS_TEST_TMPDIR/patch"
	[ -s "$BATS_TEST_TMPDIR/patch" ]
	sed '/^[-+ ]/{/^--- \|^+++ /!s/$/\r/}' "$BATS_TEST_TMPDIR/patch" | cmp - "$BATS_TEST_TMPDIR/crlf.patch"
}

@test "every rule says what it finds, why, and shows it" {
	for id in $("$IMAGEMK" audit --rules | cut -d' ' -f1); do
		run -0 "$IMAGEMK" audit --explain "$id"
		[[ $output == "$id ("*"Not so:"*"But so:"*"imagemk: allow $id"* ]]
	done
	run -2 "$IMAGEMK" audit --explain leakedvalue
	[[ $output == *"no rule 'leakedvalue'; nearest: leaked-value"* ]]
}

@test "a comment waives: at the line, above it, above its define" {
	cp "$cases/unknown-command.mk" "$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	file=$tree/target/linux/demo/image/Makefile
	run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command
	[ "${lines[-1]}" = "2 errors, 0 warnings, 0 notes" ]
	sed -i 's/# expect: .*/# imagemk: allow unknown-command comes with a feed/' "$file"
	run -0 "$IMAGEMK" audit -C "$tree" --only unknown-command
	[ "$output" = "0 errors, 0 warnings, 0 notes" ]
	cp "$cases/unknown-command.mk" "$file"
	sed -i '/IMAGE\/a.bin/i # imagemk: allow leaked-value,unknown-command comes with a feed' "$file"
	run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command
	[ "${lines[-1]}" = "1 error, 0 warnings, 0 notes" ]
	cp "$cases/unknown-command.mk" "$file"
	sed -i '/define Device/i # imagemk: allow unknown-command comes with a feed' "$file"
	run -0 "$IMAGEMK" audit -C "$tree" --only unknown-command
	sed -i 's/allow unknown-command/allow unknown/' "$file"
	run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command
}

@test "the formats agree, and are what they say" {
	plant "$cases/missing-device-var.mk"
	run -1 "$IMAGEMK" audit -C "$tree" --only missing-device-var --format json
	echo "$output" >"$BATS_TEST_TMPDIR/json"
	run -1 "$IMAGEMK" audit -C "$tree" --only missing-device-var --format sarif
	echo "$output" >"$BATS_TEST_TMPDIR/sarif"
	run -1 "$IMAGEMK" audit -C "$tree" --only missing-device-var --format github
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == "::error file=target/linux/demo/image/Makefile,line=14,title=missing-device-var::BOARD_ID is 'one "* ]]
	python3 - "$BATS_TEST_TMPDIR" <<-'END'
		import json, sys
		ours = json.load(open(sys.argv[1] + "/json"))
		sarif = json.load(open(sys.argv[1] + "/sarif"))
		assert ours["audit_version"] == 1 and sarif["version"] == "2.1.0"
		driver = sarif["runs"][0]["tool"]["driver"]
		results = sarif["runs"][0]["results"]
		assert len(results) == len(ours["findings"]) == 2
		for f, r in zip(ours["findings"], results):
		    where = r["locations"][0]["physicalLocation"]
		    assert r["ruleId"] == f["rule"] == driver["rules"][r["ruleIndex"]]["id"]
		    assert r["level"] == f["severity"]
		    assert where["artifactLocation"]["uri"] == f["place"]["file"]
		    assert where["region"]["startLine"] == f["place"]["line"]
		    assert f["message"] in r["message"]["text"]
		    change = r["fixes"][0]["artifactChanges"][0]
		    cut = change["replacements"][0]
		    old, region = f["fix"]["old"], cut["deletedRegion"]
		    new = old[:region["startColumn"] - 1] + cut["insertedContent"]["text"] + old[region["endColumn"] - 1:]
		    assert new == f["fix"]["new"] != old and region["startLine"] == f["fix"]["place"]["line"]
	END
	# SARIF_SCHEMA=FILE: the OASIS schema of SARIF 2.1.0
	[ -z "${SARIF_SCHEMA-}" ] || python3 -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$BATS_TEST_TMPDIR/sarif" "$SARIF_SCHEMA"
}

@test "exit status: 0 without errors, 1 with, 2 when a Makefile cannot be read; the rest is printed" {
	plant "$cases/leaked-value.mk"
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value
	[[ ${lines[0]} == "target/linux/demo/image/Makefile:27: warning: SERIAL is not set for this device"*"[leaked-value]" ]]
	cp -R "$tree/target/linux/demo" "$tree/target/linux/broken"
	echo '$(error no such thing)' >>"$tree/target/linux/broken/image/Makefile"
	run -2 "$IMAGEMK" audit -C "$tree" --only leaked-value
	[[ $output == *"broken/generic: "*"no such thing"* && $output == *"1 warning"* ]]
	run -2 "$IMAGEMK" audit -C "$tree" --format xml
	[[ $output == *"no format 'xml'"* ]]
}

@test "the same findings at any -j, for one device as for all" {
	plant "$cases/leaked-value.mk"
	run -0 "$IMAGEMK" audit -C "$tree" -j1
	one=$output
	run -0 "$IMAGEMK" audit -C "$tree" -j4
	[ "$output" = "$one" ]
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value second
	[ "${lines[-1]}" = "0 errors, 1 warning, 0 notes" ]
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value third
	[ "$output" = "0 errors, 0 warnings, 0 notes" ]
}

@test "the demo tree has no mistakes" {
	run -0 "$IMAGEMK" audit -C "$top"
	[ "$output" = "0 errors, 0 warnings, 0 notes" ]
}

@test "a recipe that is looked at writes no file" {
	sed '/^IMAGE\|^define Device.first/i define Build/list\n$(file >$@.list,x)\nendef' "$cases/empty-chain.mk" |
		sed 's/append-rootfs/append-rootfs | list/' >"$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	run -1 "$IMAGEMK" audit -C "$tree" --only empty-chain
	[ "$(ls -A "$tree/target/linux/demo/image")" = Makefile ]
}

@test "--fix prints a patch; git and patch apply it; what it mends is gone, and nothing else is changed" {
	all=0
	for file in "$cases"/*.mk; do
		rules=$(sed -n 's/^# rules: *//p' "$file" | tr ' ' ',')
		rm -rf "$tree"
		plant "$file"
		[ ! -d "$file.d" ] || cp -R "$file.d/." "$tree/"
		image=$tree/target/linux/demo/image/Makefile
		status=0
		"$IMAGEMK" audit -C "$tree" --only "$rules" --fix >"$BATS_TEST_TMPDIR/patch" 2>"$BATS_TEST_TMPDIR/said" || status=$?
		[ "$status" -le 1 ]
		cmp "$file" "$image"
		read -r mended before <<<"$(sed -n 's/.*the patch mends \([0-9]*\) of \([0-9]*\) findings\{0,1\}.*/\1 \2/p' "$BATS_TEST_TMPDIR/said")"
		[ "$mended" -gt 0 ] || { [ ! -s "$BATS_TEST_TMPDIR/patch" ]; continue; }
		all=$((all + mended))
		cp "$image" "$BATS_TEST_TMPDIR/by-patch"
		patch -s --fuzz=0 "$BATS_TEST_TMPDIR/by-patch" <"$BATS_TEST_TMPDIR/patch"
		(cd "$tree" && GIT_CEILING_DIRECTORIES=$tree git apply "$BATS_TEST_TMPDIR/patch")
		cmp "$image" "$BATS_TEST_TMPDIR/by-patch"
		run "$IMAGEMK" audit -C "$tree" --only "$rules" --format json
		echo "$output" >"$BATS_TEST_TMPDIR/json"
		after=$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["findings"]))' "$BATS_TEST_TMPDIR/json")
		[ "$((before - mended))" -eq "$after" ] || { echo "$file: $before findings, $mended mended, $after left"; cat "$BATS_TEST_TMPDIR/patch" "$BATS_TEST_TMPDIR/json"; return 1; }
	done
	[ "$all" -ge 12 ]
}

@test "--fix: a patch of a file whose last line has no newline, of two places in one line, of lines that go away" {
	sed -e 's/^DEVICE_VARS .*/DEVICE_VARS += KNOWN\r/' "$cases/missing-device-var.mk" >"$BATS_TEST_TMPDIR/a.mk"
	printf 'define Device/last\n  SHAPE := A\n  DEVICE_TITLE := L\n  IMAGES := a.bin\n  IMAGES := a.bin\n' >>"$BATS_TEST_TMPDIR/a.mk"
	printf '  IMAGE/a.bin := append-rootfs | cheksize | pad-rotfs\nendef\nTARGET_DEVICES += last\n$(eval $(call BuildImage))' >>"$BATS_TEST_TMPDIR/a.mk"
	sed -i '0,/^.(eval .(call BuildImage))$/{//d}' "$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	(cd "$tree" && "$IMAGEMK" audit --fix 2>/dev/null || [ $? -eq 1 ]) >"$BATS_TEST_TMPDIR/patch"
	(cd "$tree" && git apply "$BATS_TEST_TMPDIR/patch")
	file=$tree/target/linux/demo/image/Makefile
	diff "$BATS_TEST_TMPDIR/a.mk" "$file" >"$BATS_TEST_TMPDIR/diff" || true
	cat "$BATS_TEST_TMPDIR/diff"
	grep -q '^>   IMAGE/a.bin := append-rootfs | check-size | pad-rootfs$' "$BATS_TEST_TMPDIR/diff"
	[ "$(grep -c '^  IMAGES := a.bin$' "$file")" -eq 1 ]
	[ "$(tail -c 1 "$file")" = ")" ]
}

# The tree as a commit of a repository of its own.
commit() {
	git -C "$tree" init -q
	git -C "$tree" add -A
	git -C "$tree" -c user.name=a -c user.email=a@example.org commit -qm "$1"
}

# The findings since $1, as "LINE RULE", in one line.
since() {
	"$IMAGEMK" audit -C "$tree" --only leaked-value,size-dts,unknown-command --since "$1" --format json >"$BATS_TEST_TMPDIR/since" || [ $? -eq 1 ]
	python3 -c 'import json, sys
print(*["%d %s" % (f["place"]["line"], f["rule"]) for f in json.load(open(sys.argv[1]))["findings"]], sep=", ")' "$BATS_TEST_TMPDIR/since"
}

@test "--since: what lies in changed lines or comes from them, moved lines left aside" {
	sed '/^  SHAPE := square/i\  SERIAL := 5678' "$cases/leaked-value.mk" >"$BATS_TEST_TMPDIR/a.mk"
	sed -i 's/append-rootfs$/append-rootfs | nothing-such/' "$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	file=$tree/target/linux/demo/image/Makefile
	commit one
	[ "$(since HEAD)" = "" ]
	sed -i '1i # above' "$file"
	[ "$(since HEAD)" = "" ]
	sed -i '/SERIAL := 5678/d' "$file" # gone from a block: the device gets another's value
	[ "$(since HEAD)" = "28 leaked-value" ]
	commit two
	[ "$(since HEAD)" = "" ]
	sed -i 's/SERIAL := 1234/SERIAL := 4321/' "$file" # where the value comes from
	[ "$(since HEAD)" = "28 leaked-value" ]
	[ "$(since HEAD~1)" = "28 leaked-value" ]
	sed -i 's/DEVICE_TITLE := Third/DEVICE_TITLE := The Third/' "$file" # the block of a device
	[ "$(since HEAD)" = "28 leaked-value, 39 unknown-command" ]
	git -C "$tree" checkout -q .
	sed -i 's/^  COLOUR :=$/  COLOUR := no/' "$file" # a block that all take in
	[ "$(since HEAD)" = "28 leaked-value, 39 unknown-command" ]
	run -2 "$IMAGEMK" audit -C "$tree" --since nothing
	[[ $output == *"git knows no revision 'nothing' in "* ]]
	run -2 "$IMAGEMK" audit -C "$tree" --since --help
	[[ $output == *"git knows no revision '--help' in "* ]]
}

@test "--since: a device tree source that changed, a file that is new" {
	plant "$cases/size-dts.mk"
	cp -R "$cases/size-dts.mk.d/." "$tree/"
	commit one
	[ "$(since HEAD)" = "" ]
	dts=$tree/target/linux/demo/dts/board.dtsi
	sed -i "s/label = .firmware.;/&  /" "$dts"
	[[ "$(since HEAD)" == *size-dts* ]]
	git -C "$tree" rm -q --cached target/linux/demo/image/Makefile
	git -C "$tree" checkout -q -- target/linux/demo/dts 2>/dev/null || git -C "$tree" checkout -q HEAD -- target/linux/demo/dts
	git -C "$tree" -c user.name=a -c user.email=a@example.org commit -qm two
	[[ "$(since HEAD)" == *size-dts*size-dts* ]]
}

@test "--since: what a repository's configuration names is not started" {
	plant "$cases/leaked-value.mk"
	commit one
	printf '#!/bin/sh\ntouch %s\n' "$BATS_TEST_TMPDIR/started" >"$BATS_TEST_TMPDIR/evil"
	chmod +x "$BATS_TEST_TMPDIR/evil"
	for key in core.fsmonitor core.pager core.sshCommand core.editor diff.external filter.a.clean filter.a.smudge core.alternateRefsCommand; do
		git -C "$tree" config "$key" "$BATS_TEST_TMPDIR/evil"
	done
	printf '* filter=a diff=a\n' >"$tree/.gitattributes"
	# an object that is missing, and a remote that would be asked for it
	git -C "$tree" config extensions.partialClone o
	git -C "$tree" config remote.o.promisor true
	git -C "$tree" config remote.o.url "ext::$BATS_TEST_TMPDIR/evil"
	git -C "$tree" config protocol.ext.allow always
	object=$(git -C "$tree" rev-parse HEAD:target/linux/demo/image/Makefile)
	rm -f "$tree/.git/objects/${object:0:2}/${object:2}"
	run "$IMAGEMK" audit -C "$tree" --since HEAD
	[ ! -e "$BATS_TEST_TMPDIR/started" ]
}

@test "--baseline: what is known is not told again, though it moved; of two that are alike the second is" {
	plant "$cases/leaked-value.mk"
	file=$tree/target/linux/demo/image/Makefile
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --format json
	echo "$output" >"$BATS_TEST_TMPDIR/known"
	sed -i '1i # above' "$file"
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --baseline "$BATS_TEST_TMPDIR/known"
	[ "$output" = "0 errors, 0 warnings, 0 notes" ]
	sed -i 's/plain.bin := append-rootfs/plain.bin := append-rootfs | nothing-such/' "$file"
	run -1 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --baseline "$BATS_TEST_TMPDIR/known"
	[ "${lines[-1]}" = "1 error, 0 warnings, 0 notes" ]
	run -1 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --format json
	echo "$output" >"$BATS_TEST_TMPDIR/known"
	sed -i 's/plain.bin := append-rootfs | nothing-such/& | nothing-such/' "$file"
	run -0 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --baseline "$BATS_TEST_TMPDIR/known"
	sed -i '/^define Device.third/i define Device/fourth\n$(Device/third)\nendef\nTARGET_DEVICES += fourth' "$file"
	run -1 "$IMAGEMK" audit -C "$tree" --only leaked-value,unknown-command --baseline "$BATS_TEST_TMPDIR/known"
	[[ $output == *"in demo/generic: fourth"* && $output != *third* ]]
	echo '{}' >"$BATS_TEST_TMPDIR/known"
	run -2 "$IMAGEMK" audit -C "$tree" --baseline "$BATS_TEST_TMPDIR/known"
	[[ $output == *"no findings that --format json wrote"* ]]
	run -2 "$IMAGEMK" audit -C "$tree" --baseline "$BATS_TEST_TMPDIR/none"
}

@test "--format html: one page with all findings, nothing from elsewhere, no markup from a Makefile" {
	sed 's/nothing/x/; s/checksize 1m/<script>"\&/' "$cases/unknown-command.mk" >"$BATS_TEST_TMPDIR/a.mk"
	plant "$BATS_TEST_TMPDIR/a.mk"
	run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command --format html
	echo "$output" >"$BATS_TEST_TMPDIR/page.html"
	python3 - "$BATS_TEST_TMPDIR/page.html" <<-'END'
		import html.parser, sys
		page = open(sys.argv[1]).read()
		class Page(html.parser.HTMLParser):
		    open, ids, links, articles = [], set(), [], 0
		    void = {"meta", "input", "br"}
		    def handle_starttag(self, tag, attrs):
		        attrs = dict(attrs)
		        assert tag not in ("script", "link", "img", "iframe"), tag
		        assert not any(k in attrs for k in ("src", "onclick", "style")), attrs
		        self.ids.add(attrs.get("id"))
		        self.links += [attrs["href"]] if "href" in attrs else []
		        self.articles += tag == "article"
		        if tag not in self.void:
		            self.open.append(tag)
		    def handle_endtag(self, tag):
		        assert self.open.pop() == tag, tag
		p = Page()
		p.feed(page)
		assert not p.open and p.articles == 2, (p.open, p.articles)
		assert p.links and all(l[0] == "#" and l[1:] in p.ids for l in p.links), p.links
		assert "http" not in page and "url(" not in page and "&lt;script&gt;&quot;&amp;" in page
	END
}

@test "docs/audit.md is what the rules say: make docs" {
	run -0 --separate-stderr "$IMAGEMK" audit --rules --format markdown
	diff <(echo "$output") "$top/docs/audit.md"
	plant "$cases/unknown-command.mk"
	run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command --format markdown
	[ "${#lines[@]}" -eq 4 ]
	[[ ${lines[2]} == "| target/linux/demo/image/Makefile:8 | error | IMAGE/a.bin calls checksize, "*"instead: "*" | first |" ]]
}

@test "scripts/audit-pre-commit stops a commit whose staged lines have an error, and only that" {
	plant "$cases/leaked-value.mk"
	rm "$tree"/include "$tree"/mk "$tree"/rules.mk
	cp -R "$top/include" "$top/mk" "$top/rules.mk" "$tree/"
	commit one
	file=$tree/target/linux/demo/image/Makefile
	ln -s "$top/scripts/audit-pre-commit" "$tree/.git/hooks/pre-commit"
	try() { git -C "$tree" -c user.name=a -c user.email=a@example.org commit -q "$@"; }
	export IMAGEMK
	sed -i 's/append-rootfs$/append-rootfs | nothing-such/' "$file"
	echo x >"$tree/other"
	git -C "$tree" add other
	run -0 try -m "nothing of it is staged"
	git -C "$tree" add -A
	run -1 try -m "an error"
	[[ $output == *"target/linux/demo/image/Makefile:38: error: IMAGE/plain.bin calls nothing-such"*"git commit -n"* ]]
	AUDIT_OPTIONS="--skip unknown-command" run -0 try -m "not looked at"
	sed -i 's/Third/The Third/' "$file"
	git -C "$tree" add -A
	sed -i 's/ | nothing-such//' "$file" # not staged
	run -1 try -m "an error of before, in a block that was changed"
	run -0 try -n -m "all the same"
	git -C "$tree" add -A
	run -0 try -m "mended"
	sed -i 's/Second/The Second/' "$file"
	git -C "$tree" add -A
	IMAGEMK=/nowhere/imagemk run -0 try -m "no program"
	[[ $output == *"the commit is not audited"* ]]
	run -0 "$top/scripts/audit-pre-commit" --help
	[[ $output == *"git commit -n"* ]]
}

@test "scripts/audit-workflow.yml is a workflow, and its options are there" {
	python3 -c 'import yaml' 2>/dev/null || skip "no yaml module"
	python3 -c 'import sys, yaml
for job in yaml.safe_load(open(sys.argv[1]))["jobs"].values():
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step), step
        print(step.get("run", ""))' "$top/scripts/audit-workflow.yml" >"$BATS_TEST_TMPDIR/run"
	bash -n "$BATS_TEST_TMPDIR/run"
	for option in $(grep -o -- '--[a-z][a-z]* ' "$BATS_TEST_TMPDIR/run" | sort -u); do
		"$IMAGEMK" audit --help | grep -q -- "$option"
	done
	for format in $(sed -n 's/.*--format \([a-z]*\).*/\1/p' "$BATS_TEST_TMPDIR/run"); do
		plant "$cases/unknown-command.mk" && run -1 "$IMAGEMK" audit -C "$tree" --only unknown-command --format "$format"
		rm -rf "$tree"
	done
}
