# SPDX-License-Identifier: GPL-2.0-only
"""differential make N SEED [options]: draw N cases (Makefiles, files with times, options, environment; see
make_draw.py), run each by GNU make and by imagemk in the same folder, and compare standard output,
standard error, exit status and the files left.
Prints each case that differs, at the end "N compared, N differ"; exit status 1 when one did.

  --first I    begin with case I; "make 1 SEED --first I" is one case, the same on every machine
  --minimise   shrink each differing case, as long as it still differs
  --keep DIR   keep each differing case as DIR/SEED-I: the tree, and "command" to run in it
  --jobs J     processes at once (default 1)
  --print      print the cases, run nothing
  --quiet      only the closing line
  --from DIR   no drawn Makefiles, but those of DIR (*.mk: tests/make) with a few changes at random

IMAGEMK is the program (default: build/imagemk), GNUMAKE the reference (default: /usr/bin/make). A case
that GNU make itself does not end alike twice, does not end within ten seconds, or ends by a signal,
is left out and counted as such; so is one that differs where GNU make looks at memory that nothing has set:
with a malformed "else ifeq" (a byte of its stack of conditionals), with a $(sort) of what ends in a lone $.
Where a recipe has a command in the background (whose last words may be lost, too), or several jobs run at
once and are told of (-d, --debug) or waited for, the order of what is said is chance: when one of many tries
differs in nothing else the case agrees, and is counted with its cause. Nothing outside a temporary folder is
touched."""
import argparse
import ast
import codecs
import contextlib
import errno
import os
import random
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import harness
import mutate
from make_draw import draw
from write_fence import fence

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS = 10
LIMITS = [(resource.RLIMIT_CPU, 3), (resource.RLIMIT_FSIZE, 1 << 22), (resource.RLIMIT_AS, 1 << 31),
          (resource.RLIMIT_NPROC, 4000)]
NOBODY = 65534
THEN = 1000000000
# Compilers and the like of the built-in rules: what they are called with is all that matters.
STUBS = ("cc g++ f77 as ld ar lex yacc m2c pc tangle weave tex texi2dvi makeinfo co get lint ctangle cweave "
         "gcc c++ f2c").split()
STUB = "#!/bin/sh\necho \"${0##*/}\" \"$@\"\n"
# Lines of --debug and -p that differ on purpose (docs/conformance.md).
PURPOSE = re.compile(rb"^(GNU Make 4\.3|Built for |Copyright \(C\) |License GPL|"
                     rb"Report bugs to <bug-make|This program built for |"
                     rb"This is free software|There is NO WARRANTY| *Putting child |Live child |Reaping |"
                     rb".*: Field '\w+' not cached: |Removing child |Re-executing\[|Got a SIGCHLD).*\n", re.M)


# What -p says of GNU make's inside, or of the moment.
NOT_DATA = re.compile(rb"# (GNU Make |Built for|Copyright|License|This is free|There is NO|Make data base|Finished Make data|.*hash-table stats|Load=|"
                      rb"(No )?strcache |current buf|other (used|free)|Directories$|.* \(device |.*: No such directory|"
                      rb".*: could not be|[0-9]+ files, |No files, )")
VERSION = re.compile(rb"# GNU Make 4\.3")  # may come behind a line without an end


def fill(case, folder):
    for name in case["dirs"]:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for name, (text, age) in case["files"].items():
        name = os.path.join(folder, name)
        fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(fd, text.encode("latin-1"))
        os.close(fd)
        os.utime(name, (THEN + age, THEN + age))
    for name, (to, age) in case["links"].items():
        name = os.path.join(folder, name)
        os.symlink(to, name)
        os.utime(name, (THEN + age, THEN + age), follow_symlinks=False)
    for name in reversed(case["dirs"]):
        os.utime(os.path.join(folder, name), (THEN, THEN))
    for name, mode in sorted(case["modes"].items(), key=lambda item: item[0] in case["dirs"]):
        os.chmod(os.path.join(folder, name), mode)


NOW = re.compile(rb"1[5-9]\d{8}  (?=[0-9 ]{30}`\n)")  # a member's time in an archive
SHORT = os.strerror(errno.EAGAIN).encode()  # what fork says then
JOBSERVER = re.compile(rb"(--jobserver-auth=)\d+,\d+")
MALFORMED = re.compile(r"else\s+ifn?(eq|def)")


SORT_TO_DOLLAR = re.compile(r"\$[({]sort\s[^\n]*\$[)}]")
UNSTABLE = "left out: GNU make gives no stable answer"
UNSET = "left out: GNU make looks at memory that nothing has set"
APPLET = "left out: a command that PATH does not have, which is an applet"
BEHIND = "agree once what they leave in the background has ended"
ORDER = "agree but for the order of what is said: "


def looks_at_unset_memory(case, gnu):
    """After `else ifeq` without two texts GNU make takes the place of the result for one, whatever stood there. Of a
    text that ends in a lone $ its $(sort) looks at the byte behind the end."""
    texts = [case["stdin"]] + [t for t, _ in case["files"].values()] + case["args"]
    said = b"extraneous text after 'else' directive"
    malformed = any(said in gnu.get(name, b"") for name in ("out", "err"))
    return any((malformed and MALFORMED.search(text)) or SORT_TO_DOLLAR.search(text) for text in texts)


NOT_FOUND = re.compile(rb"^(?:make(?:\[\d+\])?: |/bin/sh: \d+: |\S*bash: line \d+: )([\w.+\[-]+): (?:No such file or directory|not found"
                       rb"|command not found)$", re.M)


def misses_applet(applets, gnu, own):
    """Did the GNU side not find one of APPLETS, of which the other says nothing? That is meant (docs/conformance.md)."""
    missed = [{name.decode() for part in ("out", "err") for name in NOT_FOUND.findall(r.get(part, b""))} for r in (gnu, own)]
    return bool((missed[0] - missed[1]) & applets)


WAITING = re.compile(rb"^make(\[\d+\])?: \*\*\* Waiting for unfinished jobs\.\.\.\.$", re.M)
SEVERAL = re.compile(r"-[a-zA-Z]*j(?!1$)|--jobs(?!=1$)")
BACKGROUND = re.compile(r"^[\t>].*[^&>|\s][ \t]*&(?![&>])", re.M)


LONE_AND = re.compile(r"(?<![&<>;|])&(?![&>0-9:-])")


def leaves_running(case):
    """Does it have a command in the background, which may outlive make? Not `&:`, which is make's own."""
    return any(LONE_AND.search(text) for text in [case["stdin"]] + [t for t, _ in case["files"].values()] + case["args"])


def by_chance(case):
    """What of CASE makes the order of what is said a matter of who is faster; None: nothing."""
    if case["purpose"] and any(SEVERAL.match(word) for word in case["args"]):
        return ORDER + "several jobs told of by -d"
    if case["unordered"]:
        return ORDER + "several jobs, some of which may still run at the end"
    if any(BACKGROUND.search(text) for text in [case["stdin"]] + [t for t, _ in case["files"].values()]):
        return ORDER + "commands in the background"
    return None


def in_any_order(result):
    """RESULT with what was said as its sorted words, but for the word that jobs are still running."""
    return {name: sorted(WAITING.sub(b"", part).split()) if name in ("out", "err") else part for name, part in result.items()}


def database(text):
    """Its lines sorted, without what it says of GNU make's inside; .VARIABLES are in the order of a hash table."""
    lines = [line for line in VERSION.sub(b"\n\\g<0>", text).split(b"\n") if line and not NOT_DATA.match(line)]
    lines = [b" ".join(sorted(line.split())) if line.startswith(b".VARIABLES ") else line for line in lines]
    return b"\n".join(sorted(lines)) + b"\n"


def give_up_root(folder):
    """As root, go on as nobody: whatever a drawn recipe says, it can write nowhere else."""
    codecs.lookup("latin-1")  # Python's own files may be out of reach later
    if os.geteuid():
        return
    for inside, folders, files in os.walk(folder):
        for name in [inside] + [os.path.join(inside, f) for f in files]:
            os.chown(name, NOBODY, NOBODY, follow_symlinks=False)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def reachable(folder):
    """Can any account get to FOLDER?"""
    while folder != "/":
        if not os.stat(folder).st_mode & 1:
            return False
        folder = os.path.dirname(folder)
    return True


def memory_folder(path="/dev/shm"):
    """Where files need no disk, unless TMPDIR says where to go or programs cannot be run there: five times as fast."""
    good = "TMPDIR" not in os.environ and os.access(path, os.W_OK | os.X_OK)
    return path if good and not os.statvfs(path).f_flag & os.ST_NOEXEC else None


def open_up(folder):
    """Let all that is below be removed."""
    os.chmod(folder, 0o755)
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            open_up(entry.path)


def spawn(*args, **options):
    """As os.posix_spawn, but waits for the machine to have a process left."""
    for _ in range(100):
        try:
            return os.posix_spawn(*args, **options)
        except BlockingIOError:
            time.sleep(1)
    return os.posix_spawn(*args, **options)


class Folder:
    """One temporary folder: "w" is where both programs run, one after the other."""

    def __init__(self):
        where = os.path.realpath(memory_folder() or tempfile.gettempdir())
        self.top = tempfile.mkdtemp(prefix="differential.", dir=where if reachable(where) else "/tmp")
        imagemk = os.path.realpath(os.environ.get("IMAGEMK", os.path.join(TOP, "build/imagemk")))
        gnu = os.environ.get("GNUMAKE", "/usr/bin/make")
        stubs = os.path.join(self.top, "stubs")
        for name in (stubs, self.path("gnu"), self.path("own")):
            os.mkdir(name)
        for name in STUBS:
            with open(os.path.join(stubs, name), "w", opener=lambda p, f: os.open(p, f, 0o755)) as f:
                f.write(STUB)
        os.symlink(gnu, self.path("gnu/make"))
        with open(imagemk, "rb") as f:
            self.sanitized = b"__asan_init" in f.read()
        # a copy, since the account that runs it may not reach the original
        shutil.copy(imagemk, self.path("own/imagemk"))
        os.symlink("imagemk", self.path("own/make"))
        os.mkdir(self.path("own/tools"))
        os.symlink("../imagemk", self.path("own/tools/make"))
        listed = subprocess.run([imagemk, "tool", "--list"], stdout=subprocess.PIPE, check=True, text=True).stdout
        self.applets = set(listed.split())
        self.program = {w: self.path(w + "/make") for w in ("gnu", "own")}
        self.env = {w: {"PATH": ":".join([self.path(w), stubs, "/usr/bin", "/bin"]), "HOME": "/proc/h", "LC_ALL": "C"}
                    for w in ("gnu", "own")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            for w in ("gnu", "own"):
                if name in os.environ:
                    self.env[w][name] = os.environ[name]
        self.own = self.path("own").encode()
        # imagemk names itself by its place
        self.names = re.compile(re.escape(self.path("own/").encode()) + rb"(tools/)?make")
        # not directly in the top folder: ".." is not to be found in the other cases' way
        self.work = self.path("below/w")
        os.makedirs(self.work)
        os.chdir(self.work)
        fence([self.top, "/tmp"])  # where -O keeps its files
        give_up_root(self.top)

    def path(self, name):
        return os.path.join(self.top, name)

    def close(self):
        os.chdir("/")
        shutil.rmtree(self.top, ignore_errors=True)

    def empty(self):
        for entry in os.scandir(self.work):
            if entry.is_dir(follow_symlinks=False):
                open_up(entry.path)
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                os.unlink(entry.path)

    def files(self):
        """What is left: kind, contents, and the time of what nobody touched."""
        left = {}
        pending = [""]
        open_up(".")
        while pending:
            inside = pending.pop()
            for entry in os.scandir(inside or "."):
                name = inside + entry.name
                if entry.is_symlink():
                    left[name] = ("link", os.readlink(name))
                elif entry.is_dir():
                    left[name] = ("folder",)
                    pending.append(name + "/")
                elif entry.is_file():
                    left[name] = self.file(name, entry.stat())
                else:
                    left[name] = ("other",)
        return left

    def file(self, name, stat):
        try:
            with open(name, "rb") as f:
                data = f.read(1 << 20)
        except PermissionError:
            data = b"unreadable"
        return (self.said(PURPOSE.sub(b"", self.normal(NOW.sub(b"now ", data)))), stat.st_mode & 0o777,
                stat.st_mtime if stat.st_mtime < 1500000000 else "now")

    @staticmethod
    def said(data):
        """DATA, as what a make said: a database is sorted."""
        return database(data) if b"\n# Files\n" in data else data

    def normal(self, data):
        # which descriptors a jobserver has depends on the order of the folder: GNU make may still be reading it
        data = JOBSERVER.sub(b"\\1N,N", data) if b"--jobserver-auth=" in data else data
        if self.own not in data:
            return data
        # what is left of it is the first folder of PATH
        return self.names.sub(b"make", data).replace(self.own, self.path("gnu").encode())

    def run(self, which, case, patient=False):
        """PATIENT: what make left running has a second to end by itself."""
        self.empty()
        fill(case, ".")
        out, err, given = self.path("out"), self.path("err"), self.path("in")
        env = dict(self.env[which], **case["env"])
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(given, "w", encoding="latin-1") as f:
            f.write(case["stdin"])
        actions = [(os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_OPEN, 1, out, flags | os.O_APPEND, 0o644)]
        if case["merge"]:
            actions.append((os.POSIX_SPAWN_DUP2, 1, 2))
        else:
            actions.append((os.POSIX_SPAWN_OPEN, 2, err, flags | os.O_APPEND, 0o644))
        pid = spawn(self.program[which], ["make"] + case["args"], env, file_actions=actions, setpgroup=0,
                    setsigdef=harness.SIGNALS)
        late = []

        def kill(*_):
            late.append(True)
            with contextlib.suppress(ProcessLookupError):  # it ended as its time did
                os.killpg(pid, signal.SIGKILL)

        signal.signal(signal.SIGALRM, kill)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            for what, most in LIMITS:
                if self.sanitized and what == resource.RLIMIT_AS:
                    continue  # sanitizers want all addresses there are
                resource.prlimit(pid, what, (most, most))
        except ProcessLookupError:
            pass
        status = os.waitpid(pid, 0)[1]
        signal.setitimer(signal.ITIMER_REAL, 0)
        if patient:
            harness.wait_for_group(pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # what it left running
        result = {"status": "time" if late else os.waitstatus_to_exitcode(status)}
        for name in ("out",) if case["merge"] else ("out", "err"):
            with open(self.path(name), "rb") as f:
                data = self.normal(f.read(1 << 21))
            if case["purpose"] or b"Usage: make " in data or b"GNU Make 4.3" in data:
                data = PURPOSE.sub(b"", data)
            data = self.said(data)
            if case["unordered"]:
                data = b"\n".join(sorted(data.split(b"\n")))
            result[name] = data
        result["files"] = self.files()
        return result

    def calm(self, which, case):
        """As run(), again as long as the machine has no process left."""
        for _ in range(100):
            result = self.run(which, case)
            if not any(SHORT in result[name] for name in ("out", "err") if name in result):
                break
            time.sleep(1)
        return result

    def compare(self, case):
        """What differs: None when nothing, a text when it is set apart, else both results."""
        gnu = self.calm("gnu", case)
        if gnu["status"] == "time" or gnu["status"] < 0:
            return UNSTABLE
        own = self.calm("own", case)
        if gnu == own:
            return None
        # Two files made within one tick of the clock have the same time: only what differs always is told.
        gnus, owns = [gnu], [own]
        for _ in range(2):
            gnus.append(self.calm("gnu", case))
            owns.append(self.calm("own", case))
        if any(g == o for g in gnus for o in owns):
            return None
        if any(g != gnu for g in gnus):
            return UNSTABLE
        if looks_at_unset_memory(case, gnu):
            return UNSET
        if misses_applet(self.applets, gnu, own):
            return APPLET
        if leaves_running(case) and self.run("gnu", case, patient=True) == self.run("own", case, patient=True):
            return BEHIND
        chance = by_chance(case)
        for _ in range(20 if chance else 0):
            if any(in_any_order(g) == in_any_order(o) for g in gnus for o in owns):
                return chance
            gnus.append(self.calm("gnu", case))
            owns.append(self.calm("own", case))
        return gnu, own


def show_case(case):
    parts = []
    for name, (text, age) in case["files"].items():
        if name.endswith(".a") and text.startswith("!<arch>"):
            text = "(an archive)"
        parts.append(f"--- {name} (time {age})\n{text}" + ("" if text.endswith("\n") or not text else "\n\\ no newline\n"))
    for name in case["dirs"]:
        parts.append(f"--- {name}/\n")
    for name, (to, age) in case["links"].items():
        parts.append(f"--- {name} -> {to} (time {age})\n")
    for name, mode in case["modes"].items():
        parts.append(f"--- {name} has mode {mode:03o}\n")
    if case["stdin"]:
        parts.append("--- standard input\n" + case["stdin"])
    return "".join(parts) + "$ " + command(case) + "\n"


def quote(word):
    return word if re.fullmatch(r"[\w./=:@%^+,-]+", word) else "'" + word.replace("'", "'\\''") + "'"


def command(case):
    env = "".join(f"{k}={quote(v)} " for k, v in case["env"].items())
    return env + " ".join(["make"] + [quote(a) for a in case["args"]]) + (" 2>&1" if case["merge"] else "")


def show_difference(gnu, own):
    lines = []
    for key in gnu:
        if gnu[key] == own[key]:
            continue
        if key == "files":
            for name in sorted(set(gnu[key]) | set(own[key])):
                a, b = gnu[key].get(name), own[key].get(name)
                if a != b:
                    lines.append(f"file {name}: GNU make {a}, imagemk {b}")
        elif key == "status":
            lines.append(f"status: GNU make {gnu[key]}, imagemk {own[key]}")
        else:
            a, b = (x[key].decode("latin-1").splitlines() for x in (gnu, own))
            at = 0
            while at < min(len(a), len(b)) and a[at] == b[at]:
                at += 1
            lines.append(f"{key}, line {at + 1}:")
            lines += ["  GNU make " + repr(x) for x in a[at:at + 3]] + ["  imagemk  " + repr(x) for x in b[at:at + 3]]
    return "\n".join(lines) + "\n"


def keep(case, where, text):
    shutil.rmtree(where, ignore_errors=True)
    os.makedirs(where + "/tree")
    fill(case, where + "/tree")
    with open(where + "/command", "w") as f:
        f.write(command(case) + "\n")
    with open(where + "/difference", "w") as f:
        f.write(text)


class Shrinker:
    """Removes what it can of a case, as long as the case still differs."""

    def __init__(self, folder, case):
        self.folder, self.case = folder, case

    def differs(self, case):
        try:
            result = self.folder.compare(case)
        except OSError:
            return False
        return isinstance(result, tuple) and (result[1]["status"] != "time" or self.timeout)

    def attempt(self, **changes):
        case = dict(self.case, **changes)
        case["modes"] = {n: m for n, m in case["modes"].items() if n in case["files"] or n in case["dirs"]}
        if not self.differs(case):
            return False
        self.case = case
        return True

    def sequence(self, items, use):
        """Remove stretches of items, long ones first; use(items) tries."""
        size = max(1, len(items) // 2)
        while size:
            at = 0
            while at < len(items):
                fewer = items[:at] + items[at + size:]
                if use(fewer):
                    items = fewer
                else:
                    at += size
            size //= 2
        return items

    def pieces(self, read, change):
        """Shorten the text that read() gives, with the case as change(text) says."""
        for pattern in (r"[^\n]*\n?", r"\s+|\S+", r"\$\([^()$]*\)|\$\{[^{}$]*\}|\w+|[\s\S]"):
            if len(read()) < 2500 or pattern.endswith("n?"):
                self.sequence([p for p in re.findall(pattern, read()) if p],
                              lambda fewer: self.attempt(**change("".join(fewer))))

    def run(self):
        first = self.folder.compare(self.case)
        self.timeout = isinstance(first, tuple) and first[1]["status"] == "time"
        before = None
        while before != self.case:
            before = self.case
            if self.case["merge"]:
                self.attempt(merge=False)
            for key in ("modes", "files", "env", "links"):
                self.sequence(list(self.case[key]), lambda names, k=key: self.attempt(
                    **{k: {n: self.case[k][n] for n in names if n in self.case[k]}}))
            self.sequence(self.case["args"], lambda args: self.attempt(args=args))
            self.sequence(self.case["dirs"], lambda dirs: self.attempt(dirs=dirs))
            for name in list(self.case["files"]):
                if not name.endswith(".a"):
                    self.pieces(lambda n=name: self.case["files"][n][0], lambda text, n=name: {
                        "files": dict(self.case["files"], **{n: (text, self.case["files"][n][1])})})
            self.pieces(lambda: self.case["stdin"], lambda text: {"stdin": text})
        return self.case


# What a changed text may come to do by accident, and what is another thing each time.
NOT_CHANGED = re.compile(r"date|\$\$\$|RANDOM|/proc|sleep|kill|/tmp|while|yes |\bmake\b|MAKE[)}]")
OPTIONS = [["-n"], [], [], ["-k", "-s"], ["-n", "--warn-undefined-variables"], ["-B", "--trace", "-k"], ["-r", "-R", "-k"], ["-t"], ["-q"],
           ["-i", "-e"], ["--debug=b", "-n"], ["-npq"]]


def draw_from(texts, seed):
    """A case of one of TEXTS, changed."""
    r = random.Random(f"{seed} changed")
    text = "while"
    while NOT_CHANGED.search(text):
        text = mutate.mutate(r, r.choice(texts), mutate.ANY + mutate.MAKE)
    args = r.choice(OPTIONS)
    files = {name: (name + "\n", 0) for name in ("a.c", "b.c", "foo", "x.h")}
    return {"unordered": False, "args": args, "env": {}, "stdin": "", "files": {"Makefile": (text, 0), **files}, "dirs": ["sub"],
            "links": {}, "modes": {}, "merge": False, "purpose": "--debug=b" in args}


def drawer(options):
    if not options.source:
        return draw
    texts = mutate.texts(options.source, ".mk")
    return lambda seed: draw_from(texts, seed)


def work(first, options, pipe):
    """Every options.jobs-th case; what differs and how many were set apart and why goes into the pipe, a line each."""
    folder = Folder()
    apart = {}
    take = drawer(options)
    try:
        for i in range(first, options.first + options.count, options.jobs):
            case = take(f"{options.seed}:{i}")
            result = folder.compare(case)
            if result is None:
                continue
            if isinstance(result, str):
                apart[result] = apart.get(result, 0) + 1
                continue
            if options.minimise:
                small = Shrinker(folder, case).run()
                fresh = folder.compare(small)
                if isinstance(fresh, tuple):
                    case, result = small, fresh
            text = show_difference(*result)
            pipe.write(repr((i, case, text)) + "\n")
            pipe.flush()
        pipe.write(repr(apart) + "\n")
    finally:
        folder.close()


def fork_worker(first, options):
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return reading
    os.close(reading)
    status = 1
    try:
        with os.fdopen(writing, "w") as pipe:
            work(first, options, pipe)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def reports(fds):
    """The workers' lines as they come."""
    rest = dict.fromkeys(fds, b"")
    while rest:
        for fd in select.select(list(rest), [], [])[0]:
            data = os.read(fd, 1 << 16)
            if not data:
                del rest[fd]
                continue
            *lines, rest[fd] = (rest[fd] + data).split(b"\n")
            for line in lines:
                yield ast.literal_eval(line.decode())


def tell(options, i, case, difference):
    where = f"{options.keep}/{options.seed}-{i}" if options.keep else ""
    text = f"DIFFERS: case {i} of seed {options.seed} {where}\n{show_case(case)}{difference}"
    if where:
        keep(case, where, text)
    if not options.quiet:
        print(text, flush=True)


def main(argv):
    parser = argparse.ArgumentParser(prog="differential make", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("seed", metavar="SEED")
    parser.add_argument("--first", "--case", type=int, default=0)
    parser.add_argument("--minimise", action="store_true")
    parser.add_argument("--keep", type=os.path.abspath)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--from", dest="source", type=os.path.abspath, metavar="DIR")
    options = parser.parse_args(argv)
    if options.print:
        take = drawer(options)
        for i in range(options.first, options.first + options.count):
            print(show_case(take(f"{options.seed}:{i}")))
        return
    ended = differ = 0
    apart = {}
    for report in reports([fork_worker(options.first + w, options) for w in range(options.jobs)]):
        if isinstance(report, dict):
            for why, count in report.items():
                apart[why] = apart.get(why, 0) + count
            ended += 1
        else:
            differ += 1
            tell(options, *report)
    if ended != options.jobs:
        sys.exit("a worker did not reach its end")
    if not options.quiet:
        for why, count in sorted(apart.items()):
            print(count, why)
    print(f"{options.count - sum(apart.get(name, 0) for name in (UNSTABLE, UNSET, APPLET))} compared, {differ} differ")
    sys.exit(differ > 0)
