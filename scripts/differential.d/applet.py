# SPDX-License-Identifier: GPL-2.0-only
"""Command lines of a utility, run by the real one and by imagemk in folders with the same files. What to draw for
each is in applet_text.py (what reads and writes text), applet_tree.py (what walks folders and tells facts),
applet_firmware.py, applet_dtc.py and applet_cpp.py."""
import os
import re

import applet_cpp
import applet_dtc
import applet_firmware
import applet_text
import applet_tree
import harness

COMPARED = ("status", "output", "messages", "files")
DETAILS = True   # modes and times of files count, and folders
SECONDS = 2
ENDLESS = True  # real ones that filled all space are left out
DRAWN = {**applet_text.DRAWN, **applet_tree.DRAWN, **applet_firmware.DRAWN, "cpp": applet_cpp.draw_cpp,
         "dtc": applet_dtc.draw_dtc}
NAMES = tuple(sorted(DRAWN))
DECLINED = "handed to the real tool: forms that the applet does not know"


def draw(r, _, name):
    case = harness.Case([], [])
    case.stdin = applet_text.random_file(r)
    case.pipe = r.random() < .3
    case.env["TMPDIR"] = "{top}"  # nothing else may be written
    if r.random() < .15:
        case.env["LC_ALL"] = "C.UTF-8"
    args = DRAWN[name](r, case)
    case.real = [next((p for p in ("/usr/bin/" + name, "/usr/sbin/" + name) if os.path.exists(p)), name)] + args
    case.ours = [harness.IMAGEMK, "--stats={stats}", "tool", name] + args
    case.argv0 = name
    case.name = name
    return case


def declined(stats, case):
    """Did the run that left these statistics hand the utility itself on?"""
    return re.search(r"^ +\d+ +\w+ +(?:\S*/)?" + re.escape(case.name) + ":", stats, re.M) is not None


def normalise(result, case, ours):
    if case.name in applet_firmware.DRAWN:
        applet_firmware.normalise(result)
    elif case.name == "dd":
        result.messages = re.sub(rb" copied, .*", b" copied", result.messages)
        result.messages = re.sub(rb"dd: warning: partial read .*\n", b"", result.messages)  # there are none (docs/conformance.md)
    elif case.name == "cpio":
        result.output = applet_tree.without_inodes(result.output)
        result.files = {n: (*v[:2], applet_tree.without_inodes(v[2])) if len(v) > 2 and isinstance(v[2], bytes) else v
                        for n, v in result.files.items()}
    elif case.name == "sed":  # the name of the file that -i was writing
        result.messages = re.sub(rb"\./sed\w{6}\b", b"./sedXXXXXX", result.messages)


def alike(part, a, b, case):
    """find walks a folder in its own order, ours by name (docs/conformance.md): the same bytes count."""
    if case.name == "tar" and part == "messages":  # its compressor speaks meanwhile
        told = [sorted(line for line in text.split(b"\n") if not line.endswith(b"Broken pipe")) for text in (a, b)]
        return told[0] == told[1]
    if case.name == "xargs" and part == "messages":  # -t: gnulib's quotation marks move with its buffers; a child runs meanwhile
        bare = [sorted(re.sub(rb"['$]", b"", text).split(b"\n")) for text in (a, b)]
        return bare[0] == bare[1]
    if case.name == "sort" and "-R" in case.real and part in ("output", "files"):  # by chance, in both: the same lines count
        def lines(content):
            return sorted(re.split(rb"[\n\0]", content)) if isinstance(content, bytes) else content
        if part == "output":
            return lines(a) == lines(b)
        return a.keys() == b.keys() and all([lines(x) for x in a[n]] == [lines(x) for x in b[n]] for n in a)
    if case.name != "find" or "-quit" in case.real:
        return False
    if part in ("output", "messages"):
        return sorted(a) == sorted(b)
    return part == "files" and a.keys() == b.keys() and all(
        a[n][:2] == b[n][:2] and sorted(a[n][2] or b"") == sorted(b[n][2] or b"") for n in a)


def smaller(case):
    """Without an argument, a file, a part of the input."""
    def other(args=None, files=None, stdin=None):
        again = harness.Case(case.real, case.ours, case.files, case.stdin, case.env)
        again.argv0, again.name, again.pipe, again.modes, again.times = (
            case.argv0, case.name, case.pipe, case.modes, case.times)
        if args is not None:
            again.real, again.ours = case.real[:1] + args, case.ours[:4] + args
        if files is not None:
            again.files = files
        if stdin is not None:
            again.stdin = stdin
        return again

    args = case.real[1:]
    for i in range(len(args)):
        yield other(args=args[:i] + args[i + 1:])
    for name in list(case.files):
        if not any(n.startswith(name + "/") for n in case.files):
            yield other(files={n: c for n, c in case.files.items() if n != name})
    for text in harness.smaller_text(case.stdin) if len(case.stdin) < 4000 else (b"", case.stdin[:2000]):
        yield other(stdin=text)
    for name, content in case.files.items():
        if isinstance(content, bytes) and content:
            yield other(files={**case.files, name: b""})
            yield other(files={**case.files, name: content[:len(content) // 2]})
            yield other(files={**case.files, name: content[len(content) // 2:]})
    for i, arg in enumerate(args):
        for k in range(len(arg) if len(arg) < 60 else 0):
            yield other(args=args[:i] + [arg[:k] + arg[k + 1:]] + args[i + 1:])
