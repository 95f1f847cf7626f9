# SPDX-License-Identifier: GPL-2.0-only
"""What the differential runs share: run a drawn case by the real program and by imagemk, compare, make it
smaller, keep it. What to draw is the matter of the modules beside this one; each has

    AGAIN               optional: what to say of cases that again() let run once more
    UNSTABLE            optional: what to say of cases that unstable() leaves out
    COMPARED            which of "status", "output", "messages", "files" must agree
    NAMES               the names that its command line takes before N; empty: none
    draw(r, i, name)    a Case, drawn by the random.Random r for the number i
and may have
    SHELLS                          what draw() takes in turns; --dialect leaves one
    normalise(result, case, ours)   cut out of a Result what may differ
    smaller(case)                   yield cases that are a bit smaller, the boldest first
    alike(part, a, b, case)         whether two values of a part, unequal, count as the same
    again(case, real, ours)         whether both are to run once more, after a change in the case
    background(case)                whether a case that differs is to be run once more with time for what its shell left running
    unstable(case)                  whether a case that differs is to be left out when its real run differs with SIGPIPE ignored
    rewritten(case, real)           whether a case that differs is left out for what its real run has done
    declined(stats, case)           whether ours handed the case on, from what --stats={stats} says; DECLINED says what that is
    DETAILS                         whether modes and times of files count, and folders
    SECONDS                         what a case may take
    ENDLESS                         whether a case is left out, too, whose real run fills all the file space there is
    prepare(top)                    lay out what cases find as {top} in their environment
"""
import concurrent.futures
import fcntl
import importlib
import os
import random
import re
import resource
import shutil
import signal
import stat
import tempfile
import time

from write_fence import fence

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IMAGEMK = os.path.abspath(os.environ.get("IMAGEMK", os.path.join(TOP, "build/imagemk")))
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC0", "HOME": "/nonexistent/home"}
SECONDS = 5
FILE_BYTES = 16 << 20
PIPE_BYTES = 1 << 20
MEMORY_BYTES = 4 << 30
SIGNALS = (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGQUIT)  # whoever starts this in the background ignores some


class Case:
    """Two command lines that must do the same in a folder with these files: names to bytes; None is a folder, a
    text is where a link leads, ("hard", NAME) and ("fifo",) are what they say. "text" names the file that smaller()
    cuts down; None: the case stays as it is."""

    def __init__(self, real, ours, files=None, stdin=b"", env=None, text=None):
        self.real, self.ours = real, ours
        self.files, self.stdin = dict(files or {}), stdin
        self.env = dict(ENV, **(env or {}))
        self.text = text
        self.argv0 = None  # of the real one, where it differs from the path
        self.pipe = False  # the input comes by a pipe
        self.modes, self.times = {}, {}  # of files

    def with_text(self, text):
        other = Case(self.real, self.ours, {**self.files, self.text: text}, self.stdin, self.env, self.text)
        other.argv0 = self.argv0
        return other


class Result:
    def __init__(self, status, output, messages, files):
        self.status, self.output, self.messages, self.files = status, output, messages, files


def differing(module, a, b, case):
    alike = getattr(module, "alike", lambda *_: False)
    return [part for part in module.COMPARED if getattr(a, part) != getattr(b, part) and
            not alike(part, getattr(a, part), getattr(b, part), case)]


def wait_for_group(pid):
    """What the leader PID left running has a second to end by itself."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        try:
            os.killpg(pid, 0)
        except OSError:
            return
        time.sleep(.01)


def lay_files(case, folder):
    for name, content in case.files.items():
        path = os.path.join(folder, name)
        if "/" in path:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        if content is None:
            os.makedirs(path, exist_ok=True)
        elif isinstance(content, str):
            os.symlink(content, path)
        elif isinstance(content, tuple):
            if content[0] == "fifo":
                os.mkfifo(path)
            elif os.path.isfile(os.path.join(folder, content[1])):
                os.link(os.path.join(folder, content[1]), path)
        else:
            with open(path, "wb") as f:
                f.write(content)


class Bench:
    """A place to run cases in, one at a time: the folder is always called the same for both sides."""

    def __init__(self, module):
        self.module = module
        self.top = tempfile.mkdtemp(prefix="differential.")
        self.folder = os.path.join(self.top, "w")
        self.streams = tempfile.mkdtemp(prefix="differential.")  # where no case comes to
        self.seconds = getattr(module, "SECONDS", SECONDS)
        self.declined = False  # what ours was in the last case
        self.repeated = 0  # cases that again() let run twice
        self.unstable = 0  # cases left out
        self.crashed = 0   # cases of which the real program died
        if hasattr(module, "prepare"):
            module.prepare(self.top)

    def close(self):
        os.chdir("/")
        shutil.rmtree(self.top, ignore_errors=True)
        shutil.rmtree(self.streams, ignore_errors=True)

    def limit(self):
        """For what this process starts. Sanitizers want all addresses there are."""
        with open(IMAGEMK, "rb") as f:
            sanitized = b"__asan_init" in f.read()
        if not sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for fd in range(3, 64):  # what this process was started with (a lock, a jobserver) is none of the cases'
            try:
                os.set_inheritable(fd, False)
            except OSError:
                pass

    def lay_out(self, case):
        os.chdir(self.top)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        os.chdir(self.folder)
        lay_files(case, "")
        for name in reversed(sorted(case.files)):
            when = case.times.get(name, 1600000000)
            if name in case.modes and not os.path.islink(name):
                os.chmod(name, case.modes[name])
            if os.path.lexists(name) and not isinstance(case.files[name], tuple):
                os.utime(name, (when, when), follow_symlinks=False)
        os.utime(".", (1600000000, 1600000000))

    def left(self):
        found = {}
        details = getattr(self.module, "DETAILS", False)
        started = time.time() - 100000
        for where, folders, names in os.walk(os.fsencode(self.folder)):
            folders.sort()
            for name in names + (folders if details else []):
                path = os.path.join(where, name)
                facts = os.lstat(path)
                if stat.S_ISLNK(facts.st_mode):
                    content = b"-> " + os.readlink(path)
                elif stat.S_ISREG(facts.st_mode):
                    with open(path, "rb") as f:
                        content = f.read()
                elif details:
                    content = None
                else:
                    continue
                if details:
                    content = (oct(facts.st_mode), facts.st_mtime if facts.st_mtime < started else "now", content)
                found[os.fsdecode(os.path.relpath(path, os.fsencode(self.folder)))] = content
        return found

    def feed(self, case, name):
        """An open file or pipe with the case's input."""
        if case.pipe and len(case.stdin) <= PIPE_BYTES:
            fed, end = os.pipe()
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
            os.write(end, case.stdin)
            os.close(end)
            return fed
        with open(name, "wb") as f:
            f.write(case.stdin)
        return os.open(name, os.O_RDONLY)

    def run(self, case, ours, default=SIGNALS, patient=False):
        self.lay_out(case)
        streams = [os.path.join(self.streams, n) for n in ("in", "out", "err")]
        fed = self.feed(case, streams[0])
        argv = list(case.ours if ours else case.real)
        path = argv[0]
        argv[0] = case.argv0 if case.argv0 and not ours else argv[0]
        env = {k: v.replace("{top}", self.top) for k, v in case.env.items()}
        stats = os.path.join(self.streams, "stats") if ours and hasattr(self.module, "declined") else None
        if stats:
            argv = [a.replace("{stats}", stats) for a in argv]
        wanted = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        pid = os.posix_spawn(path, argv, env, setpgroup=0, setsigdef=default, file_actions=[
            (os.POSIX_SPAWN_DUP2, fed, 0),
            (os.POSIX_SPAWN_OPEN, 1, streams[1], wanted, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, streams[2], wanted, 0o600)])
        os.close(fed)
        late = []

        def kill(*_):
            late.append(True)
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:  # it has just ended
                pass

        signal.signal(signal.SIGALRM, kill)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        signal.setitimer(signal.ITIMER_REAL, 0)
        if patient:
            wait_for_group(pid)
        try:
            os.killpg(pid, signal.SIGKILL)  # what it left running
        except OSError:
            pass
        texts = []
        for name in streams[1:]:
            with open(name, "rb") as f:
                texts.append(f.read())
        result = Result("time" if late else status, *texts, self.left() if "files" in self.module.COMPARED else {})
        if stats:
            self.declined = os.path.exists(stats)
            if self.declined:
                with open(stats, encoding="utf-8", errors="replace") as f:
                    self.declined = self.module.declined(f.read(), case)
                os.unlink(stats)
        if hasattr(self.module, "normalise"):
            self.module.normalise(result, case, ours)
        return result

    def compare(self, case, quick=False):
        """Both results and what differs; nothing does where the real one had no time to end, or does so itself from
        one time to the next."""
        real, ours = self.run(case, False), self.run(case, True)
        handed = hasattr(self.module, "again") and self.module.again(case, real, ours)
        if handed:
            self.repeated += 1
            real, ours = self.run(case, False), self.run(case, True)
        endless = ("time", -signal.SIGXFSZ) if getattr(self.module, "ENDLESS", False) else ("time",)
        crashed = real.status in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGFPE)
        self.crashed += crashed and not quick
        parts = differing(self.module, real, ours, case) if real.status not in endless and not crashed else []
        if parts and ours.status == "time" and not quick:  # a busy machine
            self.seconds *= 5
            ours = self.run(case, True)
            self.seconds /= 5
            parts = differing(self.module, real, ours, case)
        if parts and handed and not quick:  # the same program twice: only time can tell them apart
            ours = self.run(case, True)
            parts = differing(self.module, real, ours, case)
        for _ in range(2 if parts and not quick else 0):
            parts = parts if not differing(self.module, real, self.run(case, False), case) else []
        if parts and hasattr(self.module, "background") and self.module.background(case):
            if not differing(self.module, self.run(case, False, patient=True), self.run(case, True, patient=True), case):
                parts = []
                self.unstable += not quick
        if parts and hasattr(self.module, "rewritten") and self.module.rewritten(case, real):
            parts = []
            self.unstable += not quick
        if parts and hasattr(self.module, "unstable") and self.module.unstable(case):
            if differing(self.module, real, self.run(case, False, SIGNALS[1:]), case):
                parts = []
                self.unstable += not quick
        return real, ours, parts


def smaller_text(text):
    """Yield text without a part of it: lines first, then words, then single characters."""
    for split in (rb"[^\n]*\n?", rb"[ \t]*(?:[A-Za-z0-9_]+|.|\n)", rb"."):
        parts = [p for p in re.findall(split, text, re.S) if p]
        size = max(1, len(parts) // 2)
        while size:
            for at in range(0, len(parts), size):
                yield b"".join(parts[:at] + parts[at + size:])
            size //= 2


def smaller(case):
    if case.text is not None:
        for text in smaller_text(case.files[case.text]):
            yield case.with_text(text)


def minimise(bench, case, most=10):
    """The smallest case found in so many seconds that differs still, in the same parts."""
    wanted = bench.compare(case, True)[2]
    propose = getattr(bench.module, "smaller", smaller)
    end, found = time.monotonic() + most, True
    bench.seconds = 1
    while found:
        found = False
        for other in propose(case):
            if time.monotonic() > end:
                break
            if bench.compare(other, True)[2] == wanted:
                case, found = other, True
                break
    bench.seconds = getattr(bench.module, "SECONDS", SECONDS)
    return case


def keep(folder, case, real, ours):
    """Lay a case down so that a person can run it again."""
    files = os.path.join(folder, "files")
    shutil.rmtree(files, ignore_errors=True)
    os.makedirs(files)
    lay_files(case, files)
    for side, argv, result in (("real", case.real, real), ("ours", case.ours, ours)):
        with open(os.path.join(folder, side + ".command"), "w") as f:
            f.write(repr(argv) + "\n")
        for part in ("output", "messages"):
            with open(os.path.join(folder, side + "." + part), "wb") as f:
                f.write(getattr(result, part))
        with open(os.path.join(folder, side + ".status"), "w") as f:
            f.write(f"{result.status}\n")
    with open(os.path.join(folder, "stdin"), "wb") as f:
        f.write(case.stdin)


def short(content, most=300):
    text = repr(content)
    return text if len(text) <= most else text[:most] + "..."


def describe(i, case, real, ours, parts):
    def show(data):
        return data.decode("utf-8", "backslashreplace")
    lines = [f"--- case {i}: " + ", ".join(parts) + (" differs" if len(parts) == 1 else " differ"), repr(case.ours)]
    if case.text is not None:
        lines += [show(case.files[case.text])]
    else:
        lines += [f"input{' (a pipe)' if case.pipe else ''} {short(case.stdin)}",
                  "files {" + ", ".join(f"{n!r}: {short(c)}" for n, c in case.files.items()) + "}"]
    for part in parts:
        a, b = getattr(real, part), getattr(ours, part)
        if part == "files":
            names = [n for n in sorted(set(a) | set(b)) if a.get(n) != b.get(n)]
            a, b = {n: a.get(n) for n in names}, {n: b.get(n) for n in names}
        lines += [f"{part}:", f"  real {short(a, 3000)}", f"  ours {short(b, 3000)}"]
    return "\n".join(lines)


def work(kind, name, seed, numbers, options):
    """Run these cases; return the reports of those that differ, how many were run again, left out, not
    compared, and handed on. Runs in a process of its own."""
    module = importlib.import_module(kind)
    if options.ignore_stderr:
        module.COMPARED = tuple(part for part in module.COMPARED if part != "messages")
    if options.dialect:
        module.SHELLS = (options.dialect,)
    if options.source:
        module.change_texts_of(options.source)
    reports, repeated, unstable, crashed, declined = [], 0, 0, 0, 0
    bench = Bench(module)
    try:
        bench.limit()
        for i in numbers:
            case = module.draw(random.Random(f"{kind} {name} {seed} {i}"), i, name)
            bench.repeated = bench.unstable = bench.crashed = 0
            real, ours, parts = bench.compare(case)
            repeated += bench.repeated
            unstable += bench.unstable
            crashed += bench.crashed
            declined += bench.declined
            if not parts:
                continue
            if options.minimise:
                case = minimise(bench, case)
                real, ours, parts = bench.compare(case, True)
            if options.keep:
                keep(os.path.join(options.keep, f"{kind}-{seed}-{i}"), case, real, ours)
            reports.append(describe(i, case, real, ours, parts))
    finally:
        bench.close()
    return reports, repeated, unstable, crashed, declined


def fence_in(top, more):
    """A worker makes its folders in TOP, and changes nothing but there and below MORE."""
    tempfile.tempdir = top
    fence([top] + more)


def main(kind, name, count, seed, options):
    """Print what differs and the closing line; return whether all agreed."""
    if options.keep:
        options.keep = os.path.abspath(options.keep)
        os.makedirs(options.keep, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="differential.", ignore_cleanup_errors=True) as top:
        return compare_all(top, kind, name, count, seed, options)


def compare_all(top, kind, name, count, seed, options):
    last = options.first + count
    chunks = [range(at, min(at + 50, last)) for at in range(options.first, last, 50)]
    differ = repeated = unstable = crashed = declined = 0
    keeps = [options.keep] if options.keep else []
    with concurrent.futures.ProcessPoolExecutor(options.jobs, initializer=fence_in, initargs=(top, keeps)) as pool:
        runs = [pool.submit(work, kind, name, seed, chunk, options) for chunk in chunks]
        for run in runs:
            reports, more, out, dead, handed = run.result()
            declined += handed
            repeated += more
            unstable += out
            crashed += dead
            for text in reports:
                differ += 1
                print(text, flush=True)
    module = importlib.import_module(kind)
    if hasattr(module, "AGAIN"):
        print(f"{repeated} {module.AGAIN}")
    if hasattr(module, "UNSTABLE"):
        print(f"{unstable} {module.UNSTABLE}")
    if hasattr(module, "DECLINED"):
        print(f"{declined} {module.DECLINED}")
    if crashed:
        print(f"{crashed} not compared: the real program crashed")
    print(f"{count} compared, {differ} differ")
    return differ == 0
