# SPDX-License-Identifier: GPL-2.0-only
"""Made-up parts that image recipes can really be run on: kernels, a root folder, cross tools, device trees, boot
loaders. The same bytes at each call, of the name and size of what they stand for."""
import glob
import os
import random
import re
import shutil
import subprocess

from device_trees import folder_of, lay_out_kernel, of_kernel
from tree import read, write

# Cross tools: the file behind -o (or the last word) says its own name over and over.
CROSS_TOOL = """#!/bin/bash
out=; last=; before=
for word; do [ "$before" = -o ] && out=$word; before=$word; last=$word; done
out=${out:-$last}
case $out in -*) exit 0 ;; esac
for i in {1..200}; do printf '%s:%d;' "${out##*/}" "$i"; done >"$out.new" && mv "$out.new" "$out"
"""
# Not with a relative path: that is a folder of the user's tree.
MADE_TOOL = CROSS_TOOL.replace("-*) exit", "[!/]*) exit").replace('>"$out.new" && mv "$out.new" "$out"', '>>"$out"')
# Those that take one file and write another: a copy.
COPY_TOOL = """#!/bin/bash
in=; out=; last=; before=
for word; do
	if [ "$before" = -o ]; then out=$word; elif [ -z "$in" ] && [ -f "$word" ]; then in=$word; fi
	before=$word; last=$word
done
out=${out:-$last}
case $out in "$in" | -*) exit 0 ;; esac
[ -n "$in" ] || exit 0
cat "$in" >"$out.new" && mv "$out.new" "$out"
"""
# A source of images goes to the real dtc (recipes have this one's folder on PATH); a device tree becomes a small
# one that carries its own name.
DTC = """#!/bin/bash
case " $* " in *" -I "*) exec REAL_DTC "$@" ;; esac
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
name=${out##*/}
{
	echo '/dts-v1/; / { compatible = "made-up,'"$name"'"; model = "'"$name"'"; #address-cells = <1>; #size-cells = <1>;'
	for i in {1..60}; do echo "node$i { reg = <$i 4096>; label = \\"$name-$i\\"; };"; done
	echo '};'
} | REAL_DTC -q -I dts -O dtb -o "$out" -
"""
# Options that make a tool's result the same each time.
STEADY = {"mkfs.fat": "--invariant"}
ROOT = (("bin/busybox", 180000), ("lib/libc.so", 90000), ("etc/banner", 400), ("usr/lib/opkg/status", 3000),
        ("lib/apk/db/installed", 3000))
PACKED = ("", ".bzip2", ".gzip", ".lz4", ".lzma", ".lzo", ".xz", ".zstd")
# Where tools put a command line and a device tree into a kernel.
PLACES = ((4096, b"CMDLINE:" + bytes(512)), (8192, b"OWRTDTB:" + bytes(16384)))
# A file below the tree that a tool or a recipe did not find.
NOT_FOUND = (r"No rule to make target '([^']+)'", r"'?(/[^\s':]+)'?:? ?(?:No such file|: No such)",
             r"cannot (?:open|stat|access) '?(/[^\s':]+)'?", r"failed to open '(/[^\s':]+)'",
             r"[Cc](?:an't|ould ?n[o']t) open (?:file )?'?\"?(/[^\s'\":]+)")
MADE_FOLDERS = r"(?:\bmkdir -p|\binstall -d)((?: [^\s;&|()'\"]+)+)"
NO_COMMAND = r"line \d+: ([\w.+-]+): command not found"
# A word of a recipe that is a file which the kernel's build, or a boot loader's, would have left.
LEFT_BEHIND = r"(?<![-=\w/>])(?:%s/[\w.,+@/-]+|%s/[\w.,+@/-]+\.dtbo?)(?=[\s'\";):]|$)"


def blob(size, seed):
    """Bytes that pack about as well as a program: words from a small dictionary, some noise."""
    draw = random.Random(f"{seed}")
    words = [draw.randbytes(draw.randint(2, 24)) for _ in range(3000)]
    out = bytearray()
    while len(out) < size:
        out += draw.choice(words)
        if draw.random() < 0.15:
            out += draw.randbytes(3)
    return bytes(out[:size])


def kernel_names(tree, board, value):
    """What recipes may begin with in KDIR: the defaults, and each plain KERNEL_NAME that a device sets."""
    names = {"vmlinux", "vmlinuz", "zImage", "Image", *value.get("KERNELNAME", "").split()}
    for base, _, files in os.walk(os.path.join(tree.path, "target/linux", board, "image")):
        for name in files:
            if name.endswith(".mk") or name == "Makefile":
                text = read(os.path.join(base, name)).decode(errors="replace")
                names |= set(re.findall(r"KERNEL_NAME\s*[:?]?=\s*([^\s$]+)\s*$", text, re.M))
    return sorted(names)


def wildcard_devices(tree, board, value):
    """Where a board takes the names of its device trees from what is in the kernel's folder: bcm53xx, QSDK's ipq. (A
    real kernel's folder has the sources, and its build left the rest.)"""
    path = os.path.join(tree.path, "target/linux", board, "image/Makefile")
    text = read(path).decode(errors="replace") if os.path.isfile(path) else ""
    devices = [d.replace("_", "-") for d in re.findall(r"^define Device/(\S+)", text, re.M) if board == "bcm53xx"]
    linux, places = value["LINUX_DIR"] + "/arch/", ("", "/broadcom")
    if tree.args.kernel:
        for path in (p for d in devices for b in places for p in glob.glob(f"{linux}arm/boot/dts{b}/*-{d}.dts")):
            write(os.path.splitext(path)[0] + ".dtb", "made up\n")
        return
    names = [f"arm/boot/dts{place}/bcm4708-{device}" for device in devices for place in places]
    names += [f"{arch}/boot/dts{place}/{pattern.replace('?', '1').replace('*', '')}0"
              for pattern in re.findall(r"call FindDeviceTrees, *([\w.?*-]+)", text)
              for arch in ("arm", "arm64") for place in ("", "/qcom")]
    for name in names:
        write(f"{linux}{name}.dtb", "made up\n")
        write(f"{linux}{name}.dts", "/dts-v1/;\n/ {};\n")


def steady_tools(folder):
    """In FOLDER, which is first on PATH, a script for each tool that would put a random number into its result."""
    for tool, option in STEADY.items():
        path = os.path.join(folder, tool)
        real = os.path.realpath(path) if os.path.lexists(path) else shutil.which(tool)
        if real:
            if os.path.lexists(path):
                os.unlink(path)
            write(path, f'#!/bin/sh\nexec {real} {option} "$@"\n', 0o755)


def fill(tree, work, board, value, kernel_bytes):
    """Put contents into WORK/tree, which tree.lay_out made, VALUE being what that returned. Returns the files of a real
    kernel's, and lines about what of the tree's does not fit them."""
    top = work + "/tree"
    cross = os.path.basename(value["TARGET_CROSS"])
    for tool in ("gcc", "g++", "ld", "objcopy", "objdump", "cpp", "strip", "nm", "ar", "as"):
        write(f"{top}/staging_dir/host/bin/{cross}{tool}", COPY_TOOL if tool in ("objcopy", "strip") else CROSS_TOOL, 0o755)
    write(value["LINUX_DIR"] + "/scripts/dtc/dtc", DTC.replace("REAL_DTC", shutil.which("dtc") or "dtc-is-not-installed"), 0o755)
    for seed, (name, size) in enumerate(ROOT):
        write(os.path.join(value["TARGET_DIR"], name), blob(size, seed + 10), 0o755 if name.startswith("bin/") else 0o644)
    kernel = kernel_blob(kernel_bytes, 1)
    for name in kernel_names(tree, board, value):
        write(f"{value['KDIR']}/{name}", kernel)
        write(f"{value['KDIR']}/{name}-initramfs", kernel + blob(100000, 2))
    for packed in PACKED:
        write(f"{value['KDIR']}/initrd.cpio{packed}", blob(120000, 3))
    real = [], []
    if tree.args.headers:
        real = lay_out_kernel(tree, board, value, f"{top}/staging_dir/host/bin/{cross}cpp")
    wildcard_devices(tree, board, value)
    steady_tools(top + "/staging_dir/host/bin")
    return real


def below_tree(work, names):
    """Of NAMES those of no file, in a folder that a build makes: as names relative to WORK/tree."""
    top = work + "/tree/"
    names = {os.path.normpath(n)[len(top):] for n in names if n.startswith(top) and not os.path.lexists(n)}
    return sorted(n for n in names if n.startswith(("staging_dir/", "build_dir/")) and "/tmp/" not in n + "/")


def folders_of(log):
    """The folders that the recipes shown in LOG make."""
    return {os.path.normpath(word) for words in re.findall(MADE_FOLDERS, log, re.M) for word in words.split() if word[0] == "/"}


def named(work, value, log):
    """Files that the recipes shown in LOG take from the kernel's folder or from that of boot loaders, or copy into a
    file system."""
    folders = [re.escape(value[v]) for v in ("STAGING_DIR_IMAGE", "LINUX_DIR")]
    copied = re.findall(r"\bmcopy -i \S+ (/[\w.,+@/-]+) ::", log)
    return below_tree(work, set(re.findall(LEFT_BEHIND % tuple(folders), log, re.M) + copied) - folders_of(log))


def not_found(work, log):
    """Files that the run with this LOG missed. A pattern stands for two files."""
    names = {n for pattern in NOT_FOUND for n in re.findall(pattern, log)}
    names |= {f"{work}/tree/staging_dir/host/bin/{n}" for n in re.findall(NO_COMMAND, log)}
    names |= {n.replace("*", f"made-up-{i}") for n in names for i in "12" if "*" in n}
    return below_tree(work, {n for n in names if "*" not in n} - folders_of(log))


def kernel_blob(size, seed):
    """A blob with the places that tools look for in a kernel."""
    kernel = bytearray(blob(size, seed))
    for at, place in PLACES:
        if at + len(place) < size:
            kernel[at:at + len(place)] = place
    return bytes(kernel)


def make_tool(tree, path):
    """A host tool that was missing: of the tree's own source, or one that adds its name to a file. (The system's own
    may lack options that the tree's has.)"""
    name = os.path.basename(path)
    for source in glob.glob(os.path.join(glob.escape(tree.path), "tools/*/src", glob.escape(name) + ".c")):
        if not subprocess.run(["cc", "-O1", "-w", "-o", path, source], check=False).returncode:
            return
    write(path, MADE_TOOL, 0o755)


def make_up(tree, path):
    """A file that was missing: a tool or a device tree where its name says so."""
    name = os.path.basename(path)
    folder_of(path)
    if path.endswith("/staging_dir/host/bin/" + name):
        make_tool(tree, path)
        return
    if tree.args.kernel and name.endswith((".dtb", ".dtbo")) and of_kernel(path):
        return
    write(path, kernel_blob(70000, name))
    if name.endswith((".dtb", ".dtbo")) and shutil.which("dtc"):
        dtc = DTC.replace("REAL_DTC", shutil.which("dtc"))
        subprocess.run(["bash", "-c", dtc, "dtc", "-o", path], check=False)
