# SPDX-License-Identifier: GPL-2.0-only
"""A fence around this process and all that it starts: nothing is made, written or removed but below some folders.
What is drawn or changed at random may say anything: "/devnull" came of "/dev/null", and root may write it.

As root all else is mounted read-only, for this process alone. Where that is not allowed, and for others, by
Landlock (landlock(7)), where the kernel has it: that does not cover modes, owners and times, and access(2) knows
nothing of it, so a message may come later from imagemk than from others."""
import ctypes
import os

NEW_MOUNTS, BIND, PRIVATE, RECURSIVE = 0x20000, 1 << 12, 1 << 18, 1 << 14
MOUNT_SETATTR, ALL_BELOW, READ_ONLY, HERE = 442, 0x8000, 1, -100
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, PATH_BENEATH = 1, 1
REFER_SINCE = 2  # without it no rename between folders is allowed
NO_NEW_PRIVS = 38
WRITE_FILE, REFER, TRUNCATE = 1 << 1, 1 << 13, 1 << 14
CHANGES = WRITE_FILE | REFER | sum(1 << bit for bit in range(4, 13))  # remove and make, each kind of file
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty")


class Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("access", ctypes.c_uint64), ("folder", ctypes.c_int32)]


class MountAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user")]


def mounts(libc, folders):
    """A view of the disk of our own, read-only but for FOLDERS."""
    def attr(path, flags, **values):
        change = MountAttr(**values)
        return libc.syscall(MOUNT_SETATTR, HERE, path, flags, ctypes.byref(change), ctypes.sizeof(change)) == 0

    here, folders = os.getcwd(), [os.fsencode(f) for f in folders]
    good = libc.unshare(NEW_MOUNTS) == 0 and libc.mount(None, b"/", None, PRIVATE | RECURSIVE, None) == 0
    good = good and all(libc.mount(f, f, None, BIND, None) == 0 for f in folders)
    good = good and attr(b"/", ALL_BELOW, set=READ_ONLY) and all(attr(f, 0, clear=READ_ONLY) for f in folders)
    os.chdir(here)  # into what is mounted there now
    return good


def allow(libc, rules, path, access):
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = Beneath(access, folder)
    failed = libc.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(folder)
    return not failed


def fence(folders):
    """Let this process change nothing but what is below FOLDERS. False: this kernel can't."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0 and mounts(libc, folders):
        return True
    version = libc.syscall(CREATE_RULESET, None, 0, VERSION)
    if version < REFER_SINCE:
        return False
    changes = CHANGES | (TRUNCATE if version > REFER_SINCE else 0)
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(ctypes.c_uint64(changes)), 8, 0)
    if rules < 0:
        return False
    good = all([allow(libc, rules, f, changes) for f in folders] +
               [allow(libc, rules, f, changes & (WRITE_FILE | TRUNCATE)) for f in DEVICES if os.path.exists(f)])
    good = good and libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return good
