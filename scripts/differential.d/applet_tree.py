# SPDX-License-Identifier: GPL-2.0-only
"""Command lines of the utilities that walk folders, pack them, run commands or tell facts."""
import bz2
import gzip
import io
import lzma
import re
import tarfile

from applet_text import lay, long_or_short, number, odd_number, random_file, some

WHEN = 1600000000


def lay_tree(r, case):
    """A few folders with files, links and odd names; times and modes differ."""
    folders = ["d", "d/e", "d/e/g", "empty", "k"]
    case.files.update((f, None) for f in folders)
    leaves = ["a", "b.txt", "d/a", "d/c.o", "d/e/long-name.bin", "d/.hidden", "k/z", "d/e/g/last", "with space", "k/B.TXT"]
    for name in leaves:
        if r.random() < .8:
            case.files[name] = random_file(r)[:2000] if r.random() < .9 else random_file(r)
            case.modes[name] = r.choice([0o644, 0o644, 0o755, 0o600, 0o4755, 0o444, 0o666])
            case.times[name] = WHEN + r.choice([0, 0, 1, -86400, 3600, 100000, 0.5])
    for name, content, chance in (("ln", "a", .4), ("d/up", "..", .3), ("bad", "no/where", .3), ("dirlink", "d", .3),
                                  ("hard", ("hard", "a"), .3), ("fifo", ("fifo",), .1), ("-dash", b"x", .1), ("new\nline", b"", .1),
                                  ("k/" + "n" * 101, b"long\n", .1), ("\u00e9", b"", .1)):
        if r.random() < chance and (content != ("hard", "a") or "a" in case.files):
            case.files[name] = content


def paths(r, most=2):
    return [r.choice(["d", "d", ".", "a", "k", "empty", "none", "d/", "ln", "dirlink", "hard", "d/e", "./k", "fifo", "b.txt", "with space"])
            for _ in range(r.randint(0, most))]


def draw_stat(r, case):
    lay_tree(r, case)
    items = ["%s", "%n", "%a", "%A", "%F", "%f", "%Y", "%h", "%U", "%g", "%u", "%G", "%%", " ", "x", "%10s", "%-8n|", "%05a", "%#a", "%8F",
             "%N", "%y", "%b", "%B", "%o", "%t", "%T", "%.3Y", "%.Y", "%C", "%+s", "%'s", "%010Y", "%5", "%", "%q", "\\n", "\\t", "\\x41",
             "\\101", "\\q", "%.2n", "%Hr", "%Lr", "%015.3Y", "%-+10Y|", "% s", "%m"]
    form = "".join(r.choice(items) for _ in range(r.randint(0, 4)))
    how = r.choice([lambda: long_or_short(r, "c", "format", form)] * 3 + [lambda: ["--printf=" + form], lambda: ["--printf", form + "\\n"]])()
    how = [how] if len(how) > 1 else [[o] for o in how]
    how += [[o] for o in some(r, (("-L", .2), ("--dereference", .03), ("-t", .002), ("-f", .005), ("-q", .01)))]
    r.shuffle(how)
    return [o for group in how for o in group] + paths(r, 3)


def condition(r):
    unary = ["-" + c for c in "bcdefghkLpSrsuwxOGNzn"] + ["-t", "-v", "-q"]
    binary = ["=", "!=", "==", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "=~", "-xx"]
    words = ["f1", "f2", "none", "", "0", "1", "-1", "10", "a", "b", "dir", "link", "dangling", "f1/x", "99999999999999999999", "0x1",
             "!", "(", ")", "-a", "-o", "=", "-f", " 5 ", "5 ", "+3", "x y", "-l"]
    if r.random() < .35:
        return [r.choice(words + unary + binary) for _ in range(r.randint(0, 6))]
    out = []
    for i in range(r.choice([1, 1, 2, 2, 3, 4])):
        if i:
            out.append(r.choice(["-a", "-o"]))
        out += ["!"] * r.choice([0, 0, 0, 1, 2])
        part = r.choice([[r.choice(unary), r.choice(words[:14])], [r.choice(words[:17]), r.choice(binary), r.choice(words[:17])],
                         [r.choice(words[:10])], ["-l", "abc", "-eq", "3"]])
        out += ["("] + part + [")"] if r.random() < .12 else part
    return out


def draw_test(r, case):
    lay(r, case)
    case.times["f2"] = WHEN + r.choice([0, 5, -5])
    return condition(r)


def draw_bracket(r, case):
    return draw_test(r, case) + (["]"] if r.random() < .97 else r.choice([[], ["]", "x"], ["["]]))


def expression(r, depth=0):
    form = "".join(r.choice(["%p", "%P", "%f", "%h", "%s", "%m", "%M", "%y", "%Y", "%l", "%d", "%%", "%H", "%T@", "%TY", "%u", "%g", "%n", "%k",
                             "%b", "\\n", "\\t", "\\0", "x", " ", "%10p", "%-5f|", "%q", "%", "\\101", "\\c", "%G", "%U", "%#m", "%5m", "%T+",
                             "%S", "%i"[:0]]) for _ in range(r.randint(1, 4)))
    tests = [lambda: ["-name", r.choice(["a", "*", "*.o", "[ab]*", "?", ".*", "*.TXT", "B*", "\\a", "[", "d/a", "*\\n*", "*ong*", ""])],
             lambda: ["-iname", r.choice(["*.txt", "A", "b*"])], lambda: ["-path", r.choice(["d/*", "*/e*", "./d/*", "d", "*a"])],
             lambda: ["-ipath", "D/*"], lambda: ["-wholename", "d/*"], lambda: ["-type", r.choice(["f", "d", "l", "f,d", "p", "x", "fd", ""])],
             lambda: ["-size", r.choice(["+", "-", ""]) + number(r) + r.choice(["", "c", "k", "b", "w", "M", "x"])],
             lambda: ["-perm", r.choice(["644", "-100", "/111", "-u+x", "u=rw,go=r", "/u+s", "+111", "0755", "-000", "z"])],
             lambda: ["-newer", r.choice(["a", "d", "none", "b.txt"])], lambda: ["-empty"], lambda: ["-true"], lambda: ["-false"],
             lambda: ["-links", r.choice(["1", "+1", "2", "-3"])], lambda: ["-mtime", r.choice(["+10", "-10", "+99999"])],
             lambda: ["-user", r.choice(["root", "0", "nobody", "no-such-user"])], lambda: ["-regex", r.choice([".*a", "d/.*", "[ad]"])],
             lambda: ["-lname", "*"], lambda: ["-executable"], lambda: ["-readable"], lambda: ["-samefile", "a"], lambda: ["-mmin", "+5"],
             lambda: ["-xtype", r.choice("fdl")], lambda: ["-gid", "0"], lambda: ["-uid", "+0"], lambda: ["-newermt", "2020-09-13"]]
    actions = [lambda: ["-print"], lambda: ["-print0"], lambda: ["-printf", form], lambda: ["-prune"], lambda: ["-quit"],
               lambda: ["-exec", "echo", r.choice(["{}", "x{}y", "-"]), r.choice([";", "+", ";"])], lambda: ["-exec", "echo", "{}", "+"],
               lambda: ["-delete"], lambda: ["-exec", r.choice(["false", "true", "no-such-command"]), ";"], lambda: ["-ls"][:0] or ["-print"],
               lambda: ["-execdir", "echo", "{}", ";"], lambda: ["-fprint", "out"], lambda: ["-exec", "test", "-s", "{}", ";"],
               lambda: ["-fprintf", "out", form], lambda: ["-ok", "echo", "{}", ";"]]
    options = [lambda: ["-maxdepth", r.choice(["0", "1", "2", "x", "-1"])], lambda: ["-mindepth", r.choice(["0", "1", "2"])],
               lambda: ["-depth"], lambda: ["-xdev"], lambda: ["-follow"], lambda: ["-d"], lambda: ["-daystart"], lambda: ["-noleaf"],
               lambda: ["-ignore_readdir_race"], lambda: ["-nowarn"], lambda: ["-warn"], lambda: ["-regextype", "posix-extended"]]
    wrong = [["-nonsense"], ["("], [")"], ["!"], ["-name"], ["-a"], ["-o"], ["-exec", "echo"], ["word"], ["-type"], [","], ["-print", "d"]]
    out = []
    for i in range(r.choice([0, 1, 1, 2, 2, 3])):
        if i and r.random() < .3:
            out.append(r.choice(["-o", "-a", "-or", "-and", ","]))
        if r.random() < .15:
            out.append(r.choice(["!", "-not"]))
        k = r.random()
        if k < .55:
            out += r.choice(tests if r.random() < .15 else tests[:12])()
        elif k < .83:
            out += r.choice(actions if r.random() < .1 else actions[:8])()
        elif k < .9 and depth == 0:
            out += r.choice(options if r.random() < .2 else options[:3])()
        elif k < .98 and depth < 2:
            inner = expression(r, depth + 1)
            out += ["("] + inner + [")"] if inner or r.random() < .1 else []
        else:
            out += r.choice(wrong)
    return out


def draw_find(r, case):
    lay_tree(r, case)
    return r.choice([[]] * 12 + [["-L"], ["-L"], ["-P"], ["-H"], ["-H"], ["-O2"]]) + paths(r) + expression(r)


def archive(r):
    """What tar is to read: made here, so that it is the same for both; now and then cut off or damaged."""
    out = io.BytesIO()
    form = r.choice([tarfile.GNU_FORMAT] * 6 + [tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        for name in ["p", "p/x", "p/y.c", "p/s", "p/" + "m" * (90 if form == tarfile.USTAR_FORMAT else 120), "p/x", "q", "./r", "w/deep/er", *(["up/../v", "/abs/name"] if r.random() < .1 else []), *(["odd\nname", "p/\u00e9"] if r.random() < .2 else [])]:
            if r.random() < .55 or name == "p":
                entry = tarfile.TarInfo(name)
                entry.mtime, entry.mode = WHEN + r.choice([0, 1, 7200]), r.choice([0o644, 0o755, 0o600])
                entry.uname, entry.gname = r.choice([("root", "root"), ("", ""), ("nobody", "nogroup")])
                content = random_file(r)[:3000]
                kind = r.random()
                if name == "p":
                    entry.type, content = tarfile.DIRTYPE, b""
                elif kind < .12:
                    entry.type, entry.linkname, content = tarfile.SYMTYPE, r.choice(["x", "../a", "no/where"]), b""
                elif kind < .2:
                    entry.type, entry.linkname, content = tarfile.LNKTYPE, "p/x", b""
                elif kind < .21:
                    entry.type, content = tarfile.FIFOTYPE, b""
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    data = out.getvalue()
    k = r.random()
    if k < .05:
        data = data[:r.randrange(len(data))]
    elif k < .08:
        at = r.randrange(600)
        data = data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1:]
    elif k < .1:
        data = random_file(r)
    elif k < .15:
        data = data.rstrip(b"\0")
        data += bytes(-len(data) % 512)
    return data


def packed(r, data):
    how = r.choice(["", "", "", "z", "j", "J"])
    return how, {"": lambda d: d, "z": lambda d: gzip.compress(d, 6, mtime=0), "j": bz2.compress, "J": lzma.compress}[how](data)


PLAIN_TAR = ("--exclude=*.o", "--exclude=d/e", "--exclude=*y*", "--strip-components=1", "-O", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@1", "--format=gnu", "--format=ustar", "-v", "-p",
             "-C", "-T", "--mode=u+rw", "--mode=0644", "--no-same-owner")


def draw_tar(r, case):
    lay_tree(r, case)
    k = r.random()
    plain = r.random() < .7  # none but the options that recipes use
    letter, flag = packed(r, b"")[0], []
    if k < .5:
        options = [[o] for o in some(r, (("--sort=name", 1), ("--owner=0", .3), ("--group=0", .3), ("--numeric-owner", .3), ("--mtime=@1", .3),
                                         ("--mode=u+rw", .05), ("--format=gnu", .1), ("--format=ustar", .1), ("--format=pax", .02),
                                         ("--exclude=*.o", .08), ("--exclude=d/e", .05), ("-h", .04), ("--no-recursion", .04),
                                         ("--owner=x:5", .03), ("--mode=0644", .04), ("--transform=s/a/b/", .02), ("--mtime=2020-01-01", .03),
                                         ("-P", .03), ("--format=v7", .01), ("--remove-files", .01), ("--hard-dereference", .02),
                                         ("--null", .01), ("--totals", .005), ("-b1", .02), ("--no-such-option", .005), ("--format=oldgnu", .01),
                                         ("--one-file-system", .01), ("--mtime=a", .02)))]
        case.files["list"] = ("".join(p + "\n" for p in paths(r, 3) if p != ".")).encode()
        options += r.choice([[]] * 8 + [[["-T", "list"]]])
        if r.random() < .15:
            options.append(["-C", r.choice(["d", "d", "k", "k" if letter else "none"])])  # a compressor dies when it likes
        if r.random() < .1:
            options.append(["-v"])
        options = [o for o in options if not plain or o[0] in PLAIN_TAR]
        r.shuffle(options)
        where = r.choice([["f", "out.tar"], ["f", "out.tar"], ["f", "out.tar"], ["f", "-"], ["f", "out.tar" if letter else "no/where.tar"]])
        mode = r.choice(["c", "c", "c", "c", "c", "r"])
        letters = mode + (letter if mode == "c" else "") + where[0]
        names = [n for n in paths(r, 3) if n != "." or where[1] == "-"] or (["."] if r.random() < .7 and where[1] == "-" else [])
        return [r.choice(["-", "-", ""]) + letters, where[1]] + [o for g in options for o in g] + names
    data = archive(r)
    letter, data = packed(r, data)
    case.files["in.tar"] = data
    flag = letter if r.random() < .6 else ""
    options = [[o] for o in some(r, (("-v", .1), ("-p", .1), ("--strip-components=1", .08), ("-k", .02), ("-m", .06), ("-o", .03),
                                     ("--overwrite", .02), ("--exclude=*y*", .05), ("--no-same-owner", .05), ("--wildcards", .03),
                                     ("--numeric-owner", .05), ("--same-permissions", .02), ("--no-same-permissions", .03),
                                     ("--transform=s/p/w/", .01), ("-O", .05), ("--occurrence=1", .01), ("--warning=no-timestamp", .02),
                                     ("--keep-newer-files", .01), ("--one-top-level=t", .01)))]
    options = [o for o in options if not plain or o[0] in PLAIN_TAR]
    if r.random() < .25:
        options.append(["-C", r.choice(["d", "k", "none", "empty"])])
    r.shuffle(options)
    where = "in.tar"
    if r.random() < .15:
        case.stdin, where = data, "-"
    members = [r.choice(["p", "p/x", "q", "r", "./r", "none", "p/", "*.c", "p/s"]) for _ in range(r.choice([0, 0, 0, 1, 2]))]
    return [r.choice(["-", "-", ""]) + ("x" if k < .8 else "t") + flag + "f", where] + [o for g in options for o in g] + members


def without_inodes(data):
    """newc archives with their inode numbers and device numbers set to one."""
    return re.sub(rb"070701[0-9A-Fa-f]{8}", b"07070100000001", data)


def newc(r):
    out = b""
    for name in [".", "p", "p/x", "p/y", "q", "s"][:r.randint(1, 6)] + ["TRAILER!!!"]:
        body = b"" if name in (".", "p", "TRAILER!!!") else random_file(r)[:1000]
        mode = 0o40755 if name in (".", "p") else 0o100644
        if name == "s":
            mode, body = 0o120777, b"q"
        fields = [7, mode, 0, 0, 1, WHEN, len(body), 0, 0, 0, 0, len(name) + 1, 0]
        out += b"070701" + b"".join(b"%08X" % f for f in fields) + name.encode() + b"\0"
        out += bytes(-len(out) % 4) + body
        out += bytes(-len(out) % 4)
    return out + bytes(-len(out) % 512)


def draw_cpio(r, case):
    lay_tree(r, case)
    if r.random() < .2:
        case.stdin = newc(r)
        if r.random() < .3:  # something is there already
            case.files.update(r.sample([("p", None), ("q", b"old\n"), ("s", "a"), ("p/x", b"")], 2))
            case.times.update((n, WHEN + r.choice([-5, 0, 5])) for n in ("q", "p/x"))
        if r.random() < .1:
            case.files["in.cpio"] = case.stdin
            return ["-i", r.choice(["-F", "-I"]), "in.cpio"]
        return r.choice([["-t"], ["-it"], ["-i"], ["-id"], ["-idm"], ["-i", "--quiet"], ["-idu", "p*"], ["-t", "--quiet"], ["-idmu"], ["-im"],
                         ["-iu", "--quiet"], ["--extract", "-d"], ["-iv"], ["-im", "-H", "newc"], ["-tv"]])
    everything = sorted(case.files) + ["."]
    chosen = [n for n in everything if r.random() < r.choice([.3, .7])] + (["none"] if r.random() < .1 else [])
    nul = r.random() < .25
    case.stdin = "".join(("./" if r.random() < .2 else "") + n + ("\0" if nul else "\n") for n in chosen).encode()
    if r.random() < .03:
        case.stdin = case.stdin.rstrip(b"\n\0") + r.choice([b"", b"\n\n", b"\n\na\n"])
    if r.random() < .04:
        return ["-p", "empty"] + (["-d"] if r.random() < .5 else [])
    plain = r.random() < .7
    options = [["-o"]] + [["-H", "newc"] if r.random() < .5 else ["--format=newc"]] * (r.random() < .97)
    options += [["-0"] if r.random() < .5 else ["--null"]] * (nul if r.random() < .97 else not nul)
    options += [[o] for o in some(r, (("--quiet", .3), ("--renumber-inodes", .6), ("--ignore-devno", .6), ("--reproducible", .5), ("-v", .05),
                                      ("-L", .04), ("-a", .02), ("-R0:0", .1), ("-Rroot:root", .05), ("-R5:7", .05), ("-Rnone", .01),
                                      ("--owner=0:0", .05), ("-A", .005), ("-Hcrc", .01), ("-Hodc", .01), ("-Hustar", .01), ("-Hx", .005),
                                      ("--create", .03), ("--no-such", .005), ("-R+1:+2", .03), ("-R.0", .01), ("-R3", .02)))]
    if r.random() < .2 and "." not in chosen:  # the archive changes its folder's time
        options.append(r.choice([["-F", "out.cpio"], ["--file=out.cpio"]] * 3 + [["-F", "out.cpio"], ["-Fout.cpio"], ["--file=out.cpio"], ["-O", "out.cpio"], ["-F", "no/where"]]))
    options = [o for o in options if not plain or o[0] not in ("-L", "-a", "-Rroot:root", "-v", "-A", "-Hcrc", "-Hodc", "-Hustar", "-Hx",
                                                               "--create", "--no-such", "-R+1:+2", "-R.0", "-R3", "-Rnone", "-O")]
    r.shuffle(options)
    return [o for g in options for o in g] + (["word"] if r.random() < .01 else [])


def draw_xargs(r, case):
    lay(r, case)
    items = ["a", "b c", "'q r'", '"d e"', "x\\ y", "\\\\", "'open", "", "-n", "f1", "none", "dir", "\t", "a'b'c", "end", "_", "\\", "*", "$x"]
    ends = r.choice(["\n", "\n", "\n", " ", "\0", ",", "  \n", "\n\n"])
    case.stdin = ends.join(r.choice(items[:5] * 2 + items) for _ in range(r.choice([0, 1, 2, 3, 5, 9]))).encode() + r.choice([b"", b"\n", ends.encode()])
    if r.random() < .03:
        case.stdin = b"word " * 40000
    options = [[o] for o in some(r, (("-0", .12), ("-r", .25), ("-t", .1), ("--null", .02), ("--no-run-if-empty", .03), ("-x", .03),
                                     ("-p", .003), ("-P1", .05), ("-P2"[:0] or "-P0"[:0] or "-P1", .02), ("--verbose", .02), ("-z", .005)))]
    for chance, group in ((.3, long_or_short(r, "n", "max-args", odd_number(r))), (.15, ["-I", r.choice(["{}", "%", "X", "aa", ""])]),
                          (.03, [r.choice(["-i", "-i", "-i%", "--replace"])]), (.1, r.choice([lambda: ["-L", odd_number(r)], lambda: ["-L" + odd_number(r)], lambda: ["--max-lines=" + odd_number(r)]])()), (.04, ["-s", r.choice(["20", "100", "5", "x"])]),
                          (.1, long_or_short(r, "d", "delimiter", r.choice([",", "\\n", "\\0", "\\t", " ", "ab", "", "\\x2c"]))),
                          (.08, ["-E", r.choice(["end", "_", "a"])]), (.03, [r.choice(["-l", "-l2"])]), (.05, ["-a", r.choice(["f1", "none", "f2"])])):
        if r.random() < chance:
            options.append(group)
    r.shuffle(options)
    command = r.choice([[], [], ["echo"], ["echo", "-n"], ["echo", "<{}>", "{}"], ["printf", "<%s>\\n"], ["printf", "%s|"], ["false"], ["true"],
                        ["sh", "-c", "exit 255"], ["sh", "-c", "exit 3"], ["no-such-command"], ["./f1"], ["sh", "-c", "echo $#: \"$@\"", "x"],
                        ["test", "-e"], ["head", "-c3"], ["sh", "-c", "kill -9 $$"], ["cat"], ["echo", "X", "%"], ["sh", "-c", "cat; echo $1", "x"],
                        ["wc", "-c"], ["basename"], ["sh", "-c", "exit 126"], ["sh", "-c", "exit 124"]])
    return [o for g in options for o in g] + command


def draw_date(r, case):
    lay(r, case)
    case.env["TZ"] = r.choice(["UTC0"] * 25 + ["UTC", "", "Europe/Berlin", "EST5EDT", "JST-9", "<+0330>-3:30", "America/New_York", "No/Where", "CET-1CEST"])
    if r.random() < .1:
        case.env["SOURCE_DATE_EPOCH"] = "1700000000"
    letters = "aAbBcCdDeFgGhHIjklmMnNpPqrRsStTuUVwWxXyYzZ%"
    odd = r.random() < .15
    form = "+" + "".join(r.choice(["%" + r.choice(["", "", "", "", "", "-", "_", "0", "^", "#", *(["+", "-^"] if odd else [])]) + (r.choice(["5", "10", "1", "E", "O"]) if odd and r.random() < .4 else "") +
                                   r.choice(letters), "%Y-%m-%d", "%H:%M:%S", "%s", "text", " ", *(["%:z", "%::z",
                                   "%:::z", "%", "%Q", "%-N", "%5", "\u00e9"] if odd else ["%3N", "%ee", "\\n"])]) for _ in range(r.randint(0, 4)))
    stamp = r.choice(["0", "1", "-1", "1600000000", "1700000000.5", "1582979696", "951827696", "4102444800", "-86400", "2147483648",
                      "1616893200", "1635642000", "68256000", "253402300800", "-62135596801", "x", "1e5", "1.", "", " 5", "1,5"])
    when = r.choice([long_or_short(r, "d", "date", "@" + stamp)] * 16 + [["-r", "f1"]] * 2 +
                    [long_or_short(r, "r", "reference", r.choice(["f1", "dir", "none", "link", "dangling"])),
                     *[["-d", r.choice(["2020", "1970", "2099", "1969"]) + "-" + r.choice(["01", "02", "12", "1", "13"]) + "-" +
                        r.choice(["02", "28", "29", "31", "3"]) + r.choice(["", " 03:04", " 03:04:05", "T03:04:05", "T23:59", " 24:00", "  3:04"]) +
                        r.choice(["", "", "Z", " UTC", " +0200", "+02:00", " -1130", " ", " +2", " EST", ".5"])]] * 3,
                     ["-d", r.choice(["2020-01-02", "2020-01-02 03:04:05", "1 Jan 2021", "2020-02-30", "nonsense", "@5 + 1 day", "20200102T030405Z",
                                      "2021-03-28 02:30", "2020-01-02 03:04:05 +0200", "2020-01-02T03:04:05Z", "@", ""])]])
    shape = r.choice([[form]] * 30 + [["-Iminutes"], ["--iso-8601=se"], ["--rfc-3339=ns"]] + [[], [], ["-I"], ["-Iseconds"], ["-R"], ["--rfc-3339=seconds"], ["-Ihours"], ["-Ix"], ["--iso-8601=ns"],
                                     ["--rfc-3339=date"], ["--rfc-email"], [form, "+%Y"], ["-R", form], ["-I", form]])
    options = [[o] for o in some(r, (("-u", .4), ("--utc", .05), ("--universal", .03), ("--debug", .004), ("-q", .005)))] + [when]
    r.shuffle(options)  # an operand without "+" would set the clock: there is none, ever
    return [o for g in options for o in g] + shape


DRAWN = {"stat": draw_stat, "test": draw_test, "[": draw_bracket, "find": draw_find, "tar": draw_tar, "cpio": draw_cpio,
         "xargs": draw_xargs, "date": draw_date}
