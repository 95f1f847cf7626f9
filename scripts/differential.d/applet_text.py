# SPDX-License-Identifier: GPL-2.0-only
"""Command lines of the utilities that read and write text or bytes."""


def random_text(r):
    words = ["one", "two", "a", "b", "ab", "10", "9", "-3", "0x1f", "", " ", "\t", "x:y", "::", "B", "zz.", "aab", "1k", "2M",
             "-0", "0.5", "_a", "Jan", "feb"]
    lines = [r.choice([" ", ":", "\t", ","]).join(r.choice(words) for _ in range(r.randint(0, 5)))
             for _ in range(r.randint(0, 9))]
    return (r.choice(["\n", "\n", "\n", "\n", "\r\n", "\0"]).join(lines) + r.choice(["", "\n"])).encode()


def random_file(r):
    kind = r.randint(0, 23)
    if kind < 3:
        return b""
    if kind < 7:
        return bytes(r.randrange(256) for _ in range(r.randint(1, 70)))
    if kind < 9:
        return bytes([r.choice([0, 1, 10, 255])]) * r.choice([1, 16, 33, 511, 512, 513, 5000])
    if kind == 9:  # more than any buffer: 0 to 300 KiB
        return (random_text(r) + b"0123456789\n") * r.choice([400, 3000, 6000])
    if kind == 10:
        return r.choice(["\u00e4\u00f6 \u20ac\n", "a\u0308b\n\u00c4\n", "\u00e9:\u00e9\n"]).encode() * r.randint(1, 3)
    return random_text(r)


def lay(r, case):
    """Three files, now and then a folder, links and an empty name."""
    case.files.update((n, random_file(r)) for n in ("f1", "f2", "f3"))
    if r.random() < .3:
        case.files.update({"dir": None, "link": "f1", "dangling": "nowhere"})


def number(r):
    return str(r.choice([0, 0, 1, 1, 2, 3, 4, 5, 7, 8, 10, 16, 31, 100, 511, 512, 513]))


def odd_number(r):
    """Now and then one that is none, or out of range."""
    if r.random() < .94:
        return number(r)
    return r.choice(["", "x", "1x", "-1", "+1", "0x10", "18446744073709551616", "9223372036854775807", "1.5", "1e3", " 1", "1 "])


def names(r, most=2):
    return [r.choice(["f1", "f2", "f3", "f1", "f2", "f3", "f1", "none", "dir", "link", "dangling", "-", "./f1"])
            for _ in range(r.randint(0, most))]


def some(r, chances):
    return [o for o, chance in chances if r.random() < chance]


def shuffled(r, options, operands):
    """Options in any order, now and then behind operands; "--" now and then."""
    r.shuffle(options)
    if r.random() < .1:
        return operands + options
    return options + (["--"] if r.random() < .05 else []) + operands


def long_or_short(r, short, long, value):
    form = r.randint(0, 3)
    if form == 0:
        return ["-" + short, value]
    if form == 1:
        return ["--" + long + "=" + value]
    if form == 2:
        return ["--" + long, value]
    return ["-" + short + value]


def draw_dd(r, case):
    lay(r, case)
    out = []
    if r.random() < .8:
        out.append("if=" + r.choice(["f1", "f2", "f3", "f1", "none", "dir", "/dev/zero", "/dev/null", "link"]))
    if r.random() < .6:
        out.append("of=" + r.choice(["f3", "new", "new", "f1", "dir", "no/where", "link", "/dev/null"]))
    to_file = any(o.startswith("of=") for o in out)
    for key, chance in (("bs", .5), ("ibs", .2), ("obs", .2), ("cbs", .03), ("count", .4), ("skip", .3), ("seek", .3),
                        ("iseek", .03), ("oseek", .03)):
        if key in ("seek", "oseek") and not to_file and r.random() < .9:
            continue
        if r.random() < chance:
            suffix = r.choice(["", "", "", "", "k", "c", "w", "b", "x2", "B", "kB", "K", "KiB", "x3x2"])
            out.append(key + "=" + odd_number(r) + suffix)
    endless = "if=/dev/zero" in out and not any(o.startswith("count=") for o in out)
    if endless:
        out.append("count=" + r.choice(["0", "1", "3"]))
    conv = some(r, (("sync", .25), ("notrunc", .25), ("swab", .1), ("ucase", .1), ("lcase", .05), ("noerror", .1),
                    ("nocreat", .05), ("excl", .05), ("sparse", .05), ("fsync", .05), ("fdatasync", .03), ("block", .02),
                    ("unblock", .02), ("ascii", .01), ("ebcdic", .01), ("nonsense", .01)))
    if conv:
        out.append("conv=" + ",".join(conv))
    for key in ("iflag", "oflag"):
        flags = some(r, (("fullblock", .08), ("count_bytes", .08), ("skip_bytes", .08), ("seek_bytes", .08), ("append", .05),
                         ("nonsense", .01)))
        if flags and r.random() < .6:
            out.append(key + "=" + ",".join(flags))
    out += some(r, (("status=none", .2), ("status=noxfer", .1), ("status=x", .02), ("nokey=1", .01), ("word", .01)))
    r.shuffle(out)
    return out


def head_or_tail(r, case, sign, quick):
    lay(r, case)
    letter, long = r.choice([("n", "lines"), ("c", "bytes")])
    value = r.choice(["", "", sign]) + odd_number(r) + r.choice(["", "", "", "", "k", "b", "K", "kB", "M", "MiB", "q"])
    old = [quick + number(r) + r.choice(["", "", "c", "l", "b"])]
    options = r.choice([lambda: long_or_short(r, letter, long, value)] * 4 + [lambda: old, list])()
    if options != old:
        options = [options] if len(options) > 1 else [[o] for o in options]
        options += [[o] for o in some(r, (("-q", .15), ("-v", .15), ("-z", .1), ("--quiet", .03), ("--silent", .03),
                                          ("--verbose", .03), ("--zero-terminated", .03), ("-y", .01)))]
        r.shuffle(options)
        options = [o for group in options for o in group]
        return options + names(r, 3)
    return options + names(r, 1)


def draw_head(r, case):
    return head_or_tail(r, case, "-", "-")


def draw_tail(r, case):
    return head_or_tail(r, case, "+", r.choice("-+"))


def ranges(r):
    return r.choice([",", ",", ",", " "]).join(
        r.choice([odd_number(r), number(r) + "-", "-" + number(r), number(r) + "-" + number(r), "1-3", "2"])
        for _ in range(r.randint(1, 3))) + (r.choice([",", "-", "--"]) if r.random() < .03 else "")


def draw_cut(r, case):
    lay(r, case)
    mode, long = r.choice([("b", "bytes"), ("c", "characters"), ("f", "fields"), ("f", "fields")])
    out = [long_or_short(r, mode, long, ranges(r))] if r.random() < .97 else []
    if r.random() < (.7 if mode == "f" else .03):
        out.append(long_or_short(r, "d", "delimiter", r.choice([":", " ", ",", "b", "\n", "\t", "", "ab"])))
    for option, chance in (("-s", .2 if mode == "f" else .02), ("--complement", .2), ("-z", .1), ("-n", .05),
                           ("--only-delimited", .03), ("--output-delimiter=" + r.choice(["-", "##", "", "\n"]), .2),
                           ("-f1", .02), ("-q", .01)):
        if r.random() < chance:
            out.append([option])
    r.shuffle(out)
    return [o for group in out for o in group] + names(r)


def tr_set(r, plain):
    if plain:
        return "".join(r.choice(["a", "b", "a-c", "A-C", "x", " ", "\\n", "\\t", "\\000", "\\377", "0-9", "[y*3]", "\\\\", "-"])
                       for _ in range(r.choice([1, 1, 2, 3])))
    return "".join(r.choice(["a", "b", "a-c", "A-C", "[:lower:]", "[:upper:]", "[:digit:]", "[:space:]", "[:alnum:]", "[:punct:]",
                             "[:blank:]", "[:cntrl:]", "[:print:]", "[:graph:]", "[:xdigit:]", "[:alpha:]", "\\n", "\\t", "\\000",
                             "\\0", "\\12", "\\377", "\\400", "x", " ", "\\\\", "\\", "\\q", "-", "0-9", "[x*]", "[y*3]",
                             "[y*010]", "[y*0]", "[=a=]", "z-a", "[:wrong:]", "[=ab=]", "[a", "a]", "\\-", "\0"[:0], "a-", "-a", "\u00e9"])
                   for _ in range(r.choice([0, 1, 1, 1, 2, 2, 3])))


def draw_tr(r, case):
    out = some(r, (("-c", .15), ("-C", .05), ("-d", .3), ("-s", .3), ("-t", .1), ("--complement", .02), ("--delete", .02),
                   ("--squeeze-repeats", .02), ("--truncate-set1", .02), ("-ds", .03), ("-cd", .03), ("-x", .01)))
    plain = r.random() < .7
    if not plain or r.random() < .1:
        return shuffled(r, out, [tr_set(r, plain) for _ in range(r.choice([0, 1, 1, 2, 2, 2, 2, 2, 3]))])
    out = out[:1] if r.random() < .5 else []
    if r.random() < .15:
        return out + [r.choice(["[:lower:]", "a-z"]), "[:upper:]" if not out else "A-Z"]
    deletes = any("d" in o for o in out)
    sets = [r.choice([tr_set(r, True), "[:space:]", "[:digit:]", "[:alnum:]", "[=a=]"])]
    return out + sets + ([] if deletes or (out and r.random() < .4 and "s" in out[0]) else [tr_set(r, True)])


def draw_od(r, case):
    lay(r, case)
    out = []
    for _ in range(r.choice([0, 1, 1, 1, 2])):
        out.append("-t" + "".join(r.choice("doux") + r.choice(["1", "2", "4", "8", "C", "S", "I", "L", "", "", "3"])
                                  if r.random() < .8 else r.choice(["a", "c", "a", "c", "f4", "fD", "q"])
                                  for _ in range(r.randint(1, 2))) + r.choice(["", "", "z"]))
    for option, chance in (("-A" + r.choice("odxnodxnq"), .5), ("-v", .3), ("-j" + odd_number(r) + r.choice(["", "", "b", "k"]), .2),
                           ("-N" + odd_number(r), .2), ("-w" + r.choice(["1", "2", "8", "16", "24", "", "3", "0", "x"]), .3),
                           ("--endian=" + r.choice(["big", "little", "middle"]), .2), ("-" + r.choice("abcdilosxfeBDOX"), .2),
                           ("-S" + r.choice(["", "2"]), .03), ("--address-radix=x", .03), ("--skip-bytes=1", .03),
                           ("--read-bytes=0x10", .03), ("--output-duplicates", .03), ("--width=4", .03), ("--format=x1", .03),
                           ("--traditional", .01), ("-tx1", .2), ("-An", .2)):
        if r.random() < chance:
            out.append(option)
    return shuffled(r, out, names(r))


def draw_printf(r, case):
    parts = []
    for _ in range(r.choice([0, 1, 1, 1, 2, 3, 4])):
        parts.append(r.choice([
            "%" + r.choice(["", "", "", "-", "0", "+", "#", " ", "-0", "'"]) + r.choice(["", "", "5", "10", "*"]) +
            r.choice(["", "", ".2", ".0", ".5", ".*", "."]) + r.choice("sssdddiouxXxXcfegabq"),
            "%" + r.choice(["l", "h", "ll", "j", "L"]) + "d", "%b", "%%", "\\n", "\\x41", "\\x", "\\101", "\\t", "text", "\\\\", "\\0", "\\c",
            "%s\\n", "\\x00\\xff", "\\e\\a", "\\q", "\\u00e9", "%", "%z", "%5", "%1$s", "\\1234", "a b", "\u00e9", "\\\""]))
    values = ["1", "-1", "255", "0x1f", "010", "08", "abc", "", "3.75", "'a", "\"b", "'", "a\\tb", "\\0101", "\\101", "x\\cy", "1e3",
              "99999999999999999999", "-99999999999999999999", " 5", "5 ", "+7", "0x", "-", "'ab", "18446744073709551615", "\u00e9",
              "9223372036854775808", "a'b", "$x", "\\x41\\", "%s"]
    out = (["--"] if r.random() < .05 else []) + ["".join(parts)] + [r.choice(values) for _ in range(r.randint(0, 5))]
    return out if r.random() < .98 else r.choice([[], ["--"], ["-x"]])


def regex(r, extended=False, back=False):
    basic = ["a", "b", "o", ".", "[a-z]", "[^ ]", "a*", "\\(o\\)", "\\+", "\\?", "\\|", "x\\{1\\}", "a\\{1,2\\}", ":", "[[:digit:]]",
             "\\<", "\\>", "\\b", "\\B", "\\w", "\\W", "\\s", "\\S", "\\`", "\\'", "0", " *", "[]a]", "[^]a]", "[a", "\\.", "one", "\\n",
             "\\t", "*", "+", "?", "|", "(", ")", "{", "[[:alpha:][:space:]]", "[0-9-]", "\\(a\\|b\\)", "\\(a*\\)*", "\\[", "\\$"]
    wide = ["a", "b", "o", ".", "[a-z]", "[^ ]", "a*", "(o)", "+", "?", "|", "x{1}", "a{1,2}", "a{,2}", ":", "[[:digit:]]", "\\<", "\\>",
            "\\b", "\\w", "\\W", "\\s", "\\S", "0", " *", "(a|b)", "(ab?)+", "\\(", "\\.", "one", "a{2", "(a", "a)", "\\|", "(|a)", "^*", "()"]
    parts = [r.choice(wide if extended else basic) for _ in range(r.randint(1, 3))]
    if back and r.random() < .1:
        parts = ["(a|o)" if extended else "\\([ab]\\)"] + parts + ["\\1"]
    return r.choice(["", "", "", "", "^"]) + "".join(parts) + r.choice(["", "", "", "", "$"])


def draw_sed(r, case):
    lay(r, case)
    extended = r.random() < .25
    plain = r.random() < .6  # what recipes are made of
    labels = []

    def pattern():
        if r.random() < .08:
            return ""
        if plain:
            return "".join(r.choice(["a", "b", "o", ".", "[a-z]", "[^ ]", "a*", "one", " *", ":", "0", "^", "$", "[[:digit:]]", "\\."])
                           for _ in range(r.randint(1, 3)))
        return regex(r, extended, True).replace("/", "\\/")

    def address():
        if plain:
            return r.choice(["", "", "", "", "1", "2", "$", "/" + pattern() + "/", "2,3", "1,/" + pattern() + "/", "/a/,$", "1!", "$!", "2,+1", "0~2"])
        return r.choice(["", "", "", "", "1", "2", "$", "/" + pattern() + "/", "2,3", "1,/" + pattern() + "/", "/a/,$", "0~2",
                         "1~3", "2,+1", "2,~2", "1!", "$!", "/b/,/a/", "3,1", "/a/I", "\\:b:", "0,/a/", "/b/,+1", "$,1", "1,$",
                         "\\,x\\,y,", "2 ! ", "0", "0,1", "1~0", "/a/M"] if r.random() < .8 else ["", "1", "$"])

    def replacement():
        if plain:
            return "".join(r.choice(["x", "&", "\\n", "", "<", "\\&", "\\t", "[&]", "\\x41"]) for _ in range(r.randint(0, 3)))
        return "".join(r.choice(["x", "&", "\\1", "\\n", "", "<", "\\&", "\\t", "\\U&", "\\L&\\E", "\\u&", "\\x41", "\\x26", "\\", "\\\n",
                                 "[&]", "\\2", "\\0", "\\o101", "\\d65", "\\cA"]) for _ in range(r.randint(0, 3))).rstrip("\\")

    def command(depth=0):
        k = r.choice([0, 0, 0, 8, 10, 14]) if plain else r.randint(0, 19)
        if k < 7:
            mark = r.choice("////,:|#" if not plain else "//,#")
            body = [t.replace(mark, "\\" + mark) if mark != "/" else t for t in (pattern(), replacement())]
            return "s" + mark + mark.join(body) + mark + r.choice(["", "", "g", "p", "2", "gp", "I", "2g"] if plain else ["", "", "g", "p", "2", "gp", "I", "2g", "w out", "m", "M", "i", "0", "gg",
                                                                  "pw out", "x"])
        if k == 7:
            return r.choice(["y/ab:/xyz/", "y/a/\\n/", "y,a\\,b,123,", "y/ab/x/", "y/\\n/ /", "y/a\\/b/xyz/", "y/aa/bc/"])
        if k < 10:
            return r.choice("aic") + r.choice([" text\n", "\\\ntext\n", "\\\none\\\ntwo\n", "text\n", "\\  text\n", "\n", "\\text\n", " a\\tb\n", " \n"])
        if k == 10 and depth < 2:
            return "{" + ";".join(address() + command(depth + 1) for _ in range(r.randint(1, 2))) + r.choice([";}", "}", "\n}"])
        if k == 11:
            return r.choice(["r f2\n", "r none\n", "R f2\n", "w out\n", "W out\n", "w /dev/stdout\n", "r /dev/stdin\n", "F", "l", "l 5",
                             "l 1", "q5", "Q3", "e echo x\n", "v", "v 4.2\n", "#c\n", "w /dev/stderr\n", "L"])
        if k == 12:
            label = r.choice(["x", "end", ""])
            if label:
                labels.append(label)
            return r.choice("bttT") + label + r.choice([";", "\n"])
        if k == 13:
            return r.choice([",p", "pp", "}", "{", "k", "s/a", "s/a/b", "y/a", ":", "a", "1,", "b none", "p q", "= =", "s/\\(a/b/", "d}", "5"])
        return r.choice(["p", "d", "=", "g", "G", "h", "H", "n", "N", "P", "D", "x", "q", "Q", "z"])

    def script():
        del labels[:]
        text = r.choice([";", ";", "\n"]).join(address() + r.choice(["", "", " "]) + command() for _ in range(r.randint(1, 3)))
        return text + "".join("\n:" + n for n in sorted(set(labels)))

    out = [[o] for o in some(r, (("-n", .2), ("-s", .1), ("-z", .08), ("-i", .12), ("-i.bak", .06), ("-u", .04), ("--posix", .03),
                                 ("-l5", .03), ("--in-place", .02), ("--quiet", .02), ("-b", .02), ("--debug", .005), ("-ni", .02),
                                 ("--null-data", .02), ("--separate", .02), ("-k", .005)))]
    out += [[r.choice(["-E", "-r", "--regexp-extended"])]] if extended else []
    r.shuffle(out)
    operands = []
    k = r.random()
    if k < .75:
        operands = [script()]
    elif k < .9:
        out += [long_or_short(r, "e", "expression", script()) for _ in range(r.randint(1, 2))]
    else:
        case.files["script"] = script().encode() + r.choice([b"", b"\n"])
        out += [["-f", "script"]]
    # "D" without reading can go on for ever; the time limit sees to it.
    return [o for group in out for o in group] + operands + names(r)


def sort_key(r):
    def letters():
        return "".join(some(r, (("n", .2), ("r", .15), ("b", .15), ("f", .1), ("d", .05), ("i", .04), ("g", .02), ("h", .02), ("M", .02),
                                ("V", .02))))
    key = r.choice(["1", "1", "2", "2", "3", "0"] if r.random() < .2 else "1223") + r.choice(["", "", "", ".2", ".1", ".0"]) + letters()
    if r.random() < .6:
        key += "," + r.choice("123") + r.choice(["", "", ".1", ".0", ".3"]) + letters()
    return key + (r.choice(["x", ",", ".", ",0"]) if r.random() < .03 else "")


def draw_sort(r, case):
    lay(r, case)
    if r.random() < .3:
        parts = ["1.10", "1.9", "v", "-", "rc1", "~", ".tar.gz", ".", "007", "a", "10", "2K", "1.5k", "3G", "-4M", "1e3", "nan", "inf", "-1e-2",
                 "0x1f", "May", "JAN x", "december", " ", "b", ".9", "+5", "00", "..", "a.c", "A"]
        case.files["f1"] = "\n".join("".join(r.choice(parts) for _ in range(r.randint(0, 3))) for _ in range(r.randint(2, 12))).encode()
    out = [[o] for o in some(r, (("-r", .2), ("-n", .2), ("-u", .2), ("-f", .15), ("-b", .15), ("-s", .15), ("-z", .1), ("-d", .06),
                                 ("-i", .04), ("-c", .06), ("-C", .04), ("-m", .05), ("-g", .04), ("-h", .04), ("-M", .04), ("-V", .06),
                                 ("--reverse", .02), ("--unique", .02), ("--numeric-sort", .02), ("--stable", .02), ("-R", .003),
                                 ("--check", .02), ("--check=silent", .02), ("--ignore-case", .02), ("--debug", .005), ("-S1M", .01),
                                 ("--sort=numeric", .02), ("--parallel=2", .01), ("-nu", .03), ("-q", .005)))]
    for _ in range(r.choice([0, 0, 1, 1, 2])):
        out.append(long_or_short(r, "k", "key", sort_key(r)))
    if r.random() < .3:
        out.append(long_or_short(r, "t", "field-separator", r.choice([":", ",", " ", "\t", "", "ab", "\\0"])))
    if r.random() < .12:
        out.append(long_or_short(r, "o", "output", r.choice(["new", "f1", "no/where", "dir"])))
    r.shuffle(out)
    return [o for group in out for o in group] + names(r)


def draw_grep(r, case):
    lay(r, case)
    kind = r.choice("GGGEEFF")
    fixed = ["a", "o", "one", "ab", "", "zz.", ":", "a\nb", "\\", "[", "A", "::", "10", "-3"]
    out = [["-" + kind]] if kind != "G" or r.random() < .1 else []
    out += [[o] for o in some(r, (("-i", .15), ("-v", .15), ("-w", .12), ("-x", .1), ("-c", .15), ("-l", .08), ("-L", .05), ("-n", .15),
                                  ("-q", .06), ("-s", .1), ("-o", .15), ("-h", .08), ("-H", .08), ("-a", .1), ("-b", .1), ("-z", .06),
                                  ("-m" + odd_number(r), .1), ("--count", .02), ("--ignore-case", .02), ("--invert-match", .02),
                                  ("--only-matching", .02), ("-y", .01), ("-A1", .03), ("-C1", .03), ("-B2", .03), ("-A0", .01), ("--context=2", .02), ("-P", .01), ("-r", .02),
                                  ("--color=always", .01), ("--color=never", .01), ("--binary-files=without-match", .01), ("-T", .01), ("--label=x", .03), ("-Z", .03), ("-U", .02), ("-I", .04),
                                  ("--max-count=1", .02), ("--binary-files=text", .02), ("--no-messages", .02), ("-io", .03), ("-nH", .03),
                                  ("-k", .005), ("--line-buffered", .01), ("--null", .01)))]
    r.shuffle(out)
    operands = []
    k = r.random()
    if k < .75:
        operands = [r.choice(fixed) if kind == "F" else regex(r, kind == "E", True)]
    elif k < .9:
        out += [long_or_short(r, "e", "regexp", r.choice(fixed) if kind == "F" else regex(r, kind == "E", True))
                for _ in range(r.randint(1, 3))]
    else:
        case.files["patterns"] = b"".join((r.choice(fixed) if kind == "F" else regex(r, kind == "E")).encode() + b"\n"
                                          for _ in range(r.randint(0, 3)))
        out += [["-f", r.choice(["patterns"] * 9 + ["none"])]]
    return [o for group in out for o in group] + operands + names(r, 3)


def draw_awk(r, case):
    lay(r, case)
    case.files["f1"], case.files["f2"] = random_text(r), random_text(r)

    def what():
        return "".join(r.choice(["$1", "$2", "$0", "$NF", "NF", "NR", '"x"', '"a b"', '"\\t"', "substr($1,1,2)", "substr($0, 2, 3)", "$9", " ", "  ",
                                 '"\\""', "$1$2", "substr($NF,3,1)", *(["1", "$1-$2", "tolower($1)", "($1)", "$NF-1"] if r.random() < .05 else [])])
                       for _ in range(r.randint(1, 3)))

    def action():
        return "{" + r.choice(["", " "]) + r.choice(["; ", ";", "\n"]).join(
            "print" + r.choice(["", " " + ", ".join(what() for _ in range(r.randint(1, 3)))]) for _ in range(r.choice([1, 1, 2]))) + r.choice(["", ";", " "]) + "}"

    def rule():
        pattern = r.choice(["", "", "", "/a/", "/^a/", "/o|b/", "!/a/", "NR==2", "NR == 1", "/^$/", "/b$/", "/(ab)+/", "/a.*b/", "/:/", "NF", "/[a-c]/", "/a\\./"])
        return pattern + r.choice(["", " "]) + action() if not pattern or r.random() < .8 else pattern

    out = long_or_short(r, "F", "field-separator", r.choice([":", ",", "ab", "\\t", "\t", "-", ".", " ", "x"]))[:2] if r.random() < .25 else []
    if out and out[0].startswith("--"):
        out = ["-F:"]
    return out + [r.choice([" ", "\n", "; "]).join(rule() for _ in range(r.choice([1, 1, 1, 2])))] + names(r)


DRAWN = {"awk": draw_awk, "dd": draw_dd, "head": draw_head, "tail": draw_tail, "cut": draw_cut, "tr": draw_tr, "od": draw_od, "printf": draw_printf,
         "sed": draw_sed, "sort": draw_sort, "grep": draw_grep}
