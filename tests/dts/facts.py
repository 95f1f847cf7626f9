#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""facts.py FILE.dtb: what image/dts.h asks of a device tree, from the binary that dtc made of it.

The same lines as build/test-dts FILE.dts prints: root compatible (C), model (M), bootargs (B), aliases (A),
partitions (P), compatibles (c)."""
import struct
import sys


def read(blob):
    """The root node as {"name", "properties", "children"} of a flattened device tree, version 17."""
    _, _, at, strings = struct.unpack(">4I", blob[:16])
    root, stack = None, []
    while True:
        (token,) = struct.unpack(">I", blob[at:at + 4])
        at += 4
        if token == 1:
            end = blob.index(b"\0", at)
            node = {"name": blob[at:end].decode(), "properties": {}, "children": []}
            at = (end + 4) & ~3
            if stack:
                stack[-1]["children"].append(node)
            root = root or node
            stack.append(node)
        elif token == 2:
            stack.pop()
        elif token == 3:
            length, name = struct.unpack(">2I", blob[at:at + 8])
            name += strings
            at += 8
            stack[-1]["properties"][blob[name:blob.index(b"\0", name)].decode()] = blob[at:at + length]
            at = (at + length + 3) & ~3
        elif token == 9:
            return root


def strings(value):
    return [s.decode("latin-1") for s in value.split(b"\0")[:-1]] if value else []


def first(node, name):
    return (strings(node["properties"].get(name)) or [""])[0]


def compatible(node):
    return strings(node["properties"].get("compatible"))


def is_partition(node):
    return node["name"].startswith("partition@") and "reg" in node["properties"]


def is_table(node):
    names = compatible(node)
    if any(n.endswith("fixed-partitions") for n in names):
        return True
    return (not any(n.endswith(("-part", "-partitions")) for n in names)
            and any(is_partition(c) for c in node["children"]))


def cells(above, name):
    for node in reversed(above):
        if name in node["properties"]:
            return struct.unpack(">I", node["properties"][name])[0]
    return 1


class Facts:
    def __init__(self, root):
        self.partitions, self.compatibles = [], {}
        self.walk([root], "", True, False)

    def entries(self, above, path, base, parent):
        address, size = cells(above, "#address-cells"), cells(above, "#size-cells")
        if size == 0 and "fixed-partitions" not in compatible(above[-1]):
            size = 1  # as Linux's ofpart_core.c has it
        for node in above[-1]["children"]:
            reg = node["properties"].get("reg")
            if reg is None:
                continue
            known = base is not None and len(reg) == 4 * (address + size)
            at = base + int.from_bytes(reg[:4 * address], "big") if known else None
            where = f"{at:#x} {int.from_bytes(reg[4 * address:], 'big'):#x}" if known else "?"
            label = first(node, "label") if "label" in node["properties"] else node["name"].split("@")[0]
            access = "ro" if "read-only" in node["properties"] else "rw"
            index = len(self.partitions)
            self.partitions.append(" ".join(["P", path, label, where, access, str(parent)] + compatible(node)))
            if is_table(node):
                self.entries(above + [node], path, at, index)
            for child in node["children"]:
                if not is_partition(child) and is_table(child):
                    self.entries(above + [node, child], path, at, index)

    def walk(self, above, path, enabled, in_table):
        node = above[-1]
        enabled = enabled and node["properties"].get("status", b"ok").startswith(b"ok")
        for name in compatible(node):
            self.compatibles[name] = self.compatibles.get(name, False) or enabled
        table = not in_table and is_table(node)
        if table:
            direct = not any(n.endswith("fixed-partitions") for n in compatible(node))
            self.entries(above, (path if direct else path.rsplit("/", 1)[0]) or "/", 0, -1)
        for child in node["children"]:
            self.walk(above + [child], f"{path}/{child['name']}", enabled, in_table or table)


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        return 0 if len(sys.argv) == 2 else 2
    with open(sys.argv[1], "rb") as file:
        root = read(file.read())
    facts = Facts(root)
    top = {c["name"]: c for c in root["children"]}
    lines = [" ".join(["C"] + compatible(root)), "M " + first(root, "model"),
             "B " + first(top.get("chosen", {"properties": {}}), "bootargs")]
    for name, value in top.get("aliases", {"properties": {}})["properties"].items():
        lines.append(f"A {name} {value[:-1].decode('latin-1')}")
    lines += facts.partitions
    lines += [f"c {name}" + ("" if enabled else " off") for name, enabled in facts.compatibles.items()]
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("latin-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
