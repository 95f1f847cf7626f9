# SPDX-License-Identifier: GPL-2.0-only
# Firmware formats: against noted facts of tools that Debian does not have (firmware/TOOL.facts),
# against Debian's mkimage and ubinize themselves, and check and show of what was written.
# A new format's test goes behind those of the vendor's other formats, else behind the last format's,
# in front of those over all formats; what is inside of what (parts, walks) is in check.bats.

bats_require_minimum_version 1.5.0

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	IMAGEMK=$(readlink -f "${IMAGEMK:-$here/../build/imagemk}")
	PATH=$PATH:/usr/sbin:/sbin
	export TZ=UTC LC_ALL=C SOURCE_DATE_EPOCH=1700000000
	cd "$BATS_TEST_TMPDIR" || exit 1
	. "$here/firmware/inputs"
}

# facts NAME: NAME.facts, of the tool NAME (or NAME-2025.10, NAME-1.8.1, a release)
facts() {
	local more="$here/firmware/$1.inputs"
	# shellcheck source=/dev/null
	[ ! -e "$more" ] || . "$more"
	"$here/firmware/run-facts" "$here/firmware/$1.facts" "$IMAGEMK" tool "${1%-[0-9]*.*}"
}

# against TOOL: each line of TOOL.cases by Debian's TOOL and by ours: files, output, status,
# messages (of failures without the usage text: ours has none)
against() {
	local tool=$1 args n=0 bad=0 a b
	while IFS= read -r args; do
		n=$((n + 1))
		for who in real ours; do
			rm -f out
			command=("$tool")
			[ "$who" = real ] || command=("$IMAGEMK" tool "$tool")
			a=0
			eval "\"\${command[@]}\" $args" >"$who.out" 2>"$who.err" </dev/null || a=$?
			echo "$a" >"$who.status"
			[ "$a" = 0 ] || rm -f out
			rm -f "$who.file"
			[ ! -e out ] || mv out "$who.file"
			ls ./*.tmp >>"$who.err" 2>/dev/null || :
		done
		b=
		cmp -s real.status ours.status || b="$b status"
		if [ -e real.file ]; then
			cmp -s real.file ours.file || b="$b bytes"
			[ ! -e ours.file ] || [ "$(stat -c %a real.file)" = "$(stat -c %a ours.file)" ] || b="$b mode"
		elif [ -e ours.file ]; then
			b="$b bytes"
		fi
		cmp -s real.out ours.out || b="$b output"
		if [ "$(cat real.status)" = 0 ]; then
			cmp -s real.err ours.err || b="$b messages"
			if [ -e ours.file ]; then
				"$IMAGEMK" check ours.file >check.out || b="$b check"
			fi
		else
			cmp -s <(sed "/^\(Usage:\|$tool \[-h]\) /,\$d" real.err) <(sed '/^Usage: /,$d' ours.err) || b="$b message"
		fi
		[ -z "$b" ] || { bad=$((bad + 1)) && echo "$tool $args:$b"; }
	done <"$here/firmware/$tool.cases"
	echo "$n cases, $bad wrong"
	[ "$bad" = 0 ] && [ "$n" -gt 0 ]
}

# recognised FILE FORMAT: check says yes to it
recognised() {
	"$IMAGEMK" check "$1" >said
	grep -q "$2" said
}

# spoilt FILE OFFSET: check finds that the byte at OFFSET was changed
spoilt() {
	cp "$1" bad
	printf '\125' | dd of=bad bs=1 seek="$2" conv=notrunc 2>/dev/null
	! cmp -s "$1" bad || false
	run "$IMAGEMK" check bad
	[ "$status" = 1 ]
	[[ $output == *BAD* ]]
}

@test "twice in one process; whole images; declined options" {
	"${B:-$here/../build}/test-firmware"
}

@test "padjffs2" {
	facts padjffs2
}

@test "padjffs2: the marks it leaves, and 4 bytes that are none" {
	head -c 1000 k >out
	"$IMAGEMK" tool padjffs2 out 4 8
	tail -c +4097 out >marks # begins with one
	recognised marks "JFFS2 end mark"
	[ "$(grep -c "JFFS2 end mark" said)" = 2 ]
	printf '\336\255\300\336text behind it' >out
	run "$IMAGEMK" check out
	[ "$status" = 1 ]
	[[ $output != *"JFFS2 end mark"* ]]
}

@test "fwtool" {
	facts fwtool
}

@test "fwtool takes out what it put in" {
	for f in k one empty; do
		cp $f out
		"$IMAGEMK" tool fwtool -I meta out
		"$IMAGEMK" tool fwtool -S sig out
		recognised out metadata
		"$IMAGEMK" tool fwtool -t -s got out
		cmp got sig
		"$IMAGEMK" tool fwtool -T -i got out >rest
		cmp got meta
		cmp rest $f
		"$IMAGEMK" tool fwtool -t -i got out
		cmp out $f
	done
}

@test "fwtool: metadata spoilt" {
	cp k out
	"$IMAGEMK" tool fwtool -I meta out
	spoilt out 100
	run "$IMAGEMK" tool fwtool -i got bad
	[ "$status" = 1 ]
	[ "$output" = "CRC error" ]
}

@test "mktplinkfw" {
	facts mktplinkfw
}

@test "mktplinkfw: check, show, and twice the same" {
	"$IMAGEMK" tool mktplinkfw -H 0xc7000002 -F 16Mlzma -N OpenWrt -V r1 -k k -r d -o out -s -j -a 0x4
	"$IMAGEMK" tool mktplinkfw -H 0xc7000002 -F 16Mlzma -N OpenWrt -V r1 -k k -r d -o out2 -s -j -a 0x4
	cmp out out2
	recognised out "TP-Link v1"
	grep -q 0xc7000002 said
	grep -q "1001 bytes at 66048" said
	spoilt out 5000
	spoilt out 70
	"$IMAGEMK" tool fwtool -I meta out
	recognised out "TP-Link v1"
}

@test "mktplinkfw2" {
	facts mktplinkfw2
	"$IMAGEMK" tool mktplinkfw2 -x -i image >/dev/null
	cmp image-kernel k
	cmp image-rootfs d
}

@test "tplink-safeloader" {
	facts tplink-safeloader
}

@test "tplink-safeloader: check, -x, -z and -i" {
	"$IMAGEMK" tool tplink-safeloader -B ARCHER-A7-V5 -k k -r d -o out -j
	recognised out "safe loader"
	grep -q "partition.*os-image, 65535 bytes" said
	spoilt out 70000
	spoilt out 10
	mkdir parts
	"$IMAGEMK" tool tplink-safeloader -x out -d parts
	cmp parts/os-image k
	"$IMAGEMK" tool tplink-safeloader -z out -o got
	"$IMAGEMK" tool tplink-safeloader -i out >said
	# tplink-safeloader of firmware-utils d21804ad for the same image
	echo "25aff734b3da58cba7edf12ecdceb8e89d252870c76670f9ef28126ceecb3d28  got" | sha256sum -c -
	echo "325d28990492728447ae314efddddedf2199ad9e32760b8784f7d4fccb19fa5c  said" | sha256sum -c -
}

@test "asustrx" {
	facts asustrx
	"$IMAGEMK" tool asustrx -p RT-AC68U -i t -o out
	recognised out "ASUS TRX"
	spoilt out 5000
	spoilt out 9
}

@test "mkfwimage" {
	facts mkfwimage
	"$IMAGEMK" tool mkfwimage -B XM -v XM.x -k k -r d -o out
	recognised out Ubiquiti
	grep -q "part .*rootfs, 1001 of" said
	spoilt out 5000
	spoilt out 20
	spoilt out $((268 + 60))
	"$IMAGEMK" tool mkfwimage -B WA -v WA.x -k k -r d -o out
	recognised out Ubiquiti
	spoilt out 66000
}

@test "mkfwimage2" {
	facts mkfwimage2
	"$IMAGEMK" tool mkfwimage2 -m GEOS -p a:0:0:0:0:k -o out
	recognised out Ubiquiti
	spoilt out 5000
}

@test "npk_pack_kernel" {
	facts npk_pack_kernel
	"$IMAGEMK" tool npk_pack_kernel k out
	recognised out MikroTik
	spoilt out 9000
	head -c 70000 out >cut
	run "$IMAGEMK" check cut
	[ "$status" = 1 ]
	[[ $output == *BAD* ]]
}

@test "lzma2eva" {
	facts lzma2eva
	"$IMAGEMK" tool lzma2eva 0x80002000 0x80002001 k out
	recognised out "AVM EVA"
	grep -q 0x80002001 said
	spoilt out 5000
	spoilt out 9
}

@test "zyimage" {
	facts zyimage
	cp k out
	"$IMAGEMK" tool zyimage -d 0x101 -v V1 out >/dev/null
	recognised out "ZyXEL signature"
	spoilt out 5000
	cp out before
	"$IMAGEMK" tool zyimage -d 7 out | grep -q "already signed"
	cmp out before
	"$IMAGEMK" tool fwtool -I meta out
	recognised out "ZyXEL signature"
}

@test "imagetag" {
	facts imagetag
	"$IMAGEMK" tool imagetag -i k -f d -o out -b 96348GW-11 -c 6348 -e 0x80010000 -l 0x80010000 --pad 1 >said
	recognised out "Broadcom CFE"
	grep -q 96348GW-11 said
	spoilt out 5000
	spoilt out 50
	spoilt out 70000
}

@test "mkedimaximg" {
	facts mkedimaximg
	for big in "" -b; do
		"$IMAGEMK" tool mkedimaximg -i k -o out -s CSYS -m RN54 -f 0x70000 -S 0x01100000 $big
		recognised out Edimax
		spoilt out 5000
	done
	# nothing but a wrong sum
	printf 'start\0\0\0\0\0\0\0LXL#\2\0\0\0\0\n' >small
	"$IMAGEMK" check small >said || [ $? -eq 1 ]
	grep -q "BAD  checksum is 0a00" said
}

@test "mksercommfw" {
	facts mksercommfw
	cp k out
	"$IMAGEMK" tool mksercommfw -i out -b CHJ -r A001 -v 0x1002
	recognised out Sercomm
	grep -q 0x1002 said
	spoilt out 5000
	cp k out
	"$IMAGEMK" tool mksercommfw -i out -b CHJ -r A001 -f
	recognised out Sercomm
}

@test "zytrx" {
	facts zytrx
	"$IMAGEMK" tool zytrx -B NR7101 -v V1 -i k -o out
	recognised out "ZyXEL TRX"
	spoilt out 5000
	spoilt out 300
	"$IMAGEMK" tool zytrx -B NR7101 -v V1 -i k | cmp - out
}

@test "mksenaofw" {
	facts mksenaofw
	for how in "-t 2" "-t 0 -c 171101 -n MODEL -w 1.2.3 -x 1.0.0 -z"; do
		# shellcheck disable=SC2086
		"$IMAGEMK" tool mksenaofw -e k -o out -r 0x101 -p 0x57 $how
		recognised out Senao
		spoilt out 5000
		spoilt out 14
		"$IMAGEMK" tool mksenaofw -d out -o got
		cmp got k
	done
}

@test "buffalo-enc" {
	facts buffalo-enc
	for how in "" -l; do
		"$IMAGEMK" tool buffalo-enc -i k -o out -p WZR -v 1.99 $how
		recognised out "Buffalo encrypted"
		grep -q WZR said
		spoilt out 5000
		"$IMAGEMK" tool buffalo-enc -d -i out -o got $how >said
		cmp got k
		grep -q "Version.*'1.99'" said
	done
}

@test "buffalo-tag" {
	facts buffalo-tag
	for how in "-i k" "-i k -i d" "-I k"; do
		# shellcheck disable=SC2086
		"$IMAGEMK" tool buffalo-tag -a bcm -v 1 -b brand -p product -r US -l en -o out $how
		recognised out "Buffalo tagged"
		[ "$how" = "-I k" ] || spoilt out 5000
	done
}

@test "buffalo-tftp" {
	facts buffalo-tftp
	"$IMAGEMK" tool buffalo-tftp -i meta -o out
	! cmp -s meta out || false
	"$IMAGEMK" tool buffalo-tftp -d -i out -o got
	cmp got meta
}

@test "mkdhpimg" {
	facts mkdhpimg
	"$IMAGEMK" tool mkdhpimg k out
	recognised out "Buffalo DHP"
	spoilt out 5000
	spoilt out 13
}

@test "uimage_sgehdr, uimage_padhdr" {
	facts uimage_sgehdr
	facts uimage_padhdr
	"$IMAGEMK" tool mkimage -A mips -n x -d k image >/dev/null
	"$IMAGEMK" tool uimage_sgehdr -i image -o out -m DIR-882 -h A1 -s 1.0
	recognised out "uImage"
	grep -q "of 160 bytes" said
	spoilt out 5000
	spoilt out 70
	rm out
	"$IMAGEMK" tool uimage_padhdr -i image -o out
	recognised out "uImage"
	grep -q "of 96 bytes" said
}

@test "mkdlinkfw" {
	facts mkdlinkfw
	"$IMAGEMK" tool mkdlinkfw -k k -r d -s 0xf90000 -o image
	recognised image JBOOT
	spoilt image 5000
	spoilt image 6
	"$IMAGEMK" tool mkdlinkfw -F image -s 0xf90000 -f 0x1 -m DLK6E3803001 -o out
	recognised out JBOOT
	grep -q "kernel .*65535 bytes" said
	spoilt out 5000
	spoilt out 5
}

@test "mkporayfw" {
	facts mkporayfw
	for b in A5-V11 MPR-A1 WT3020; do
		"$IMAGEMK" tool mkporayfw -B $b -f k -o out
		recognised out Poray
		spoilt out 5000
	done
	"$IMAGEMK" tool mkporayfw -x -f image >/dev/null
	cmp image-firmware k
}

@test "dlink-sge-image" {
	facts dlink-sge-image
	for device in DIR-882 COVR-X1860; do
		"$IMAGEMK" tool dlink-sge-image $device k out >/dev/null
		recognised out "D-Link SGE"
		spoilt out 5000
		spoilt out 100
		spoilt out 800
		"$IMAGEMK" tool dlink-sge-image $device out got -d | grep -q "post verification success"
		cmp got k
	done
}

@test "ptgen" {
	facts ptgen
}

@test "ptgen as the release that the tree has" {
	named=$(printf '%s\n' cros_kernel sifiveu_spl sifiveu_uboot)
	# shellcheck disable=SC2086 # words
	has ptgen '[-N <name>]' $named
	facts ptgen-2024.10
	# shellcheck disable=SC2086
	has ptgen 'GPT First Entry offset must not be' $named
	facts ptgen-2025.11
	run ! "$IMAGEMK" tool ptgen -g -e 8M -o out -p 1M # was wrong then
	[ "$status" -gt 1 ]
	for args in '-d 9M' '-a 5' '--part=1' '-T other'; do
		has ptgen '[-N <name>]'
		# shellcheck disable=SC2086
		run ! "$IMAGEMK" tool ptgen -g -o out $args -p 1M
		[ "$status" -gt 1 ]
	done
	has ptgen Usage # before 2021
	run ! "$IMAGEMK" tool ptgen -o out -h 16 -s 63 -p 1M
	[ "$status" -gt 1 ]
}

# Each line: a tool, the texts in it and the tools beside it by which releases are known that do as
# ours does ("name+" is one beside), names in its tables, a command. With all of them ours runs;
# the tree's own is started, which is none here, when one is missing.
@test "tools that older releases have otherwise" {
	"$IMAGEMK" tool mkimage -A mips -O linux -T kernel -C none -n x -d k u >/dev/null
	{ printf '\135\0\0\200'; cat k; } >lz
	while IFS='|' read -r tool marks args; do
		IFS=';' read -ra all <<<"$marks"
		for without in none "${!all[@]}"; do
			rm -rf bin-1
			texts=()
			for i in "${!all[@]}"; do
				[ "$i" != "$without" ] || continue
				case ${all[i]} in
				*+) mkdir -p bin-1 && : >"bin-1/${all[i]%+}" ;;
				*) texts+=("${all[i]}") ;;
				esac
			done
			has "$tool" nothing "${texts[@]}"
			cp k out
			echo "$tool: $marks, without number $without"
			if [ "$without" = none ]; then
				# shellcheck disable=SC2086 # words
				run -0 "$IMAGEMK" tool "$tool" $args
				run -1 cmp -s out k
			else
				# shellcheck disable=SC2086
				run ! "$IMAGEMK" tool "$tool" $args
				[ "$status" -gt 1 ]
				cmp out k
			fi
		done
	done <<-'EOF'
		addpattern|SOURCE_DATE_EPOCH;WRT160NL|-i k -o out -B WRT160NL -v v1.0.1
		buffalo-enc|Size of unencrypted data in file|-i k -o out -p a -v 1
		buffalo-tag|for DHP series|-a bcm -v 1 -b x -p y -r US -l en -i even -o out -f 101
		dgn3500sum|otrx+|out 0 NA
		hcsmakeimage|SOURCE_DATE_EPOCH|-m 3349 -i k -o out
		iptime-crc32|ax3000q|ax3000q k out
		jcgimage|[-m maxsize]|-u u -o out
		mkcsysimg|stat failed on %s: %s;BR-6104K|-B BR-6104K -r d out
		mkbrnimg|[-p crc32 poly]|-s BRNDA6431 -o out lz d
		mkcasfw|stat failed on %s: %s;CAS-630W|-B CAS-630W -d -K k out
		mkchkimg|sign_dlink_ru+|-k k -o out
		mkdlinkfw|Invalid SOURCE_DATE_EPOCH;f:F:i:hk:m:o:O:r:s:|-k k -r d -s 0xf90000 -o out
		mkdniimg|stat failed on %s: %s|-B d -v 1 -i k -o out
		mkedimaximg|big-endianness mode|-i k -o out -s CSYS -m RN54 -f 1 -S 2
		mkfwimage|ERROR: Invalid baord name;XM|-B XM -v 1 -k k -r d -o out
		mkmerakifw|MR24|-B MR24 -i d -o out
		mkmerakifw-old|z1|-B z1 -i k -o out
		mkmylofw|zytrx+;wp54g|-B wp54g -p 0x50000:0 out
		mkplanexfw|stat failed on %s: %s;MZK-W04NU|-B MZK-W04NU -i k -o out
		mkporayfw|WT3020|-B WT3020 -f d -o out
		mksenaofw|Capwap header specified, cw_ver must be non-zero|-e k -o out -r 1 -p 2 -t 2
		mktplinkfw|calculate rootfs offset for combined images;8M;US|-H 7 -F 8M -C US -k k -r d -o out
		mktplinkfw2|rootfs offset aligned to 0x;mkdlinkfw+;8Mmtk|-H 1 -F 8Mmtk -k k -r d -o out
		mkzcfw|dlink-sge-image+;ZCN-1523H-2-8|-B ZCN-1523H-2-8 -k k -r d -o out
		mkzynfw|NBG-460N|-B NBG-460N -b d -r k:0x10000 -o out
		osbridge-crc|stat failed on %s: %s|-i k -o out
		otrx|Couldn't open & parse|create out -f k
		pc1crypt|stat failed on %s: %s|-i k -o out
		trx|-:2o:m:a:x:b:f:A:F:M:|-o out -f k
		xorimage|[-x]|-i k -o out
		zytrx|NR7101|-B NR7101 -v 1 -i d -o out
	EOF
}

@test "each format that asks for a release is in the tests of releases" {
	local name='' missing=''
	for file in $(grep -lE '^[[:space:]]+\.(since|named) = ' "$here"/../interp/firmware/*.c); do
		name=$(sed -n 's/^[[:space:]]*\.name = "\(.*\)",/\1/p' "$file" | head -n 1)
		grep -qE "^[[:space:]]+($name\||has $name )" "$here/firmware.bats" || missing="$missing $name"
	done
	[ -n "$name" ]
	[ -z "$missing" ] || { echo "not there:$missing" && false; }
}

@test "names that only the tree's own tool knows are left to it" {
	while read -r tool args; do
		has "$tool" 'stat failed on %s: %s' newboard 4M 'rootfs offset aligned to 0x' \
			'calculate rootfs offset for combined images' SOURCE_DATE_EPOCH
		: >bin-1/mkdlinkfw
		: >bin-1/dlink-sge-image
		: >bin-1/zytrx
		# shellcheck disable=SC2086 # words
		run ! "$IMAGEMK" tool "$tool" $args
		echo "$tool: $status $output"
		[ "$status" -gt 1 ]
		[ ! -e out ]
		PATH=${PATH#*:}
		# shellcheck disable=SC2086
		run ! "$IMAGEMK" tool "$tool" $args # none is there: ours says it
		[[ $output == *newboard* ]]
	done <<-'EOF'
		addpattern -i k -o out -B newboard -v v1.0.1
		iptime-crc32 newboard k out
		mkcasfw -B newboard -K k out
		mkcsysimg -B newboard -r d out
		mkmerakifw -B newboard -i d -o out
		mkmerakifw-old -B newboard -i d -o out
		mkmylofw -B newboard -p 0x50000:0 out
		mkplanexfw -B newboard -i k -o out
		mkporayfw -B newboard -f d -o out
		mktplinkfw -H 7 -F newboard -k k -r d -o out
		mktplinkfw2 -H 1 -F newboard -k k -r d -o out
		mkzcfw -B newboard -k k -r d -o out
		mkzynfw -B newboard -b d -r k:0x10000 -o out
	EOF
}

@test "ptgen: check and show" {
	"$IMAGEMK" tool ptgen -g -o out -d 64M -N boot -p 1M -p 3M
	recognised out "GPT disk"
	grep -q "sectors 34 to 2081 boot" said
	spoilt out 1030
	spoilt out 560
	"$IMAGEMK" tool ptgen -o out -h 16 -s 63 -p 1M -p 3M
	recognised out "MBR disk"
}

@test "trx" {
	facts trx
	"$IMAGEMK" tool trx -o out -f k
	recognised out "TRX"
	spoilt out 5000
}

@test "otrx" {
	"$IMAGEMK" tool otrx create t -f d -a 1024 -f k -f one; head -c 30000 t >cut; { head -c 3000 t; printf Q; tail -c +3002 t; } >bad; { head -c 100 k; cat t; } >behind
	facts otrx
	"$IMAGEMK" tool otrx create out -f k -a 1024 -f d
	recognised out TRX
	grep -q "at 66560" said
}

@test "seama" {
	facts seama
	cp k a && cp d b
	"$IMAGEMK" tool seama -m x=y -i a -i b
	"$IMAGEMK" tool seama -m dev=z -s out -i a.seama -i b.seama
	# seama of firmware-utils c42a3bc5 for the same five files
	echo "8bb498089dc6144210983fe4df405809b6a577cb2fe6fb6181b521a92abe53d7  out" | sha256sum -c -
	recognised out SEAMA
	spoilt out 5000
}

@test "mkdniimg" {
	facts mkdniimg
	"$IMAGEMK" tool mkdniimg -B X -i k -o out
	recognised out DNI
	spoilt out 5000
}

@test "mkchkimg" {
	facts mkchkimg
	"$IMAGEMK" tool mkchkimg -k k -o out
	recognised out CHK
	spoilt out 5000
}

@test "addpattern" {
	facts addpattern
	"$IMAGEMK" tool addpattern -i k -o out
	recognised out Linksys
}

@test "xorimage" {
	facts xorimage
	"$IMAGEMK" tool xorimage -i k -o out -p key
	"$IMAGEMK" tool xorimage -p key <out | cmp - k
	run "$IMAGEMK" tool xorimage -i k -o out2 -x -p 0g
	[ "$status" = 1 ]
	[ "${lines[0]}" = "invalid hex digit around 0" ]
	[ ! -e out2 ]
}

@test "mkenvimage as u-boot-tools" {
	printf '# c\n\na=b\nboot=run x; \\\n run y\n\n#d\nc=d' >env
	against mkenvimage
}

@test "mkimage as u-boot-tools" {
	. "$here/firmware/sources"
	mkimage -A mips -n ref -d d ref.uimage >/dev/null
	mkimage -f b.its ref.itb >/dev/null
	against mkimage
}

@test "mkimage: any text of SOURCE_DATE_EPOCH" {
	for SOURCE_DATE_EPOCH in "" x "17 " -1 0x10 4294967296 12345678901 99999999999999999999; do
		mkimage -A mips -n x -d k out >real.out 2>real.err
		"$IMAGEMK" tool mkimage -A mips -n x -d k out2 >ours.out 2>ours.err
		cmp out out2
		cmp real.out ours.out
		cmp real.err ours.err
	done
}

# stands_there VERSION: PATH has mkimage of that release, as far as it is looked at
stands_there() {
	mkdir "bin-$1"
	printf '\177ELF\0%s\0==> set image magic to' "$1" >"bin-$1/mkimage"
	chmod +x "bin-$1/mkimage"
	PATH=$PWD/bin-$1:$PATH
}

@test "mkimage as the release that the tree has" {
	. "$here/firmware/sources"
	stands_there 2025.01
	facts mkimage-2025.01
	stands_there 2025.10
	facts mkimage-2025.10
}

@test "mkimage: a release that is not known is started itself" {
	. "$here/firmware/sources"
	mkimage -A mips -n x -d k real
	stands_there 2030.01
	! "$IMAGEMK" tool mkimage -f b.its out 2>/dev/null || false
	[ ! -e out ]
	# but for legacy images, which are always the same
	"$IMAGEMK" tool mkimage -A mips -n x -d k out
	cmp out real
}

# dtc_is_there VERSION: PATH has a dtc of that release, as far as it is looked at; it can't run
dtc_is_there() {
	mkdir -p bin
	printf '\177ELF\0DTC %s\0' "$1" >bin/dtc
	chmod +x bin/dtc
	PATH=$PWD/bin:$PATH
}

@test "dtc as Debian's" {
	command -v dtc >real-dtc || skip "no dtc"
	. "$here/firmware/dtc.inputs"
	against dtc
}

@test "dtc as the release that the tree has" {
	dtc_is_there 1.6.1
	facts dtc
	facts dtc-1.6.1
	dtc_is_there 1.7.0
	facts dtc-1.7.0
	dtc_is_there 1.7.2
	facts dtc-1.7.2
	dtc_is_there 1.8.1
	facts dtc-1.8.1
	dtc_is_there 1.4.4
	facts dtc-1.4.4
	# a state on the way from 1.7.0 to 1.7.1, as kernels have
	dtc_is_there 1.7.0-g1df7b047
	facts dtc
	facts dtc-1.7.0-g1df7b047
}

@test "dtc: a kernel's own, by its path" {
	. "$here/firmware/dtc.inputs"
	dtc_is_there 1.6.1
	mkdir -p linux/scripts/dtc
	! "$IMAGEMK" tool sh -c 'linux/scripts/dtc/dtc -q -O dtb -o out values.dts' 2>/dev/null || false
	[ ! -e out ]
	cp bin/dtc linux/scripts/dtc/dtc
	"$IMAGEMK" tool sh -c 'linux/scripts/dtc/dtc -q -O dtb -o out values.dts'
	"$IMAGEMK" tool dtc -q -O dtb -o other values.dts
	cmp out other
	# a script in its place is what it says
	printf '#!/bin/sh\necho "$@" >out\n' >linux/scripts/dtc/dtc
	"$IMAGEMK" tool sh -c 'linux/scripts/dtc/dtc -q -O dtb -o out values.dts'
	[ "$(cat out)" = "-q -O dtb -o out values.dts" ]
}

@test "dtc: what may be said, and releases that are not known, are the real one's" {
	. "$here/firmware/dtc.inputs"
	dtc_is_there 1.6.1
	for source in range label twice nobody syntax name files missing; do
		! "$IMAGEMK" tool dtc -I dts -O dtb -o out $source.dts 2>/dev/null || false
		[ ! -e out ]
	done
	# what is warned of, too, where it is not known how
	for release in 1.6.0 1.7.0-g1df7b047; do
		dtc_is_there $release
		! "$IMAGEMK" tool dtc -O dtb -o out warn-graph.dts 2>/dev/null || false
		[ ! -e out ]
		"$IMAGEMK" tool dtc -q -O dtb -o out warn-graph.dts
		rm out
	done
	dtc_is_there 1.6.1
	"$IMAGEMK" tool dtc -I dts -O dtb -o out complaints.dts
	for release in 1.4.3 1.9.0 1.8.1-g1234567 1.7.0-rc1 1.6 2.0.0; do
		dtc_is_there $release
		! "$IMAGEMK" tool dtc -q -I dts -O dtb -o other complaints.dts 2>/dev/null || false
	done
	# makes a fragment of what is in the plugin itself
	dtc_is_there 1.4.7
	! "$IMAGEMK" tool dtc -q -O dtb -o other plugin.dts 2>/dev/null || false
	# whether it has checks that it is asked to leave out hangs on the release
	dtc_is_there 1.6.0
	! "$IMAGEMK" tool dtc -Wno-interrupt_provider -o other complaints.dts 2>/dev/null || false
	dtc_is_there 1.6.1
	"$IMAGEMK" tool dtc -Wno-interrupt_provider -o other complaints.dts
	cmp out other
	recognised out 'device tree'
}

@test "mkimage: another magic, spoilt images" {
	"$IMAGEMK" tool mkimage -A mips -n x -d k out >/dev/null
	spoilt out 5000
	spoilt out 40
	"$IMAGEMK" tool mkimage -A mips -M 0x4e474520 -n x -d k out2 >/dev/null
	[ "$(head -c 4 out2)" = "NGE " ]
	# all but the magic and the header's CRC
	cmp <(tail -c +9 out) <(tail -c +9 out2)
	recognised out2 uImage
	. "$here/firmware/sources"
	"$IMAGEMK" tool mkimage -f b.its out >/dev/null
	spoilt out 5000
}

@test "mkimage: names that are not known" {
	for o in "-A mipz" "-O linuks" "-T kernal" "-C lzip"; do
		# shellcheck disable=SC2086
		run "$IMAGEMK" tool mkimage $o -d k out
		[ "$status" = 1 ]
		[[ $output == *"Invalid "*", supported are:"* ]]
		[ ! -e out ]
	done
}

@test "ubinize as mtd-utils" {
	. "$here/firmware/sources"
	against ubinize
}

@test "ubinize with the end marked, as OpenWrt has it" {
	. "$here/firmware/sources"
	has ubinize other
	run ! "$IMAGEMK" tool ubinize -o out -p 128KiB -m 2048 -Q 7 -E 5 three.ini
	[ "$status" -gt 1 ]
	has ubinize eof-markers
	facts ubinize
	"$IMAGEMK" tool ubinize -o out -p 128KiB -m 2048 -Q 7 -E 5 three.ini
	recognised out "UBI image"
}

@test "ubinize: check and show" {
	. "$here/firmware/sources"
	"$IMAGEMK" tool ubinize -o out -p 128KiB -m 2048 -Q 7 three.ini
	recognised out "UBI image"
	grep -q '"rootfs_data" dynamic, 9 blocks, autoresize' said
	spoilt out 20
	spoilt out 2060
	spoilt out $((4096 + 20))
	spoilt out $((2 * 131072 + 5000))
}

@test "the formats of other tools" {
	mkdir -p root/etc
	cp k d root/etc
	ln -s etc root/l
	mksquashfs root sq -comp xz -noappend -quiet >/dev/null 2>&1
	recognised sq SquashFS
	mkfs.jffs2 -b -r root -o j -e 64KiB
	recognised j "big endian"
	spoilt j 3000
	mkfs.jffs2 -l -r root -o j -e 64KiB
	recognised j "little endian"
	mke2fs -q -t ext4 -d root e 4M
	recognised e ext4
	(cd root && find . | sort | cpio -o -H crc --quiet) >c
	recognised c cpio
	spoilt c 3000
	tar cf t root
	recognised t tar
	spoilt t 700
	gzip -c k >g
	recognised g gzip
	xz -c k >x
	recognised x xz
	spoilt x 8
	xz --format=lzma -c k >z
	recognised z lzma
	echo '/dts-v1/; / { model = "a board"; compatible = "a,b"; };' | dtc -q -I dts -O dtb -o b -
	recognised b "a board"
	recognised "$(command -v dtc)" "ELF file"
}

@test "EROFS" {
	command -v mkfs.erofs >/dev/null || skip "no mkfs.erofs"
	mkdir root && cp k root
	mkfs.erofs e root >/dev/null 2>&1
	recognised e EROFS
	spoilt e 1034
}

@test "what is no format" {
	run "$IMAGEMK" check d
	[ "$status" = 1 ]
	run "$IMAGEMK" check empty
	[ "$status" = 1 ]
}

@test "mkh3cimg" {
	facts mkh3cimg
	"$IMAGEMK" tool mkh3cimg -p 7 -d 3 -i k -o out
	recognised out "H3C image"
	spoilt out 7000
	spoilt out 30
}

@test "mkh3cvfs" {
	facts mkh3cvfs
	"$IMAGEMK" tool mkh3cvfs -f name -i k -o out
	recognised out "H3C file system"
	grep -q "name, 65535 bytes" said
	spoilt out 21
}

@test "nec-enc" {
	facts nec-enc
	"$IMAGEMK" tool nec-enc -i k -o out -k key
	"$IMAGEMK" tool nec-enc -i out -o back -k key
	cmp back k
}

@test "nec-usbatermfw" {
	facts nec-usbatermfw
	"$IMAGEMK" tool nec-usbatermfw out -t AB -d k -d d
	recognised out "NEC Aterm"
	spoilt out 5000
}

@test "usign, and verifying what it signed" {
	facts usign
	[ "$("$IMAGEMK" tool usign -F -s key)" = "$("$IMAGEMK" tool usign -F -p key.pub)" ]
	[ "$("$IMAGEMK" tool usign -F -s key)" = ad4f18d7e1a613da ]
	"$IMAGEMK" tool usign -S -m k -s key -x out
	cp key.pub ad4f18d7e1a613da
	[ "$("$IMAGEMK" tool usign -V -m k -p key.pub -x out 2>&1)" = OK ]
	[ "$("$IMAGEMK" tool usign -V -m k -P . -x out 2>&1)" = OK ]
	run "$IMAGEMK" tool usign -V -m d -p key.pub -x out
	[ "$status" -eq 1 ]
	[ "$output" = 'verification failed' ]
	recognised out "usign file"
	recognised key "usign file"
	sed '2s/.\{6\}$/AAAAAA/' key >spoilt
	run "$IMAGEMK" check spoilt
	[ "$status" -eq 1 ]
}

@test "ucert: a signature is appended, and found again" {
	facts ucert
	"$IMAGEMK" tool usign -S -m k -s key -x k.sig
	"$IMAGEMK" tool usign -S -m d -s key -x d.sig
	rm -f out
	for f in k d; do
		run "$IMAGEMK" tool ucert -A -c out -x $f.sig
		[ "$status" -eq 1 ] # its own
	done
	recognised out "ucert chain"
	[ "$("$IMAGEMK" check out | grep -c 'signature: usign file')" -eq 2 ]
}

@test "iptime-crc32" {
	facts iptime-crc32
	"$IMAGEMK" tool iptime-crc32 ax2004m k out
	recognised out ipTIME
	spoilt out 5000
}

@test "crc32sum" {
	facts crc32sum
	[ "$("$IMAGEMK" tool crc32sum k)" = "$(gzip -c k | tail -c 8 | od -An -tx4 -N 4 | tr -d ' ')" ]
}

# has NAME MARK...: PATH has a program NAME that has these texts and no more ("imagemk": it is us)
has() {
	local name=$1
	shift
	mkdir -p bin-1
	{ printf '\177ELF\0' && printf '%s\0' "$@"; } >"bin-1/$name"
	chmod +x "bin-1/$name"
	PATH=$PWD/bin-1:$PATH
}

@test "img2simg" {
	has img2simg imagemk
	facts img2simg
	"$IMAGEMK" tool img2simg mixed out
	recognised out 'Android sparse image'
	spoilt out 20
	mke2fs -q -t ext4 ext4 2M
	"$IMAGEMK" tool img2simg ext4 out
	[ "$(stat -c %s out)" -lt 1000000 ]
	"$IMAGEMK" check out | grep -q 'image: ext file system'
}

@test "img2simg as the one that the tree has" {
	head -c 4096 k >whole
	has img2simg 'Usage: img2simg <raw'
	"$IMAGEMK" tool img2simg whole out
	run "$IMAGEMK" tool img2simg one out2 # how that one counts is not known
	[ "$status" -gt 0 ]
	has img2simg 'Usage: img2simg [-s] <raw' libsparse.so.0
	"$IMAGEMK" tool img2simg one out2
	run "$IMAGEMK" tool img2simg nosuch out2
	[ "$status" -eq 1 ] # of Debian 13; the older ones say 255
}

@test "mkbootimg" {
	has mkbootimg imagemk
	facts mkbootimg
	"$IMAGEMK" tool mkbootimg --kernel k --ramdisk d --cmdline 'a b' -o out
	recognised out 'Android boot image'
	"$IMAGEMK" check out | grep -q 'command line  *a b'
	spoilt out 5000
	"$IMAGEMK" tool mkbootimg --kernel k --header_version 2 --dtb d --second d -o out
	recognised out 'header version  *2'
	spoilt out 70000
	rm out # Debian 12's has no version 4, and would say so itself
	if "$IMAGEMK" tool mkbootimg --kernel k --header_version 4 -o out || [ -e out ]; then false; fi
}

@test "mkbootimg as the program that the tree has" {
	has mkbootimg '--hashtype <sha1(default)|sha256>' 'kernel commandline too large' \
		"could not load recovery dtbo '%s'"
	facts mkbootimg-2020.05
	has mkbootimg '--hashtype <sha1(default)|sha256>' 'kernel cmdline too large' \
		'vendor cmdline too large' "unknown argument '%s'"
	facts mkbootimg-2021.08
	has mkbootimg '--hashtype <sha1(default)|sha256>'
	run "$IMAGEMK" tool mkbootimg --kernel k -o out # one that is not known is started
	[ "$status" -gt 1 ]
}

@test "mkbootimg as the script that is installed" {
	real=$(command -v mkbootimg) || skip "there is none"
	sed -n 's/^0|\([^|]*|[^|]*\)|.*/\1/p' "$here/firmware/mkbootimg.facts" >lines
	"$here/firmware/run-facts" --make "$real" <lines >real.facts
	"$here/firmware/run-facts" --make "$IMAGEMK" tool mkbootimg <lines >ours.facts
	diff real.facts ours.facts
}

@test "wndr3700" {
	facts wndr3700
	"$IMAGEMK" tool mkimage -A mips -T kernel -C none -n x -d k uimage >/dev/null
	"$IMAGEMK" tool wndr3700 uimage out 3800
	recognised out uImage
	"$IMAGEMK" check out | grep -q 'magic  *0x33383030'
}

@test "mkdir615h1" {
	facts mkdir615h1
	"$IMAGEMK" tool mkdir615h1 -e k -o out -z
	recognised out 'Senao image'
	spoilt out 5000
	"$IMAGEMK" tool mkdir615h1 -d out -o back
	cmp back k
}

@test "airlink" {
	facts airlink
	"$IMAGEMK" tool airlink -e -b 1 k d out >/dev/null
	recognised out 'AR525W image'
	[ "$("$IMAGEMK" check out | grep -c good)" -eq 3 ]
	spoilt out 5000
}

@test "wrt350nv2-builder" {
	facts wrt350nv2-builder
	"$IMAGEMK" tool mkimage -A arm -T kernel -C none -n x -d k uimage >/dev/null
	{ cat uimage && head -c $((0x650000)) /dev/zero; } >flash
	"$IMAGEMK" tool wrt350nv2-builder -b par
	recognised wrt350n.bin 'Linksys WRT350N v2 flash'
	spoilt wrt350n.bin 7800000
	"$IMAGEMK" tool wrt350nv2-builder -z k out
	recognised out 'WRT350N v2 image'
	spoilt out 5000
	# bytes by chance are the same each time
	part "\x27\x05\x19\x56" $((0x300000)) >flash
	"$IMAGEMK" tool wrt350nv2-builder -b par | grep -q 'adding 0x00340000 random bytes'
	mv wrt350n.bin first
	"$IMAGEMK" tool wrt350nv2-builder -b par
	cmp wrt350n.bin first
	[ "$(tail -c +$((0x300001)) first | head -c $((0x340000)) | gzip | wc -c)" -gt $((0x33ffff)) ]
}

@test "iptime-naspkg" {
	facts iptime-naspkg
	"$IMAGEMK" tool iptime-naspkg nas1 k out
	recognised out "NAS package"
	spoilt out 5000
}

@test "mkwrgimg" {
	facts mkwrgimg
	"$IMAGEMK" tool mkwrgimg -i k -d /dev/mtdblock/2 -s wrgn23 -o out
	recognised out WRG
	spoilt out 5000
}

@test "mkwrggimg" {
	facts mkwrggimg
	"$IMAGEMK" tool mkwrggimg -b -i d -d a -s x -m m -v v -B b -o out
	recognised out WRGG
	"$IMAGEMK" tool mkwrggimg -b -i even -d a -s x -m m -v v -B b -o out
	recognised out WRGG
	spoilt out 5000
}

@test "mkdapimg" {
	facts mkdapimg
	"$IMAGEMK" tool mkdapimg -s RT3052-AP-DAP1350-3 -v 1 -i k -o out
	recognised out "DAP image"
	spoilt out 5000
}

@test "add_header" {
	facts add_header
}

@test "mkbuffaloimg" {
	facts mkbuffaloimg
	"$IMAGEMK" tool mkbuffaloimg -B WZR -R 1 -K 2 -i k -o out
	recognised out "Buffalo image with a text header"
	spoilt out 5000
}

@test "mkcameofw" {
	facts mkcameofw
	"$IMAGEMK" tool mkcameofw -M RT3052 -S SIG -V 1.00 -k k -r d -o out
	recognised out Cameo
	spoilt out 5000
	"$IMAGEMK" tool mkcameofw -M m -S s -V v -c -k even -K 1000 -o out
	recognised out Cameo
}

@test "mkzcfw" {
	facts mkzcfw
	"$IMAGEMK" tool mkzcfw -B ZCN-1523H-2-8 -k k -r d -o out
	recognised out ZCOM
	spoilt out 5000
	spoilt out 65700
}

@test "srec2bin" {
	facts srec2bin
	"$IMAGEMK" tool srec2bin s1 out
	recognised out S-records
	spoilt out 20
}

@test "wrt400n" {
	facts wrt400n
	"$IMAGEMK" tool wrt400n k d out
	recognised out WRT400N
	spoilt out 5000
}

@test "mkdapimg2" {
	facts mkdapimg2
	"$IMAGEMK" tool mkdapimg2 -s DAP -v 1 -i k -o out
	recognised out "DAP image"
	spoilt out 5000
}

@test "motorola-bin" {
	printf 'ten bytes.' >bad; { printf '\335\250\060\227\020\127\160\120'; printf x; } >bad2
	facts motorola-bin
	"$IMAGEMK" tool motorola-bin -1 k out
	recognised out Motorola
	spoilt out 5000
	"$IMAGEMK" tool motorola-bin --strip out back
	cmp back k
}

@test "patch-cmdline and patch-dtb" {
	facts patch-cmdline
	facts patch-dtb
}

@test "dgn3500sum" {
	facts dgn3500sum
	cp k out && "$IMAGEMK" tool dgn3500sum out 0 DE
	recognised out DGN3500
	spoilt out 5000
}

@test "edimax_fw_header" {
	facts edimax_fw_header
	"$IMAGEMK" tool edimax_fw_header -m BR -n uImage -i k -o out
	recognised out Edimax
	spoilt out 5000
	spoilt out 60
}

@test "mkbrncmdline" {
	facts mkbrncmdline
}

@test "mkbrnimg" {
	{ printf '\135\0\0\200'; cat k; } >lz; head -c 1012 lz >lz1; head -c 1013 lz >lz2
	facts mkbrnimg
	"$IMAGEMK" tool mkbrnimg -o out lz d
	recognised out BRN
	spoilt out 5000
}

@test "jcgimage" {
	"$IMAGEMK" tool mkimage -A mips -O linux -T kernel -C none -n x -d k u >/dev/null
	facts jcgimage
	"$IMAGEMK" tool jcgimage -u u -o out
	recognised out "JCG image"
	tail -c +513 out >inner
	recognised inner "data CRC"
	spoilt out 105
	spoilt out 5000
}

@test "mkrasimage" {
	facts mkrasimage
	"$IMAGEMK" tool mkrasimage -b NBG6617 -v V1 -k k -r d -s 2000 -o out
	recognised out RAS
	spoilt out 66000
	spoilt out 70000
}

@test "fix-u-media-header" {
	"$IMAGEMK" tool mkimage -A mips -O linux -T kernel -C none -n 12345678901234567890123456789012 -d k u >/dev/null; { head -c 63 u; printf x; tail -c +65 u; } >bad
	facts fix-u-media-header
	"$IMAGEMK" tool fix-u-media-header -i u -o out -T 70 -B 1
	recognised out uImage
	spoilt out 5000
}

@test "lxlfw" {
	facts lxlfw
	"$IMAGEMK" tool lxlfw create out -b ABR-4500 -i k
	recognised out Luxul
	spoilt out 11
}

@test "sign_dlink_ru" {
	facts sign_dlink_ru
	cp k out && "$IMAGEMK" tool sign_dlink_ru out d1e2f3 00 >/dev/null
	recognised out.new "D-Link Russia"
}

@test "bcm4908kernel" {
	facts bcm4908kernel
	"$IMAGEMK" tool bcm4908kernel -i k -o out
	recognised out "BCM4908 kernel"
}

@test "bcm4908img" {
	facts bcm4908img
	"$IMAGEMK" tool bcm4908img create out -f even -a 0x10000 -f k
	recognised out "Broadcom BCM4908"
	spoilt out 5000
}

@test "bcm4908asus" {
	{ cat d; fill 64 | tr R '\377'; printf '\052\270\235\2461234567890123456'; } >i
	facts bcm4908asus
	"$IMAGEMK" tool bcm4908asus create -i i -o out -p X
	recognised out "Asus's tail"
}

@test "asusuimage" {
	"$IMAGEMK" tool mkimage -A arm64 -O linux -T kernel -C none -n x -d k u >/dev/null; "$IMAGEMK" tool mkimage -A arm64 -O linux -T multi -C none -n x -d k:d m >/dev/null; cat u d >ud
	facts asusuimage
	"$IMAGEMK" tool asusuimage -i u -o out -n RT-AX53U
	recognised out "Asus tail"
	spoilt out 5000
	spoilt out 65610
}

@test "mkmylofw" {
	facts mkmylofw
	"$IMAGEMK" tool mkmylofw -B WPE72 -p 0x30000:0x660000:al:0x80060000:a:k out
	recognised out MyLoader
	spoilt out 5000
}

@test "mkmerakifw" {
	facts mkmerakifw
	"$IMAGEMK" tool mkmerakifw -B mr18 -s -i k -o out
	recognised out Meraki
	spoilt out 5000
}

@test "mkmerakifw-old" {
	facts mkmerakifw-old
	"$IMAGEMK" tool mkmerakifw-old -B z1 -i k -o out
	recognised out Meraki
	spoilt out 5000
}

@test "oseama" {
	facts oseama
	"$IMAGEMK" tool oseama entity out -m a=b -f k -b 0x20000
	recognised out SEAMA
	spoilt out 5000
}

@test "dns313-header" {
	facts dns313-header
	"$IMAGEMK" tool dns313-header k out >/dev/null
	recognised out DNS-313
	spoilt out 5000
	spoilt out 82
}

@test "encode_crc" {
	facts encode_crc
}

@test "linksys-addfwhdr" {
	facts linksys-addfwhdr
	"$IMAGEMK" tool linksys-addfwhdr -i k -o out >/dev/null
	recognised out CHDR
	spoilt out 5000
}

@test "mkheader_gemtek" {
	head -c $((0x340000)) full >most; head -c $((0x340001)) full >toobig
	facts mkheader_gemtek
	"$IMAGEMK" tool mkheader_gemtek k out wrt100 >/dev/null
	recognised out Gemtek
	spoilt out 5000
}

@test "cros-vbutil" {
	facts cros-vbutil
	"$IMAGEMK" tool cros-vbutil -k k -c "root=x" -o out
	recognised out "Chromium OS"
	spoilt out 70000
	spoilt out 1250
}

@test "mkhilinkfw" {
	"$IMAGEMK" tool mkimage -A mips -O linux -T kernel -C none -n x -d k u >/dev/null; cat u d >ud; "$IMAGEMK" tool mkhilinkfw -e -i u -o enc
	facts mkhilinkfw
	"$IMAGEMK" tool mkhilinkfw -e <ud >out
	recognised out HILINK
	"$IMAGEMK" tool mkhilinkfw -d -i out | cmp - u
}

@test "mkqdimg" {
	head -c 196609 full >bigloader
	facts mkqdimg
	"$IMAGEMK" tool mkqdimg -B x -f k -o out
	recognised out Qding
	spoilt out 5000
}

@test "mkrtn56uimg" {
	"$IMAGEMK" tool mkimage -A mips -O linux -T kernel -C none -n 12345678901234567890123456 -d d u >/dev/null; { cat u; printf 'hsqs%036d\350\003\0\0\0\0\0\0' 0; head -c 64423 full; } >i
	facts mkrtn56uimg
	cp i out && "$IMAGEMK" tool mkrtn56uimg -f out
	recognised out uImage
	spoilt out 5000
}

@test "nosimg-enc" {
	facts nosimg-enc
	"$IMAGEMK" tool nosimg-enc -i k -o out
	"$IMAGEMK" tool nosimg-enc -d -i out -o back
	cmp back k
}

@test "trx2edips" {
	"$IMAGEMK" tool trx -o t -f d -f one -a 1024 -f k; "$IMAGEMK" tool trx -o t2 -f d -f d -f one
	facts trx2edips
	"$IMAGEMK" tool trx2edips t out
	recognised out PS16
	spoilt out 5000
}

@test "trx2usr" {
	"$IMAGEMK" tool trx -o t -f k; "$IMAGEMK" tool trx -o t2 -f one
	facts trx2usr
	"$IMAGEMK" tool trx2usr t out
	recognised out Robotics
	spoilt out 5000
}

@test "zynsig" {
	facts zynsig
	"$IMAGEMK" tool zynsig -i k -o out
	recognised out ZyNOS
	spoilt out 5000
}

@test "mkplanexfw" {
	head -c $((0x770000)) full >most; head -c $((0x770001)) full >toobig
	facts mkplanexfw
	"$IMAGEMK" tool mkplanexfw -B MZK-W04NU -i k -o out
	recognised out Planex
	spoilt out 5000
}

@test "zyxbcm" {
	{ printf '6\0\0\0%090d' 1; printf '3217096704\0\0%08d\0\0%012d' 22 33; printf '1048576\0\0\0%0118d' 5; cat k; } >t; head -c 255 t >t255
	facts zyxbcm
	"$IMAGEMK" tool zyxbcm -i t -o out
	"$IMAGEMK" tool zyxbcm -o out2 <t
	cmp out out2
}

@test "spw303v" {
	head -c 255 k >t255
	facts spw303v
}

@test "mkzynfw" {
	head -c 65488 k >most; head -c 65489 k >toobig
	facts mkzynfw
	"$IMAGEMK" tool mkzynfw -B XS1930-10 -b d -r k:0x10000 -o out
	recognised out ZyNOS
	spoilt out 500
}

@test "xiaomifw" {
	facts xiaomifw
	"$IMAGEMK" tool xiaomifw create out -m r3 -b ::version:one -b 0x160000:uimage2:fw:k
	recognised out Xiaomi
	grep -q 'fw, 65535 bytes at 100' said
	spoilt out 5000
	"$IMAGEMK" tool xiaomifw extract -i out -n fw | cmp - k
	run "$IMAGEMK" check far
	[[ $status = 1 && $output == *"blob 0 is out of the file"* ]]
	run "$IMAGEMK" check short
	[[ $status = 1 && $output == *"says 9 bytes, there are 4"* ]]
}

@test "mkcasfw" {
	fill $((61 << 16)) >casmost
	fill $(((61 << 16) + 1)) >cas1
	fill $((52 << 16)) >nfsmost
	fill $(((52 << 16) + 1)) >nfs1
	facts mkcasfw
	"$IMAGEMK" tool mkcasfw -B DCS-950 -K k out
	recognised out Cellvision
	grep -q DCS-950 said
	spoilt out 5000
}

@test "mkzyxelzldfw" {
	facts mkzyxelzldfw
	"$IMAGEMK" tool mkzyxelzldfw -v 1 -b 1 -m NWA -d 1 -i d -t core -x zldfs -r 1 -i k -t kernel -x kernel -r 1 out
	recognised out "ZyXEL ZLD"
	for at in 40 600 700 5000; do
		spoilt out $at
	done
	# dates are of the zone that is set
	TZ=UTC-5 "$IMAGEMK" tool mkzyxelzldfw -v 1 -b 1 -m x -d 1 -i k -t kernel -x k -r 1 out
	grep -aq '2020-03-01 04:59:58' out
}

@test "hcsmakeimage" {
	facts hcsmakeimage
	"$IMAGEMK" tool hcsmakeimage --magic_bytes=0xa825 --rev_maj=5 --rev_min=1 --input_file=k --output_file=out >/dev/null
	recognised out "Broadcom cable modem"
	grep -q '0xa825' said
	spoilt out 5000
	# what the tool's memory would have held
	[ -z "$(head -c 84 out | tail -c +22 | tr -d '\0')" ]
}

@test "fiptool" {
	facts fiptool
	"$IMAGEMK" tool fiptool create --soc-fw d --nt-fw k out
	recognised out "Firmware Image Package"
	grep -q 'nt-fw  *65535 bytes at 1137' said
	head -c 2000 out >bad
	run "$IMAGEMK" check bad
	[[ $status = 1 && $output == *"nt-fw is out of the file"* ]]
}

@test "sdimage" {
	facts sdimage
}

@test "kernel2minor" {
	facts kernel2minor
	"$IMAGEMK" tool kernel2minor -k k -r out -s 1024 -e >/dev/null
	recognised out "MikroTik yaffs2"
	grep -q '64 chunks' said
	spoilt out $((3 * 1040 + 1024 + 11))
	"$IMAGEMK" tool kernel2minor -k k -r out -s 2048 -e -c >/dev/null
	recognised out "MikroTik yaffs2"
	grep -q NAND said
}

@test "osbridge-crc" {
	facts osbridge-crc
}

@test "sks7300-img" {
	{ printf '\135\0\0\200'; cat k; } >lz; head -c 13 lz >lz13; { printf '\136\0\100\200'; cat even; } >lz2
	facts sks7300-img
	"$IMAGEMK" tool sks7300-img -i lz -o out -n x -v 1
	recognised out SKS7300
	spoilt out 5000
	spoilt out 120
}

@test "pc1crypt" {
	facts pc1crypt
	"$IMAGEMK" tool pc1crypt -i k -o out
	"$IMAGEMK" tool pc1crypt -d -i out -o back
	cmp back k
}

@test "nand_ecc" {
	facts nand_ecc
}

@test "dgfirmware" {
	{ head -c $((0x3dffbd)) full; printf 'DG834G\0%012d' 0; head -c 48 k; } >dg; head -c $((0x30ffb2)) k >most; head -c $((0x30ffb3)) full >toobig; head -c $((0x3e0000)) dg >i
	facts dgfirmware
}

@test "makeamitbin" {
	head -c 1000 d >e
	facts makeamitbin
	"$IMAGEMK" tool makeamitbin -o out linux even ramdisk e
	recognised out AMIT
	spoilt out 5000
	spoilt out 65620
}

@test "mktitanimg" {
	facts mktitanimg
	"$IMAGEMK" tool mktitanimg -o out -i k d -a 0x10000 0x10000 -h 2 >/dev/null
	recognised out Titan
	spoilt out 20000
}

@test "mkcsysimg" {
	head -c 32768 k >most; head -c 32769 k >toobig
	facts mkcsysimg
	"$IMAGEMK" tool mkcsysimg -B BR-6104K -r k out
	recognised out CSYS
	spoilt out 5000
}

@test "files that a tool makes with a mode of its own have it, less the umask" {
	# as firmware-utils (d21804a) makes them; an existing file keeps its mode
	umask 022
	head -c 3000 /dev/zero >in
	rm -f one two
	"$IMAGEMK" tool dns313-header in one >/dev/null
	"$IMAGEMK" tool linksys-addfwhdr -i in -o two >/dev/null
	[ "$(stat -c %a one two | tr '\n' ' ')" = "740 600 " ]
	chmod 604 one
	"$IMAGEMK" tool dns313-header in one >/dev/null
	[ "$(stat -c %a one)" = 604 ]
	umask 077
	rm one
	"$IMAGEMK" tool dns313-header in one >/dev/null
	[ "$(stat -c %a one)" = 700 ]
}

# The scripts of a tree that image rules call: noted facts of the scripts themselves, whose digest each file names.
@test "cfe-bin-header" {
	facts cfe-bin-header
}

@test "cfe-partition-tag" {
	facts cfe-partition-tag
}

@test "cfe-wfi-tag" {
	facts cfe-wfi-tag
	"$IMAGEMK" tool cfe-wfi-tag --input-file k --output-file out --version 0x5732 --chip-id 0x6362 --flash-type 3
	recognised out 'whole flash image'
	"$IMAGEMK" check out | grep -q BCM6362
	spoilt out 5000
}

@test "slugimage" {
	facts slugimage
	"$IMAGEMK" tool slugimage -L one -k beyond -r d -p -o out >said
	[ "$(grep -c '^Wrote' said)" -eq 7 ]
	recognised out NSLU2
	grep -q 'Kernel, 1179648 bytes at 0x80000' said
	head -c $((0x7e0210)) out >bad
	printf '\177' >>bad
	tail -c +$((0x7e0212)) out >>bad
	run "$IMAGEMK" check bad
	[[ $status = 1 && $output == *"Loader is out of the flash"* ]]
}

@test "aruba-header" {
	facts aruba-header
	"$IMAGEMK" tool aruba-header k out 'a build' 25.12 OpenWrt boot cardhu
	recognised out 'Aruba APBoot'
	grep -q 'machine.*CARDHU' said
	spoilt out 5000
	head -c 5000 out >bad
	run "$IMAGEMK" check bad
	[[ $status = 1 && $output == *BAD* ]]
}

@test "brcmImage" {
	facts brcmImage
	"$IMAGEMK" tool brcmImage -t -p -k k -r d -o out
	recognised out 'Broadcom CFE'
	spoilt out 5000
	"$IMAGEMK" tool brcmImage -k k -r d -o out
	recognised out 'Broadcom CFE'
	spoilt out 5000
}

@test "redboot-script" {
	facts redboot-script
}

@test "srecimage" {
	facts srecimage
	"$IMAGEMK" tool srecimage k out 0x80001000
	recognised out 'Motorola S-records'
	grep -q 'address.*0x80001000' said
	grep -q 'data.*65535 bytes' said
	spoilt out 5001
}

@test "mkimg_sitecom" {
	facts mkimg_sitecom
	"$IMAGEMK" tool mkimg_sitecom d >out
	recognised out 'Sitecom CSYS'
	spoilt out 600
}

@test "mkdcs932" {
	facts mkdcs932
}

@test "mktplinkfw-kernel" {
	facts mktplinkfw-kernel
	"$IMAGEMK" tool mktplinkfw-kernel -L 0x80060000 -E 0x80060000 -k k -o out 2>/dev/null
	recognised out 'TP-Link v1'
}

@test "sercomm-partition-tag" {
	facts sercomm-partition-tag
	"$IMAGEMK" tool sercomm-partition-tag --input-file k --output-file one.tag --part-name kernel --part-version 1
	"$IMAGEMK" tool sercomm-partition-tag --input-file d --output-file two.tag --part-name lib --part-version 2
	cat one.tag two.tag >out
	recognised out 'Sercomm partitions'
	[ "$("$IMAGEMK" check out | grep -c '^  partition ')" -eq 2 ]
	head -c 66000 out >cut
	run "$IMAGEMK" check cut
	[ "$status" -eq 1 ]
}

@test "sercomm-payload" {
	facts sercomm-payload
	facts sercomm-payload-old
}

@test "sercomm-pid" {
	facts sercomm-pid
	facts sercomm-pid-old
}

@test "sercomm-kernel-header" {
	facts sercomm-kernel-header
	facts sercomm-kernel-header-old
	"$IMAGEMK" tool sercomm-kernel-header --kernel-image k --kernel-offset 0x400100 --rootfs-offset 0x1000000 --output-header out
	cat k >>out
	recognised out 'Sercomm kernel header'
	"$IMAGEMK" check out | grep -q '65535 bytes for 0x400100'
	spoilt out 300
}

# openssl encrypts with the key that ours made, check decrypts.
@test "sercomm-crypto" {
	facts sercomm-crypto
	"$IMAGEMK" tool sercomm-crypto --input-file d --key-file key --output-file out --version 1 >stdout
	openssl enc -aes-256-cbc -in d -out d.enc -K "$(cat key)" -iv 00000000000000000000000000000000
	cat d.enc >>out
	"$IMAGEMK" check out | grep -q '1001 bytes by its key'
	head -c 1152 out >cut
	run "$IMAGEMK" check cut
	[ "$status" -eq 1 ]
}

# The time of the clock and the CRC of the header are no facts; check has the CRC. The rest is the script's,
# SHA-256 142c81c1c34c29a0633e0c17f0e2f0db8a9c8d2327989dd17107c1dd699a0031, with these eight bytes as NULs.
@test "belkin-header" {
	local n=0 in family model want
	while read -r in family model want; do
		"$IMAGEMK" tool belkin-header "$in" out "$family" "$model"
		recognised out 'Belkin switch image'
		printf '\0\0\0\0\0\0\0\0' | dd of=out bs=1 seek=4 conv=notrunc 2>dd.err
		[ "$(sha256sum <out)" = "$want  -" ] || { echo "$in $family $model"; return 1; }
		n=$((n + 1))
	done <<-'E'
		k 0x07800001 BKS-RTL83xx b599f25de7a5754d47f0e54986f6ac87bb6bde0ad77314be6849b3806c03aaee
		one 0 abcd 2b3e3d1742b9085f7174a1a325122903f970ac8106ac3ad8d65982dd032ccf20
		empty 4294967295 A 05aba98636d6ab6ecbe7252b3909d2cb0a026ae3611df41f33765a6d8717f5b0
		even 0x07600001 zyxwvutsrqponmlkjihg 4b852c3e0d2e086239a000d67fa798bceda7e190d8e0c38dd0160f4d29444145
		d 7 a-Z09 83d208677a52edd2b9e9059ecd62c93f4d852f35513435fd30215b3014be1780
	E
	[ "$n" -eq 5 ]
	"$IMAGEMK" tool belkin-header k out 0x07800001 BKS-RTL83xx
	"$IMAGEMK" check out | grep -q 'BKS-RTL83xx'
}

@test "tplink-mkimage-2022" {
	facts tplink-mkimage-2022
	"$IMAGEMK" tool tplink-mkimage-2022 --create out --rootfs k --support 'List:\r\n{one}\r\n'
	recognised out 'TP-Link 2022 image'
	"$IMAGEMK" check out | grep -q '{one}'
	spoilt out 7000
}

@test "netgear-encrypted-factory" {
	facts netgear-encrypted-factory
	facts netgear-encrypted-factory-old
	"$IMAGEMK" tool netgear-encrypted-factory --input-file d --output-file out --model M --region R --version V1.0.0.0 \
		--encryption-block-size 16 --openssl-bin x --key "$(printf '%064d' 7)" --iv "$(printf '%032d' 7)"
	recognised out 'NETGEAR encrypted image'
	spoilt out 600
}

@test "moxa-encode-fw" {
	facts moxa-encode-fw
	"$IMAGEMK" tool moxa-encode-fw --input k --output out --magic 7 --hwid 1 --buildid 0
	recognised out 'MOXA firmware'
	"$IMAGEMK" check out | grep -q 'kernel, 65535 bytes'
	spoilt out 600
}

@test "cameo-tag" {
	facts cameo-tag
}

@test "cameo-imghdr" {
	facts cameo-imghdr
	"$IMAGEMK" tool cameo-imghdr k one.img DGS-1210 os 1 1 32 0x80100000
	"$IMAGEMK" tool cameo-imghdr d two.img DGS-1210 squashfs 2 1 32
	cat one.img two.img >out
	recognised out 'Cameo switch update'
	"$IMAGEMK" check out | grep -q 'squashfs, 1001 bytes for partition 2'
	spoilt out 600
}

@test "netgear-fit-padding" {
	facts netgear-fit-padding
}

# What a script would complain of is declined: nothing is written, and the script itself is to say it.
@test "a script's errors are the script's" {
	local line n=0
	while read -r line; do
		# shellcheck disable=SC2086 # words
		status=0
		"$IMAGEMK" tool $line 2>err || status=$?
		[ "$status" -eq 127 ] || { echo "$line: $status"; return 1; }
		[ ! -e out ]
		n=$((n + 1))
	done <<-'E'
		cfe-bin-header --output-file out
		cfe-bin-header --input-file nowhere --output-file out
		cfe-bin-header --input-file k --output-file out --load-addr 010
		cfe-bin-header --input-file k --output-file out --load-addr 0x100000000
		cfe-bin-header --input-file k --output-file out --load-addr -1
		cfe-bin-header --input k --output-file out
		cfe-bin-header --input-file k --output-file out more
		cfe-partition-tag --input-file k --output-file out --flags 65536 --id 1 --name a --version b
		cfe-partition-tag --input-file k --output-file out --flags 1 --id 0 --name a --version b
		cfe-wfi-tag --input-file k --output-file out --version 1 --chip-id 1
		sercomm-partition-tag --input-file k --output-file out --part-name ü --part-version 1
		sercomm-payload --input-file k --output-file out --pid abc
		sercomm-payload-old --input-file k --output-file out --pid-file d
		sercomm-pid --hw-version 1 --sw-version 1 --pid-file out --extra-padding-size 1
		sercomm-pid-old --hw-version 1 --sw-version 1 --pid-file out
		sercomm-kernel-header --kernel-image k --kernel-offset 0xffffffff --rootfs-offset 1 --output-header out
		sercomm-crypto --input-file k --output-file out --version 1
		belkin-header k out 1 a_b
		belkin-header k out 1 xxxxxxxxxxxxxxxxxxxxx
		belkin-header k k 1 a
		tplink-mkimage-2022 --info k
		tplink-mkimage-2022 --create out --rootfs k
		netgear-encrypted-factory --input-file k --output-file out --model M --region R --version V1
		moxa-encode-fw --input k --output out --magic 0x10000000000000000 --hwid 1 --buildid 0
		cameo-tag d 1001
		cameo-tag d 0x10
		cameo-tag one 0
		cameo-imghdr k out abcdefghijklmnopqrstu os 1 1 1 0x1
		cameo-imghdr k out m os 1 1 1
		cameo-imghdr k out m os 10 1 1 0x1
		netgear-fit-padding k
		netgear-fit-padding one x
		aruba-header k out b v o os
		aruba-header k out b v o os nothing
		aruba-header k out b v o other x4
		aruba-header nowhere out b v o os x4
		aruba-header k out b 123456789012345678901234 o os x4
		aruba-header k out b v 12345678901234567890123456789012 os x4
		brcmImage -k k -r nowhere -o out
		brcmImage -k k -o out
		brcmImage -k k -r 0 -o out
		brcmImage -tp -k k -r d -o out
		brcmImage -p -s 0 -k k -r d -o out
		brcmImage -k k -r d -o out -a 1x
		redboot-script -k nowhere -r one -o out
		redboot-script -k one -o out
		redboot-script -k one -r one -o out -t x
		srecimage nowhere out 0
		srecimage d out 0y1
		srecimage d out 0x123456789
		srecimage d out
		mkimg_sitecom nowhere
		mkimg_sitecom
		slugimage -L one -k full -r one -p -o out
		slugimage -L one -k k -r one -p
		slugimage -L one -k k -r rootfs:one -p -o out
		slugimage -F -L one -k k -r one -p -o out
	E
	[ "$n" -eq 57 ]
	[ ! -e k.new ]
}

# OPENWRT_TREE=TREE: the tree's own scripts are known, and give what the facts say.
@test "a tree's scripts" {
	[ -n "${OPENWRT_TREE:-}" ] || skip "OPENWRT_TREE= names no tree"
	local file sum name script n=0
	for file in "$here"/firmware/*.facts; do
		read -r _ sum < <(sed -n '2s/^# \([0-9a-f]\{64\}\)$/x \1/p' "$file") || continue
		name=$(sed -n "1s/^# OpenWrt's \([^,]*\),.*/\1/p" "$file")
		for script in "$OPENWRT_TREE"/scripts/"$name" "$OPENWRT_TREE"/target/linux/*/image/"$name"; do
			[ -e "$script" ] && [ "$(sha256sum <"$script")" = "$sum  -" ] || continue
			[ ! -e "${file%.facts}.inputs" ] || . "${file%.facts}.inputs"
			"$here/firmware/run-facts" "$file" "$script"
			"$here/firmware/run-facts" "$file" "$IMAGEMK" tool sh -c "$script \"\$@\"; exit \$?" sh
			n=$((n + 1))
		done
	done
	[ "$n" -gt 0 ]
}

@test "no file of facts or cases is forgotten" {
	for file in "$here"/firmware/*.facts "$here"/firmware/*.cases; do
		name=${file##*/}
		grep -qE "^	(facts|against) ${name%.*}\$" "$BATS_TEST_FILENAME" || { echo "no @test runs $name"; return 1; }
	done
}
