# SPDX-License-Identifier: GPL-2.0-only
"""Command lines of the firmware tools that Debian has: mkimage, mkenvimage, ubinize."""
import re
import struct
import zlib

from applet_text import some

PLACES = "/usr/bin:/bin:/usr/sbin"


def lay_inputs(r, case):
    noise = r.randbytes(6000)
    sizes = {"k": r.choice([4096, 5000, 5001, 6000]), "d": r.randint(1, 300), "one": 1, "even": 1024}
    case.files.update((name, noise[:n]) for name, n in sizes.items())
    case.files.update({"empty": b"", "xip": b"\xff" * r.choice([63, 64, 64, 200]) + noise[:r.randint(0, 90)], "dir": None,
                       "text": b"setenv bootargs console=ttyS0\nboot\n", "with space": b"blank\n"})
    case.env.update(PATH=PLACES)
    if r.random() < .9:
        case.env["SOURCE_DATE_EPOCH"] = r.choice(["1700000000"] * 8 + ["0", "1", "4294967295", "4294967296", "12345678901", "x", "17 ", "-1", "0x10"])


def address(r):
    return r.choice(["80060000", "0x80060000", "0", "1000", "0X10", "fffffff0", "ffffffff", "100000000", "-1", "-10", " 20", "+5", "", "x", "0x",
                     "10q", "1 ", "123456789abcdef0", "ffffffffffffffffff"][:r.choice([4, 4, 4, 19])])


def option(r, short, name, value):
    """An option with its value, in one of the ways that getopt_long takes."""
    return r.choice([["-" + short, value]] * 4 + [["-" + short + value] if value else ["-" + short, value], ["--" + name, value], ["--" + name + "=" + value]])


def data_files(r):
    names = ["k", "d", "one", "even", "k", "d", "xip", "text", "with space", "empty", "./k", "none", "", "dir/x", "k/", "none"]
    one = r.choice(names[:r.choice([5, 5, 8, 16])])
    return one if r.random() < .5 else ":".join([one] + [r.choice(names[:r.choice([5, 5, 16])]) for _ in range(r.randint(1, 4))])


ARCH = ["mips", "arm", "arm64", "ppc", "powerpc", "x86", "x86_64", "riscv", "MIPS64", "sandbox", "m68k", "or1k", "invalid", "mipsel", ""]
OS = ["linux", "u-boot", "qnx", "Linux", "netbsd", "arm-trusted-firmware", "opensbi", "efi", "tee", "invalid", "4_4bsd", "vxworks", "lynxos", ""]
TYPE = ["kernel", "multi", "script", "ramdisk", "firmware", "standalone", "filesystem", "kernel_noload", "flat_dt", "invalid", "copro", "fpga",
        "pmmc", "x86_setup", "loadable", "Kernel", "list", "multi ", "tee", "firmware_ivt", ""]
COMP = ["none", "gzip", "lzma", "bzip2", "lzo", "lz4", "zstd", "GZIP", "xz", ""]


def legacy(r, case):
    args = []
    for short, name, values, chance in (("A", "architecture", ARCH, .8), ("O", "os", OS, .7), ("T", "type", TYPE, .8), ("C", "compression", COMP, .7)):
        if r.random() < chance:
            args.append(option(r, short, name, r.choice(values[:r.choice([4, 4, 4, 8, 8, len(values)])])))
    for short, name, draw, chance in (("a", "load-address", address, .6), ("e", "entry-point", address, .6), ("d", "image", data_files, 1)):
        if r.random() < chance:
            args.append(option(r, short, name, draw(r)))
    if r.random() < .7:
        args.append(option(r, "n", "config", r.choice(["MIPS OpenWrt Linux-6.6.30", "", "x", "y" * 31, "z" * 32, "w" * 40, "two\nlines", "\u00fcml\u00e4ut", "tab\t"])))
    args += [[o] for o in some(r, (("-x", .1), ("-s", .1), ("-v", .15), ("-q", .1), ("-vv", .02), ("-E", .03), ("-r", .02), ("-t", .02), ("-h", .01),
                                   ("--xip", .02), ("--no-copy", .02), ("--verbose", .02), ("-V", .01), ("-l", .03), ("-j", .01)))]
    if r.random() < .03:
        args.append(option(r, "B", "alignment", address(r)))
    return args


def cell(r):
    return r.choice(["<0x80000000>", "<0x80060000>", "<0x1 0x80000000>", "<0>", "<1 2 3>", "[00 01 02]", "\"x\"", "<0x40000>"][:r.choice([3, 3, 8])])


def hash_node(r, i, what="hash"):
    algo = r.choice(["crc32", "sha1", "sha256", "md5", "sha512", "sha384", "crc16-ccitt", "sha3", "CRC32", ""][:r.choice([4, 4, 7, 10])])
    extra = "" if r.random() < .9 else r.choice(['value = <1 2>;', 'ignore;', 'uboot-ignore = <1>;', 'required = "conf";', 'key-name-hint = "dev";', 'padding = "pss";'])
    name = r.choice([f"{what}-{i}"] * 6 + [f"{what}@{i}", what, "sum", f"{what}{i}x"])
    return f"{name} {{ {'algo = ' + chr(34) + algo + chr(34) + ';' if r.random() < .95 else ''} {extra} }};"


def image_node(r, i):
    lines = []
    kind = r.choice(["kernel", "flat_dt", "ramdisk", "firmware", "standalone", "fpga", "script", "multi", "filesystem", "loadable", "kernel_noload",
                     "tee", "odd", "x86_setup", "invalid"][:r.choice([3, 3, 6, 15])])
    data = r.choice(["k", "d", "one", "even", "text", "empty", "none"][:r.choice([5, 5, 5, 6, 7])])
    for line, chance in ((f'description = "part {i}";', .9), (f'data = /incbin/("{data}");', .95), (f'type = "{kind}";', .95),
                         (f'arch = "{r.choice(ARCH)}";', .8), (f'os = "{r.choice(OS)}";', .8), (f'compression = "{r.choice(COMP)}";', .8),
                         (f'load = {cell(r)};', .6), (f'entry = {cell(r)};', .6), ('padding-in = <7>;', .05), ('data-size = <9>;', .03),  # with an offset the tool reads behind its file
                         (f'timestamp = <{r.randint(0, 9)}>;', .04),
                         ('compatible = "a", "b";', .1)):
        if r.random() < chance:
            lines.append(line)
    if r.random() < .1:
        r.shuffle(lines)
    lines += [hash_node(r, n) for n in range(r.choice([0, 1, 1, 2, 3]))]
    if r.random() < .04:
        lines.append(hash_node(r, 1, r.choice(["signature", "cipher", "other"])))
    name = r.choice([f"part-{i}"] * 8 + [f"part@{i}", f"p{i}_x", "part"])
    return f"{name} {{ {' '.join(lines)} }};"


def configuration(r, i, n):
    def names(most):
        return ", ".join(f'"part-{r.randint(0, n)}"' for _ in range(r.randint(1, most)))
    lines = [f"{key} = {names(most)};" for key, most, chance in (("kernel", 1, .9), ("fdt", 3, .7), ("ramdisk", 1, .3), ("firmware", 1, .2), ("fpga", 1, .1),
                                                                  ("loadables", 3, .3), ("standalone", 1, .1), ("script", 1, .1)) if r.random() < chance]
    if r.random() < .9:
        lines.insert(0, f'description = "choice {i}";')
    if r.random() < .1:
        lines.append('compatible = "x,y";')
    if r.random() < .1:
        lines.append(hash_node(r, 1, r.choice(["hash", "signature"])))
    return f"conf-{i} {{ {' '.join(lines)} }};"


def tree(r):
    parts, choices = r.choice([0, 1, 1, 2, 3, 4]), r.choice([0, 1, 1, 2])
    images = "images { " + " ".join(image_node(r, i) for i in range(parts)) + " };"
    configurations = "configurations { " + ('default = "conf-0"; ' if r.random() < .8 else "") + " ".join(
        configuration(r, i, parts) for i in range(choices)) + " };"
    lines = ['description = "a tree";' if r.random() < .95 else "", "#address-cells = <1>;" if r.random() < .8 else "",
             "timestamp = <5>;" if r.random() < .05 else "", 'creator = "x";' if r.random() < .05 else "",
             images if r.random() < .97 else "", configurations if r.random() < .9 else ""]
    text = ("/dts-v1/;\n" if r.random() < .98 else "") + "/ { " + "\n".join(lines) + " };\n"
    return text if r.random() < .97 else text[:r.randint(0, len(text))]


def flattened(r, case):
    case.files["a.its"] = tree(r).encode()
    args = [option(r, "f", "fit", r.choice(["a.its"] * 30 + ["none.its", "empty", "auto", "k", ""]))]
    for short, name, draw, chance in (("B", "alignment", lambda r: r.choice(["4", "8", "10", "200", "1000", "0x1000", "0", "3", "1", "q"][:r.choice([6, 6, 10])]), .25),
                                      ("p", "position", lambda r: r.choice(["2000", "0x1000", "100", "0", "10000", "1001", "z"][:r.choice([3, 3, 7])]), .2),
                                      ("D", "dtcopts", lambda r: r.choice(["-I dts -O dtb -p 2000", "-I dts -O dtb", "-I dts -O dtb -S 4000", "-O dtb -q", ""]), .1)):
        if r.random() < chance:
            args.append(option(r, short, name, draw(r)))
    args += [[o] for o in some(r, (("-E", .4), ("-q", .1), ("-v", .1), ("-t", .02), ("-l", .01), ("-r", .02), ("-x", .01), ("-s", .02), ("--external", .05)))]
    for short, name, values, chance in (("T", "type", TYPE, .03), ("d", "image", ["k"], .02), ("A", "architecture", ARCH, .04), ("n", "config", ["x"], .03)):
        if r.random() < chance:
            args.append(option(r, short, name, r.choice(values)))
    return args


def spoil(r, image):
    """A byte changed, cut off, added."""
    at = r.randint(0, len(image) - 1) if r.random() < .3 else r.randint(0, min(len(image), 400) - 1)
    return r.choice([image[:at] + bytes([r.choice([0, 1, 3, 8, 255, r.randint(0, 255)])]) + image[at + 1:], image[:at], image + b"x" * (at % 9 + 1),
                     image[:at] + image[at + 1:]])


def uimage(r):
    data = r.randbytes(r.choice([0, 1, 7, 64, 300]))
    kind = r.choice([2, 2, 4, 6, 3, 5, 8, 13, r.randint(0, 60)])
    if kind in (4, 6):
        sizes = [r.choice([0, 1, 2, 8, 40, 99999]) for _ in range(r.randint(0, 3))]
        data = struct.pack(f">{len(sizes) + 1}I", *sizes, 0) + data
    header = [0x27051956, 0, r.choice([0, 1700000000, 0xffffffff]), len(data) + (r.random() < .05), 0x80060000, 0x80060400, zlib.crc32(data),
              r.choice([5, 17, r.randint(0, 40)]), r.choice([5, 2, r.randint(0, 40)]), kind, r.choice([0, 1, r.randint(0, 9)]),
              r.choice([b"a name", b"", b"n" * 32, b"\xff\n"])]
    if r.random() < .5:
        header[0] = r.choice([0x27051956, 0x27051957])
    header[1] = zlib.crc32(struct.pack(">7I4B32s", *header)) ^ (r.random() < .05)
    return struct.pack(">7I4B32s", *header) + data


def blob(r):
    """A flattened image tree, put together here."""
    strings, out = b"", b""

    def prop(name, value):
        nonlocal strings, out
        name = name.encode() + b"\0"
        at = strings.find(name)
        if at < 0:
            at, strings = len(strings), strings + name
        out += struct.pack(">III", 3, len(value), at) + value + bytes(-len(value) % 4)

    def begin(name):
        nonlocal out
        out += struct.pack(">I", 1) + name.encode() + bytes(4 - len(name) % 4)

    def end():
        nonlocal out
        out += struct.pack(">I", 2)

    def texts(*pairs, chance=.85):
        for name, values in pairs:
            if r.random() < chance:
                prop(name, r.choice(values).encode() + (b"\0" if r.random() < .97 else b""))
    begin("")
    texts(("description", ["a tree", ""]), chance=.97)
    if r.random() < .97:
        prop("timestamp", struct.pack(">I", r.choice([0, 1700000000])) if r.random() < .9 else b"12345678")
    begin("images" if r.random() < .98 else "image")
    for i in range(r.randint(0, 3)):
        begin(r.choice([f"part-{i}"] * 9 + [f"part@{i}"]))
        texts(("description", ["part"]), ("type", ["kernel", "flat_dt", "ramdisk", "firmware", "standalone", "fpga", "odd"]), ("arch", ARCH), ("os", OS),
              ("compression", COMP))
        if r.random() < .8:
            prop("data", r.randbytes(r.choice([0, 5, 40])))
        for name, values in (("load", [b"\x80\0\0\0", b"\0\0\0\1" * 2, b"\0\0\0\1" * 3, b"", b"abc"]), ("entry", [b"\x80\0\0\0", b"\1" * 12]),
                             ("data-size", [b"\0\0\0\5", b"\0\0\0\0"]), ("data-offset", [b"\0\0\0\0"]), ("data-position", [b"\0\0\0\4"])):
            if r.random() < (.7 if name in ("load", "entry") else .1):
                prop(name, r.choice(values))
        for k in range(r.randint(0, 2)):
            begin(r.choice([f"hash-{k}"] * 6 + [f"signature-{k}", f"hash@{k}", "other"]))
            texts(("algo", ["sha1", "crc32", "sha1,rsa2048"]))
            texts(("key-name-hint", ["dev"]), ("required", ["conf"]), ("padding", ["pss"]), chance=.1)
            if r.random() < .85:
                prop("value", r.randbytes(r.choice([4, 20, 0])))
            if r.random() < .05:
                prop("timestamp", struct.pack(">I", 77))
            end()
        end()
    end()
    if r.random() < .9:
        begin("configurations")
        texts(("default", ["conf-0"]))
        for i in range(r.randint(0, 2)):
            begin(f"conf-{i}")
            texts(("description", ["choice"]), ("kernel", ["part-0"]), ("fdt", ["part-1", "part-1\0part-2", ""]), ("loadables", ["a\0b"]))
            texts(("ramdisk", ["part-2"]), ("firmware", ["x"]), ("fpga", ["y"]), chance=.2)
            if r.random() < .2:
                begin(r.choice(["hash-1", "signature"]))
                texts(("algo", ["sha256,rsa2048"]), ("sign-images", ["kernel"]))
                end()
            end()
        end()
    end()
    out += struct.pack(">I", 9)
    total = 56 + len(out) + len(strings)
    head = struct.pack(">10I", 0xd00dfeed, total, 56, 56 + len(out), 40, 17, 16, 0, len(strings), len(out)) + bytes(16)
    return head + out + strings


def listing(r, case):
    image = r.choice([uimage, blob, blob])(r)
    case.files["out"] = image if r.random() < .7 else spoil(r, image)
    args = [[r.choice(["-l", "-l", "--list"])]]
    if r.random() < .3:
        args.append(option(r, "T", "type", r.choice(["kernel", "multi", "flat_dt", "script", "invalid", "ramdisk"])))
    return args + [[o] for o in some(r, (("-q", .15), ("-v", .1), ("-E", .05)))]


def draw_mkimage(r, case):
    lay_inputs(r, case)
    args = r.choice([legacy, legacy, flattened, flattened, flattened, listing])(r, case)
    if r.random() < .1:
        r.shuffle(args)
    args = [word for group in args for word in group]
    if r.random() < .03:  # one mistake at a time, as the order of messages is ours where there are several
        return r.choice([["-d", "k"], ["-f", "a.its", "-E"]]) + [r.choice(["dir", "none/out", "dir/out", ""])]
    out = r.choice([["out"]] * 40 + [[], ["out", "more"]])
    return out + args if r.random() < .1 else args + out


def draw_mkenvimage(r, case):
    lay_inputs(r, case)
    names = ["a", "bootcmd", "ethaddr", "x_y", "A.B", "n0", "#c", ""]
    values = ["1", "run a; run b", "00:11", "", "x=y", "\\\nmore", "a\\", "\u00e4", "  b ", "\\n"]
    text = "".join(r.choice(names) + r.choice(["=", "=", "=", "", " = "]) + r.choice(values) + r.choice(["\n"] * 8 + ["\n\n", "\r\n", "\0", ""])
                   for _ in range(r.randint(0, 8)))
    case.files["env"] = text.encode()
    args = []
    if r.random() < .93:
        args += [["-s", r.choice(["0x1000", "256", "64", "4096", "0x40", "0", "9", "1k", "", "0100", "x", "100"][:r.choice([4, 4, 12])])]]
    if r.random() < .85:
        args += [["-o", r.choice(["out"] * 12 + ["-", "dir", "none/out", "", "env"])]]
    if r.random() < .3:
        args += [["-p", r.choice(["0", "0x00", "255", "0xff", "256", "-1", "x", ""])]]
    args += [[o] for o in some(r, (("-r", .3), ("-b", .2), ("-h", .01), ("-V", .01), ("-q", .01)))]
    r.shuffle(args)
    args = [word for group in args for word in group]
    return args + r.choice([["env"]] * 20 + [[], ["-"], ["none"], ["dir"], ["empty"], ["env", "d"], ["k"], ["one"]])


def section(r, i, odd):
    """A volume; of odd ones each line may be wrong."""
    lines = []
    for key, values, common, chance in (
            ("mode", ["ubi"], 1, .985), ("image", ["k", "d", "one", "even", "text", "xip", "empty", "none", ""], 6, .85),
            ("vol_id", [str(i), str(i + 3), "0", "7", "0x5", "127", "128", "-1", "-2", "x", ""], 2, .97),
            ("vol_size", ["1MiB", "64KiB", "0x20000", "20 KiB", "1000000", "100", "0", "-1", "5Mib", "x", "", "1GiB"], 5, .7),
            ("vol_type", ["dynamic", "static", "odd", "Static", ""], 2, .85),
            ("vol_name", [f"name{i}", f"a name {i}", chr(i + 97) * 127, "rootfs", "n" * 128, "\u00e4", ""], 3, .97),
            ("vol_flags", ["autoresize", "skip-check", "odd", ""], 2, .15 if i else .3),
            ("vol_alignment", ["1", "8", "512", "2048", "3", "0", "-1", "999999", "x"], 5, .15), ("other", ["x"], 1, .05)):
        if r.random() < (chance if odd or key not in ("mode", "vol_id", "vol_name", "image") else 1):
            wild = odd and r.random() < .15
            value = r.choice(values if wild else values[:common])
            lines.append(r.choice(["", "", "", " ", "\t"]) + (key if not wild else r.choice([key, key.upper(), key + "x", key.title()])) +
                         r.choice(["=", "=", "=", " = ", "\t=\t", " ", ":"][:7 if wild else 5]) +
                         r.choice(["%s"] * 9 + ["%s ; remark", "%s # remark", '"%s"', "'%s'", "\"%s\" ; 'x'", '"%s', " %s\\\n", "%s=", '" %s "', '"a;%s"']
                                  [:9 if wild else 4]) % value)
    if r.random() < .2:
        r.shuffle(lines)
    if odd and r.random() < .2:
        lines.insert(r.randint(0, len(lines)), r.choice(["garbage", "[", "=x", "key", "a=b=c", "key=", "a\\", "x" * 1100, "x=" + "y" * 1000]))
    if r.random() < .2:
        lines.insert(r.randint(0, len(lines)), r.choice(["", "; remark", "# remark", "  ; x = y", "\t", "#"]))
    if r.random() < .05:
        lines.append(r.choice(lines))
    heads = [f"[part{i}]"] * 12 + [f"[ part{i} ]", f"[Part{i}]", f"  [part{i}]", "[part0]", f"[{'s' * 130}]", f"[part{i}", f"part{i}]", f"[part{i}] ; x"]
    return "\n".join([r.choice(heads if odd else heads[:15])] + lines) + r.choice(["\n", "\n\n", "\r\n"])


def draw_ubinize(r, case):
    lay_inputs(r, case)
    odd = r.random() < .3
    case.files["a.ini"] = "".join(section(r, i, odd) for i in range(r.choice([0, 1, 1, 2, 2, 3] if odd else [1, 1, 2, 3]))).encode()
    if r.random() < .05:
        case.files["a.ini"] = case.files["a.ini"].rstrip(b"\n")
    args = []
    for short, name, values, common, chance in (
            ("Q", "image-seq", ["1", "12345", "0xffffffff", "0", "4294967296", "-1", "x", "", "010"], 4, 1),
            ("o", "output", ["out"], 1, .99),
            ("p", "peb-size", ["128KiB", "64KiB", "131072", "16384", "0x4000", "1000", "3MiB", "2MiB", "0", "-1", "x", "128 KiB", "128kib", "", "1GiB"], 4, .99),
            ("m", "min-io-size", ["2048", "1", "512", "8", "4096", "2KiB", "0", "3", "-1", "x", "2 KiB", ""], 3, .99),
            ("s", "sub-page-size", ["512", "2048", "1", "256", "3", "4096", "x", "0", ""], 1, .3),
            ("O", "vid-hdr-offset", ["512", "2048", "64", "0", "8", "65", "9", "32", "-1", "x", ""], 4, .2),
            ("e", "erase-counter", ["0", "7", "0x10", "-1", "2147483647", "4294967296", "x", ""], 3, .2),
            ("x", "ubi-ver", ["1", "0", "5", "255", "256", "-1", "x", ""], 2, .2)):
        if r.random() < chance:
            args.append(option(r, short, name, r.choice(values if r.random() < .04 else values[:common])))
    args += [[o] for o in some(r, (("-v", .2), ("-h", .005), ("-V", .005), ("-z", .005)))]
    r.shuffle(args)
    args = [word for group in args for word in group]
    return args + r.choice([["a.ini"]] * 20 + [[], ["none.ini"], ["empty"], ["a.ini", "d"]])


def normalise(result):
    """Where a run fails there is no output, and no usage text behind the message (docs/conformance.md)."""
    if result.status != 0:
        for name in ("out", "out.tmp"):
            result.files.pop(name, None)
        result.messages = re.sub(rb"(?m)^(Usage:|mkenvimage \[-h\]) .*", b"", result.messages, flags=re.S)


DRAWN = {"mkenvimage": draw_mkenvimage, "mkimage": draw_mkimage, "ubinize": draw_ubinize}
