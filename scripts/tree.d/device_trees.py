# SPDX-License-Identifier: GPL-2.0-only
"""Device trees of a laid out tree, made of their sources by the real cpp and dtc: what a kernel has for them (headers
for sources, its own sources), with what the tree adds and changes, and made-up sources in place of those that can't be made."""
import glob
import os
import re
import shutil
import subprocess

from tree import read, write

SOURCES = "arch/{}/boot/dts"
# dtc's options in the kernel's own build, of what decides bytes; the warnings are off.
KERNEL_DTC = ["-q", "-O", "dtb", "-b", "0"]
MADE_UP = """/dts-v1/;%(kind)s
/ { compatible = "made-up,%(name)s"; model = "%(name)s"; note = "%(long)s"; };
"""
# The two steps of a recipe that makes a device tree: cpp writes TREE.tmp of a source, dtc TREE of that.
CPP = re.compile(r"^\S*cpp -nostdinc .*-o (\S+)\.tmp (\S+)$", re.M)
DTC = r"^\S*/dtc .*-o {0} {0}\.tmp$"


def folder_of(path):
    """The folder of PATH is made; what was taken for a file there before makes way."""
    above = os.path.dirname(path)
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    if os.path.isfile(above):
        os.unlink(above)
    os.makedirs(os.path.dirname(path), exist_ok=True)


def link(path, target):
    folder_of(path)
    if os.path.lexists(path):
        os.unlink(path)
    os.symlink(target, path)


def copy_files(source, target):
    """The files below SOURCE, if there is such a folder, over those below TARGET."""
    if os.path.isdir(source):
        folder_of(target + "/.")
        shutil.copytree(source, target, dirs_exist_ok=True)


def architectures(kernel, own):
    """Whose sources the device trees of architecture OWN are made of: its own, and those that they include of others; all
    where OWN is not known."""
    have = sorted(a for a in os.listdir(kernel + "/arch") if os.path.isdir(f"{kernel}/{SOURCES.format(a)}"))
    if own not in have:
        return have
    found, other = [own], re.compile(rb'^\s*#include\s+[<"](%s)/' % "|".join(have).encode(), re.M)
    for one in found:
        for base, _, files in os.walk(f"{kernel}/{SOURCES.format(one)}"):
            for name in files:
                text = read(os.path.join(base, name)) if name.endswith((".dts", ".dtsi", ".dtso", ".h")) else b""
                found += sorted({a.decode() for a in other.findall(text)} - set(found))
    return found


def parts_of(patch):
    """The text of a patch by files, each with git's own lines before it where there are such."""
    text = re.split(rb"^-- \n", patch, maxsplit=1, flags=re.M)[0]
    parts = []
    for part in re.split(rb"^(?=diff --git |--- .*\n\+\+\+ )", text, flags=re.M)[1:]:
        git = parts[-1].split(b"\n", 1)[0] if parts and not re.search(rb"^--- ", parts[-1], re.M) else b""
        names = re.findall(rb"^(?:---|\+\+\+) [^/\s]+/(\S+)", part, re.M)[:2]
        if part.startswith(b"--- ") and any(git.endswith(b"/" + n) or b"/" + n + b" " in git for n in names):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def patches(tree, board, version, wanted):
    """What the tree's patches for that kernel change of the files below folders WANTED, in their order: (patch,
    file, text)."""
    folders = [f"generic/{kind}-{version}" for kind in ("backport", "pending", "hack")] + [f"{board}/patches-{version}"]
    name = re.compile(rb"(?:rename from |--- [^/\s]+/|\+\+\+ [^/\s]+/)((?:%s)/\S+)" % "|".join(wanted).encode())
    for folder in folders:
        for path in sorted(glob.glob(glob.escape(os.path.join(tree.path, "target/linux", folder)) + "/*.patch")):
            for part in parts_of(read(path)):
                touched = name.search(re.split(rb"^@@ ", part, maxsplit=1, flags=re.M)[0])
                if touched:
                    yield f"{folder}/{os.path.basename(path)}", touched[1].decode(), part


def lay_out_kernel(tree, board, value, cpp):
    """CPP becomes a link to the host's, dtc the host's own. The kernel's folder gets the headers that --headers names, or
    those and the sources that --kernel does, what the tree adds to its kernels, and its changes of them. Returns the files,
    and lines about the changes that do not fit."""
    linux, notes = value["LINUX_DIR"], []
    for path, tool in ((cpp, "cpp"), (linux + "/scripts/dtc/dtc", "dtc")):
        link(path, shutil.which(tool))
    wanted = ["include/dt-bindings"]
    copy_files(tree.args.headers + "/dt-bindings", linux + "/include/dt-bindings")
    if tree.args.kernel:
        for arch in architectures(tree.args.kernel, value.get("LINUX_KARCH", "")):
            wanted.append(SOURCES.format(arch))
            copy_files(f"{tree.args.kernel}/{wanted[-1]}", f"{linux}/{wanted[-1]}")
            link(f"{linux}/scripts/dtc/include-prefixes/{arch}", "../../../" + wanted[-1])
        link(linux + "/scripts/dtc/include-prefixes/dt-bindings", "../../../include/dt-bindings")
    found = re.match(r"linux-(\d+\.\d+)", os.path.basename(linux))
    version = found[1] if found else ""
    for owner in ("generic", board):
        for added in ("files", "files-" + version):
            for name in ["include/dt-bindings", *(wanted[1:] or ["arch"])]:
                copy_files(f"{tree.path}/target/linux/{owner}/{added}/{name}", f"{linux}/{name}")
    for patch, name, text in patches(tree, board, version, wanted) if version else ():
        done = subprocess.run(["patch", "-p1", "-s", "-f", "--no-backup-if-mismatch", "-r", "-", "-d", linux], input=text,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if done.returncode:
            notes.append(f"  patch    {patch} does not fit {name}")
    return [os.path.join(base, n) for w in wanted for base, _, names in os.walk(f"{linux}/{w}") for n in names], notes


def run(command, cwd, env):
    """The reason why the shell text COMMAND fails, or ""."""
    done = subprocess.run(["bash", "-c", command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode(errors="replace").strip().split("\n")
    return next((s for s in said if "rror" in s), said[0] or "fails") if done.returncode else ""


def own_board(tree, work, board):
    """In WORK/tree a folder of the board's own in place of a link to the user's tree."""
    at, real = work + "/tree", tree.path
    for name in ("target", "linux"):
        at, real = f"{at}/{name}", f"{real}/{name}"
        if os.path.islink(at):
            os.unlink(at)
            os.mkdir(at)
            for other in os.listdir(real):
                os.symlink(f"{real}/{other}", f"{at}/{other}")
    if os.path.islink(f"{at}/{board}"):
        os.unlink(f"{at}/{board}")
        shutil.copytree(f"{real}/{board}", f"{at}/{board}", symlinks=True)


def replace(tree, work, board, log):
    """Tries what the recipes shown in LOG do to make device trees. A source of which none can be made is replaced by one
    that is made up. Returns lines that say how many are of their sources, and which are not."""
    steps = re.sub(r"[ \t]+$", "", re.sub(r"[ \t]*\\\n[ \t]*", " ", log), flags=re.M)
    cwd, tried = f"{work}/tree/target/linux/{board}/image", work + "/tmp/tried"
    done, notes = set(), []
    for step in CPP.finditer(steps):
        result, source = step[1], step[2]
        dtc = re.compile(DTC.format(re.escape(result)), re.M).search(steps, step.end())
        if result in done or not dtc:
            continue
        done.add(result)
        reason = run(f"{step[0]} && {dtc[0]}".replace(result, tried), cwd, tree.environment(work))
        if not reason:
            continue
        notes.append(f"  made up  {os.path.basename(result)}: {reason}".replace(work + "/tree/", ""))
        if not source.startswith(work):
            own_board(tree, work, board)
        name = os.path.basename(source)
        path = os.path.join(cwd, source)
        folder_of(os.path.realpath(path))
        kind = " /plugin/;" if name.endswith(".dtso") else ""
        write(path, MADE_UP % {"kind": kind, "name": name, "long": " ".join(f"{name} {i}" for i in range(60))})
    return [f"  {len(done) - len(notes)} device trees of their sources, {len(notes)} made up", *notes] if done else []


def of_kernel(path):
    """Makes the device tree PATH in a kernel's folder of its source there, as the kernel's own build would; whether it
    could."""
    found = re.match(r"(.*)/arch/[^/]+/boot/dts/", path)
    stem = os.path.splitext(path)[0]
    source = next((s for s in (stem + ".dts", stem + ".dtso", stem + "-overlay.dts") if os.path.exists(s)), "")
    if not found or not source:
        return False
    include, between = found[1] + "/scripts/dtc/include-prefixes", path + ".tmp"
    steps = (["cpp", "-nostdinc", "-I" + include, "-undef", "-D__DTS__", "-x", "assembler-with-cpp", "-o", between, source],
             ["dtc", *KERNEL_DTC, "-i" + os.path.dirname(source) + "/", "-i" + include, "-o", path, between])
    done = all(not subprocess.run(s, stderr=subprocess.DEVNULL, check=False).returncode for s in steps)
    if os.path.exists(between):
        os.unlink(between)
    return done
