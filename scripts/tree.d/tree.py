# SPDX-License-Identifier: GPL-2.0-only
"""An OpenWrt tree of the user's, run by GNU make and by imagemk: in a folder of links to it, with a
configuration, host tools and, for the image stage, made-up parts. Nothing is written to the tree itself."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EPOCH = 1700000000
REVISION = "r30000-0123456789"
OURS = ("tmp", "staging_dir", "build_dir", "bin", "logs", ".config", ".config.old")
TMP_FILES = (".packageinfo", ".packageauxvars", ".targetinfo", ".config-target.in", ".config-package.in")
VALUES = ("KDIR", "TARGET_DIR", "LINUX_DIR", "TARGET_CROSS", "STAGING_DIR_IMAGE", "KERNELNAME", "BIN_DIR",
          "LINUX_KARCH")
CROSS = ("gcc", "g++", "ld", "objcopy", "objdump", "cpp", "strip", "nm", "ar", "as")
HOST_TOOLS = ("awk", "bash", "bzip2", "cp", "cpio", "cut", "find", "flock", "getopt", "grep", "gzip", "install",
              "ln", "make", "openssl", "patch", "perl", "python", "python3", "sed", "seq", "stat", "tar", "unzip",
              "xargs", "xxd", "xz", "zstd")
DATE = """#!/bin/sh
for word; do case $word in -d* | --date* | -r* | --reference* | -f* | --file* | -s* | --set*) exec %s "$@" ;; esac; done
exec %s -d @%d "$@"
"""
# Names that count up instead of random ones.
MKTEMP = """#!/bin/sh
made=$(%s "$@") || exit
echo x >>"${0%%/*}/made"
name=${made%%/*}/tmp.$(grep -c x "${0%%/*}/made")
[ ! -e "$made" ] || mv "$made" "$name" || exit
echo "$name"
"""


class Cannot(Exception):
    """Why a comparison could not be made."""


def exit_usage(text):
    print(os.path.basename(sys.argv[0]) + ": " + text, file=sys.stderr)
    raise SystemExit(2)


class Tree:
    """The user's tree, and how to run both programs over a folder of links to it."""

    def __init__(self, args):
        self.path = os.path.realpath(args.tree)
        self.args = args
        self.steady = True  # date and mktemp on PATH say the same at each run
        self.lock = threading.Lock()
        self.elapsed = {"gnu": 0.0, "imagemk": 0.0}
        self.processor = dict(self.elapsed)
        for need in ("rules.mk", "include/image.mk", "target/linux"):
            if not os.path.exists(os.path.join(self.path, need)):
                exit_usage(f"{args.tree} is no OpenWrt tree: it has no {need}")
        self.programs = {"gnu": shutil.which(os.environ.get("GNUMAKE", "make")),
                         "imagemk": shutil.which(os.environ.get("IMAGEMK", TOP + "/build/imagemk"))}
        for name, path in self.programs.items():
            if not path:
                exit_usage(f"{name}: no such program; build imagemk first, or set IMAGEMK and GNUMAKE")
            self.programs[name] = os.path.realpath(path)

    def link(self, folder):
        """A folder of links to the tree, with the tree's configuration but nothing that was built."""
        os.makedirs(folder)
        for name in os.listdir(self.path):
            if name not in OURS and not name.startswith(".git"):
                os.symlink(os.path.join(self.path, name), os.path.join(folder, name))

    def environment(self, work):
        env = {k: v for k, v in os.environ.items() if k not in
               ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES", "GNUMAKEFLAGS", "MAKE_TERMOUT",
                "MAKE_TERMERR", "TOPDIR", "IMAGEMK", "GNUMAKE", "CONFIG_SITE")}
        path = [work + "/bin", work + "/tree/staging_dir/host/bin", env["PATH"]]
        # The last three are what a tree's top Makefile exports to all that it calls.
        return dict(env, PWD=work + "/tree", TMPDIR=work + "/tmp", PATH=":".join(path), TOPDIR=work + "/tree",
                    LC_ALL="C", LANG="C")

    def run(self, work, which, words, out, more=()):
        """make WORDS in WORK/tree by WHICH program, always called WORK/bin/make; output to OUT.out, .err, .status;
        MORE (name, value) pairs of environment. Returns the seconds it took: elapsed, of processor."""
        link = os.path.join(work, "bin/make")
        if os.path.lexists(link):
            os.unlink(link)
        os.symlink(self.programs[which], link)
        shutil.rmtree(work + "/tmp", ignore_errors=True)
        os.mkdir(work + "/tmp")
        write(work + "/bin/made", "")
        with open(out + ".out", "wb") as stdout, open(out + ".err", "wb") as stderr:
            begin = time.monotonic()
            child = subprocess.Popen([link] + words, cwd=work + "/tree", env=dict(self.environment(work), **dict(more)),
                                     stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, start_new_session=True)
            timer = threading.Timer(self.args.timeout, lambda: os.killpg(child.pid, 9))
            timer.start()
            _, status, usage = os.wait4(child.pid, 0)
            timer.cancel()
            child.returncode = os.waitstatus_to_exitcode(status)
            took = time.monotonic() - begin
        if took >= self.args.timeout:
            raise Cannot(f"{which} took longer than {self.args.timeout} seconds")
        with open(out + ".status", "w") as f:
            f.write(f"{child.returncode}\n")
        return took, usage.ru_utime + usage.ru_stime

    def run_program(self, command, out):
        """COMMAND must succeed; what it says goes to OUT."""
        with open(out, "wb") as f:
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=f, stderr=f, check=False).returncode:
                raise Cannot(f"{' '.join(command)}: {read(out).decode(errors='replace').strip()}")

    def count(self, which, times):
        with self.lock:
            self.elapsed[which] += times[0]
            self.processor[which] += times[1]

    def ask(self, work, words, text):
        """What GNU make says to TEXT, evaluated behind the Makefiles."""
        out = os.path.join(work, "ask")
        self.run(work, "gnu", words + ["--eval", f"tree-asks: ; @:$(info {text})", "tree-asks"], out)
        return read(out + ".out").decode(errors="replace").split("\n")

    def subtargets(self, wanted):
        """(board, subtarget or "") for all of the tree, or for those that were named."""
        found = []
        linux = os.path.join(self.path, "target/linux")
        with tempfile.TemporaryDirectory() as work:
            self.start(work, True)
            for board in sorted(os.listdir(linux)):
                makefile = os.path.join(linux, board, "Makefile")
                if not os.path.exists(makefile) or b"target.mk" not in read(makefile):
                    continue
                if wanted and board not in [w.split("/")[0] for w in wanted]:
                    continue
                said = self.ask(work, dump_words(work, board, ""), "<<$(SUBTARGETS)>>")
                names = [m[1].split() for m in map(re.compile("^<<(.*)>>$").match, said) if m]
                found += [(board, s) for s in (names[-1] if names else []) or [""]]
        if not wanted:
            return found
        for w in wanted:
            if not any(w in (b, b + "/" + s) for b, s in found):
                exit_usage(f"{w}: the tree has no such target")
        return [(b, s) for b, s in found if b in wanted or b + "/" + s in wanted]

    def start(self, work, tmp):
        """WORK anew: bin/, the folder of links, and perhaps an empty tmp."""
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work + "/bin")
        if self.steady:
            date = shutil.which("date")
            write(work + "/bin/date", DATE % (date, date, EPOCH), 0o755)
            write(work + "/bin/mktemp", MKTEMP % shutil.which("mktemp"), 0o755)
        self.link(work + "/tree")
        if tmp:
            os.mkdir(work + "/tree/tmp")


def read(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, data, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    os.chmod(path, mode)


def dump_words(work, board, sub):
    return ["-s", "-r", "--no-print-directory", "-C", "target/linux/" + board, "TOPDIR=" + work + "/tree", "DUMP=1",
            "TARGET_BUILD=1"] + (["SUBTARGET=" + sub] if sub else []) + ["V=s"]


def image_words(work, board):
    return ["-C", f"target/linux/{board}/image", "TARGET_BUILD=1", "TOPDIR=" + work + "/tree", "V=s",
            "OPENWRT_BUILD=1", f"SOURCE_DATE_EPOCH={EPOCH}", "REVISION=" + REVISION, "SIGNATURE=12345678"]


# The configuration's word for a feature of the target: as scripts/target-metadata.pl and config/ have it.
FEATURES = {"squashfs": ["TARGET_ROOTFS_SQUASHFS", "USES_SQUASHFS"], "ext4": ["TARGET_ROOTFS_EXT4FS", "USES_EXT4"],
            "jffs2": ["TARGET_ROOTFS_JFFS2", "USES_JFFS2"], "jffs2_nand": ["TARGET_ROOTFS_JFFS2_NAND"],
            "ubifs": ["TARGET_ROOTFS_UBIFS", "USES_UBIFS"], "targz": ["TARGET_ROOTFS_TARGZ"],
            "cpiogz": ["TARGET_ROOTFS_CPIOGZ"], "erofs": ["TARGET_ROOTFS_EROFS"], "dt": ["USES_DEVICETREE"],
            "ramdisk": ["TARGET_ROOTFS_INITRAMFS", "TARGET_INITRAMFS_COMPRESSION_NONE", "USES_INITRAMFS"],
            "boot-part": ["USES_BOOT_PART"], "rootfs-part": ["USES_ROOTFS_PART"], "small_flash": ["SMALL_FLASH"],
            "low_mem": ["LOW_MEMORY_FOOTPRINT"], "usb": ["USB_SUPPORT"], "pci": ["PCI_SUPPORT"],
            "nand": ["NAND_SUPPORT"], "emmc": ["EMMC_SUPPORT"], "minor": []}


def all_devices(board, sub, text):
    """A configuration with every device and file system that the dump TEXT speaks of."""
    field = dict(m.groups() for m in re.finditer(r"^([A-Z][\w-]*): *(.*)$", text, re.M))
    if "Target" not in field:
        raise Cannot("GNU make has no dump of it to make a configuration from")
    target = re.sub(r"[-./]", "_", board + ("_" + sub if sub else ""))
    features = field.get("Target-Features", "").split()
    yes = ["HAVE_DOT_CONFIG", "TARGET_" + re.sub(r"[-./]", "_", board), "TARGET_" + target, "TARGET_MULTI_PROFILE",
           "TARGET_ALL_PROFILES", "HAS_SUBTARGETS", "HAS_DEVICES", "JSON_OVERVIEW_IMAGE_INFO", "IPV6", "USE_MUSL",
           "TARGET_IMAGES_GZIP", field.get("Target-Arch", "")] + [s for f in features for s in FEATURES.get(f, ())]
    if field.get("Target-Arch") == "x86_64" or board == "x86":
        yes += ["GRUB_IMAGES", "GRUB_EFI_IMAGES", "ISO_IMAGES", "VDI_IMAGES", "VMDK_IMAGES", "QCOW2_IMAGES",
                "VHDX_IMAGES"]
    yes += re.findall(r"^Target-Profile: DEVICE_(\S+)$", text, re.M) and \
        [f"TARGET_DEVICE_{target}_DEVICE_{d}" for d in re.findall(r"^Target-Profile: DEVICE_(\S+)$", text, re.M)]
    words = {"TARGET_BOARD": board, "TARGET_SUBTARGET": sub or "generic", "ARCH": field.get("Target-Arch", ""),
             "TARGET_ARCH_PACKAGES": field.get("Target-Arch-Packages", ""), "CPU_TYPE": field.get("CPU-Type", ""),
             "TARGET_OPTIMIZATION": field.get("Target-Optimization", ""), "TARGET_SUFFIX": "musl", "LIBC": "musl",
             "GCC_VERSION": "13.3.0", "TARGET_INIT_PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TARGET_PROFILE": "Default",
             "GRUB_TITLE": "", "GRUB_SERIAL": "ttyS0", "GRUB_ROOT": "", "GRUB_TIMEOUT": "5", "GRUB_BOOTOPTS": ""}
    numbers = {"TARGET_ROOTFS_PARTSIZE": 104, "TARGET_KERNEL_PARTSIZE": 16, "TARGET_SQUASHFS_BLOCK_SIZE": 256,
               "TARGET_EROFS_PCLUSTER_SIZE": 64, "GRUB_BAUDRATE": 115200, "TARGET_EXT4_BLOCKSIZE": 4096}
    return "".join([f"CONFIG_{y}=y\n" for y in yes if y] + [f'CONFIG_{k}="{v}"\n' for k, v in words.items()] +
                   [f"CONFIG_{k}={v}\n" for k, v in numbers.items()])


def configuration(tree, work, board, sub):
    name = f"{board}_{sub}.config" if sub else board + ".config"
    if tree.args.configs:
        path = os.path.join(tree.args.configs, name)
        if not os.path.exists(path):
            raise Cannot(f"no {name} in {tree.args.configs}")
        return read(path).decode(errors="replace")
    own = os.path.join(tree.path, ".config")
    if os.path.exists(own) and not tree.args.all_devices:
        text = read(own).decode(errors="replace")
        if f"CONFIG_TARGET_{board}_{sub}=y\n" not in text:
            raise Cannot("the tree's .config is for another one; see --all-devices")
        return text
    tree.start(work, True)
    tree.run(work, "gnu", dump_words(work, board, sub), work + "/dump")
    return all_devices(board, sub, read(work + "/dump.out").decode(errors="replace"))


def host_tools(tree, folder):
    """staging_dir/host/bin: the tools given, or the tree's own, or what $(shell) lines need."""
    os.makedirs(folder)
    given = tree.args.hostbin or os.path.join(tree.path, "staging_dir/host/bin")
    if os.path.isdir(given):
        for name in os.listdir(given):
            os.symlink(os.path.realpath(os.path.join(given, name)), os.path.join(folder, name))
    for name in HOST_TOOLS:
        path = shutil.which(name)
        if path and name != "make" and not os.path.lexists(os.path.join(folder, name)):
            os.symlink(path, os.path.join(folder, name))
    source = os.path.join(tree.path, "scripts/mkhash.c")
    if not os.path.lexists(folder + "/mkhash") and os.path.exists(source):
        subprocess.run(["cc", "-O1", "-w", "-o", folder + "/mkhash", source], check=False)


def lay_out(tree, work, board, sub):
    """WORK/tree with a kernel, a root folder and cross tools by name only: enough where nothing is run but $(shell).
    Returns where things are: the values of VALUES."""
    text = configuration(tree, work, board, sub)
    tree.start(work, True)
    top = work + "/tree"
    write(top + "/.config", re.sub(r"(?m)^CONFIG_TARGET_DEVICE_.*\n", "", text))
    for name in TMP_FILES:
        if os.path.exists(os.path.join(tree.path, "tmp", name)):
            shutil.copy(os.path.join(tree.path, "tmp", name), top + "/tmp")
    host_tools(tree, top + "/staging_dir/host/bin")
    said = tree.ask(work, image_words(work, board), "".join(f"<<{v}=$({v})>>" for v in VALUES))
    value = {}
    for line in said:
        value.update(re.findall(r"<<(\w+)=(.*?)>>", line))
    for v in ("KDIR", "LINUX_DIR", "TARGET_DIR"):
        if not value.get(v, "").startswith(top + "/"):
            raise Cannot(f"GNU make could not read it: {first_error(work + '/ask.err')}")
    for tool in CROSS:
        write(f"{top}/staging_dir/host/bin/{os.path.basename(value['TARGET_CROSS'])}{tool}", "#!/bin/sh\n", 0o755)
    write(value["LINUX_DIR"] + "/scripts/dtc/dtc", "#!/bin/sh\n", 0o755)
    write(value["TARGET_DIR"] + "/bin/busybox", "busybox\n", 0o755)
    for name in {"vmlinux", "vmlinuz", "zImage", "Image", *value.get("KERNELNAME", "").split()}:
        write(f"{value['KDIR']}/{name}", "kernel\n")
        write(f"{value['KDIR']}/{name}-initramfs", "kernel\n")
    for v in ("STAGING_DIR_IMAGE", "BIN_DIR"):  # before 17.01 the image stage finds both made
        if value.get(v, "").startswith(top + "/"):
            os.makedirs(value[v], exist_ok=True)
    write(top + "/.config", text)
    return value


def first_error(path):
    return next((line for line in read(path).decode(errors="replace").split("\n") if "***" in line), "no reason told")


def still(folder):
    """One time for all that was laid out."""
    for base, folders, files in os.walk(folder):
        for name in folders + files:
            os.utime(os.path.join(base, name), (EPOCH, EPOCH), follow_symlinks=False)


def make_missing(work, out):
    """Files below WORK/tree that GNU make had no rule for are made up; whether there were any."""
    top = work + "/clean"
    names = set(re.findall(r"No rule to make target '([^']+)'", read(out).decode(errors="replace")))
    names = {n.replace(work + "/tree", top, 1) for n in names if n.startswith(work + "/tree/")}
    names = {n for n in names if not os.path.exists(n) and not os.path.islink(top + n[len(top):].split("/")[1])}
    for name in names:
        write(name, "made up\n")
    return bool(names)
