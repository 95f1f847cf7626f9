# SPDX-License-Identifier: GPL-2.0-only
"""Command lines of a utility, run by the real one and by imagemk in folders with the same files."""
import harness

COMPARED = ("status", "output", "files")
NAMES = ("dd", "head", "tail", "cut", "tr", "od", "printf", "sed", "sort", "stat", "test")


def random_text(r):
    words = ["one", "two", "a", "b", "ab", "10", "9", "-3", "0x1f", "", " ", "\t", "x:y", "::", "B", "zz."]
    lines = [r.choice([" ", ":", "\t", ","]).join(r.choice(words) for _ in range(r.randint(0, 5)))
             for _ in range(r.randint(0, 9))]
    return ("\n".join(lines) + r.choice(["", "\n"])).encode()


def random_file(r):
    kind = r.randint(0, 5)
    if kind == 0:
        return b""
    if kind == 1:
        return bytes(r.randrange(256) for _ in range(r.randint(1, 70)))
    if kind == 2:
        return bytes([r.randrange(3)]) * r.choice([1, 16, 33, 511, 512, 513, 5000])
    return random_text(r)


def number(r):
    return str(r.choice([0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 100]))


def names(r, most=2):
    return [r.choice(["f1", "f2", "f3", "f1", "f2", "none"]) for _ in range(r.randint(0, most))]


def draw_dd(r):
    out = []
    if r.random() < .8:
        out.append("if=" + r.choice(["f1", "f2", "f3", "none"]))
    if r.random() < .6:
        out.append("of=" + r.choice(["f3", "new"]))
    for key, chance in (("bs", .5), ("ibs", .2), ("obs", .2), ("count", .4), ("skip", .3), ("seek", .3)):
        if key == "seek" and not any(o.startswith("of=") for o in out):
            continue
        if r.random() < chance:
            suffix = r.choice(["", "", "", "k", "c", "b", "x2", "B", "kB"])
            out.append(key + "=" + number(r) + suffix)
    conv = [c for c in ("sync", "notrunc", "swab", "ucase") if r.random() < .25]
    if conv:
        out.append("conv=" + ",".join(conv))
    return out


def draw_head(r):
    flag = r.choice(["-n", "-c"])
    value = r.choice(["", "", "-"]) + number(r) + r.choice(["", "", "", "k", "b", "q"])
    return r.choice([[flag, value], [flag + value], [flag[0] + flag[1] + value], []]) + \
        r.choice([[], [], ["-q"], ["-v"], ["-z"]]) + names(r)


def draw_tail(r):
    return [a.replace("-n-", "-n+").replace("-c-", "-c+") if a[:3] in ("-n-", "-c-") else
            "+" + a[1:] if a[:1] == "-" and a[1:2].isdigit() and r.random() < .5 else a for a in draw_head(r)]


def ranges(r):
    return ",".join(r.choice([number(r), number(r) + "-", "-" + number(r), number(r) + "-" + number(r)])
                    for _ in range(r.randint(1, 3)))


def draw_cut(r):
    mode = r.choice("bcff")
    out = ["-" + mode + ranges(r)]
    if mode == "f" and r.random() < .7:
        out.append("-d" + r.choice([":", " ", ",", "b", "\n"]))
    for option, chance in (("-s", .2 if mode == "f" else .02), ("--complement", .2), ("-z", .1),
                           ("--output-delimiter=" + r.choice(["-", "##", ""]), .2)):
        if r.random() < chance:
            out.append(option)
    return out + names(r)


def tr_set(r):
    return "".join(r.choice(["a", "b", "a-c", "A-C", "[:lower:]", "[:upper:]", "[:digit:]", "[:space:]", "\\n",
                             "\\000", "\\377", "x", " ", "\\\\", "-", "0-9", "[x*]", "[y*3]", "[=a=]", "z-a"])
                   for _ in range(r.randint(1, 3)))


def draw_tr(r):
    out = [o for o, chance in (("-c", .2), ("-d", .3), ("-s", .3), ("-t", .1)) if r.random() < chance]
    return out + [tr_set(r) for _ in range(r.choice([1, 2, 2]))]


def draw_od(r):
    out = []
    for _ in range(r.randint(0, 2)):
        out.append("-t" + "".join(r.choice("doux") + r.choice(["1", "2", "4", "8", "C", "S", "I", "L", ""])
                                  if r.random() < .8 else r.choice("ac") for _ in range(r.randint(1, 2))) +
                   r.choice(["", "", "z"]))
    for option, chance in (("-A" + r.choice("odxn"), .5), ("-v", .3), ("-j" + number(r), .2), ("-N" + number(r), .2),
                           ("-w" + r.choice(["1", "2", "8", "16", "24", ""]), .3),
                           ("--endian=" + r.choice(["big", "little"]), .3), ("-" + r.choice("abcdilosx"), .2)):
        if r.random() < chance:
            out.append(option)
    return out + names(r)


def draw_printf(r):
    parts = []
    for _ in range(r.randint(1, 4)):
        parts.append(r.choice([
            "%" + r.choice(["", "-", "0", "+", "#", " ", "-0"]) + r.choice(["", "5", "10", "*"]) +
            r.choice(["", ".2", ".0", ".5", ".*"]) + r.choice("sdiouxXcfeg"),
            "%b", "%%", "\\n", "\\x41", "\\101", "\\t", "text", "\\\\", "\\0", "\\c", "%s\\n"]))
    values = ["1", "-1", "255", "0x1f", "010", "08", "abc", "", "3.75", "'a", "a\\tb", "\\0101", "x\\cy", "1e3",
              "99999999999999999999", " 5", "5 "]
    return ["".join(parts)] + [r.choice(values) for _ in range(r.randint(0, 5))]


def draw_sed(r):
    def regex():
        return "".join(r.choice(["a", "b", "o", ".", "[a-z]", "[^ ]", "a*", "\\(o\\)", "^", "$", "\\+", "\\|", "x\\{1\\}",
                                 ":", "[[:digit:]]", "\\<", "\\b", "\\w", "0", " *"]) for _ in range(r.randint(1, 4)))

    def address():
        return r.choice(["", "", "", "1", "2", "$", "/" + regex() + "/", "2,3", "1,/" + regex() + "/", "/a/,$", "0~2",
                         "1~3", "2,+1", "2,~2", "1!", "$!", "/b/,/a/", "3,1"])

    def command(depth=0):
        simple = ["p", "d", "=", "g", "G", "h", "H", "n", "N", "P", "D", "x", "q", "Q", "z"]
        k = r.randint(0, 9)
        if k < 4:
            return "s/" + regex() + "/" + "".join(r.choice(["x", "&", "\\1", "\\n", "", "<", "\\&"]) for _ in
                                                  range(r.randint(0, 3))) + "/" + r.choice(["", "g", "p", "2", "gp", "I", "2g"])
        if k == 4:
            return "y/ab:/xyz/"
        if k == 5:
            return r.choice(["a", "i", "c"]) + " text\n"
        if k == 6 and depth < 2:
            return "{" + ";".join(address() + command(depth + 1) for _ in range(r.randint(1, 2))) + "}"
        return r.choice(simple)

    out = ["-" + o for o in ("n", "s", "z", "i") if r.random() < .15]
    if r.random() < .1:
        out.append("-E")
    files = names(r)
    if "-i" in out:
        files = files or ["f1"]
    # "D" without reading and "b" loops can go on for ever; the time limit sees to it.
    return out + [";".join(address() + command() for _ in range(r.randint(1, 3)))] + files


def draw_sort(r):
    out = [o for o in ("-r", "-n", "-u", "-f", "-b", "-s", "-z") if r.random() < .2]
    for _ in range(r.choice([0, 0, 1, 1, 2])):
        key = r.choice("123") + r.choice(["", "", ".2", ".1"]) + r.choice(["", "", "n", "r", "b", "f", "nr"])
        if r.random() < .6:
            key += "," + r.choice("123") + r.choice(["", "", ".1", ".0"]) + r.choice(["", "", "b", "n"])
        out.append("-k" + key)
    if r.random() < .3:
        out.append("-t" + r.choice([":", ",", " "]))
    return out + names(r)


def draw_stat(r):
    form = "".join(r.choice(["%s", "%n", "%a", "%A", "%F", "%f", "%Y", "%h", "%U", "%g", "%%", " ", "x", "%10s", "%-8n|",
                             "%05a", "%#a", "%8F"]) for _ in range(r.randint(1, 4)))
    return r.choice([["-c", form], ["-c" + form], ["--printf", form + "\\n"], ["--format=" + form]]) + \
        r.choice([[], [], ["-L"]]) + names(r, 3)


def draw_test(r):
    unary = ["-" + c for c in "efdsrwxzLhpn"]
    binary = ["=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]
    words = ["f1", "f2", "none", "", "0", "1", "-1", "10", "a", "b", "!", "(", ")", "-a", "-o", "=", "-f", " 5 "]
    if r.random() < .4:
        return [r.choice(words + unary + binary) for _ in range(r.randint(0, 5))]
    out = []
    for i in range(r.randint(1, 3)):
        if i:
            out.append(r.choice(["-a", "-o"]))
        if r.random() < .2:
            out.append("!")
        out += r.choice([[r.choice(unary), r.choice(words[:10])],
                         [r.choice(words[:10]), r.choice(binary), r.choice(words[:10])], [r.choice(words[:10])]])
    return out


def draw(r, _, name):
    files = {n: random_file(r) for n in ("f1", "f2", "f3")}
    stdin = random_file(r)
    args = globals()["draw_" + name](r)
    return harness.Case(["/usr/bin/" + name] + args, [harness.IMAGEMK, "tool", name] + args, files, stdin)
