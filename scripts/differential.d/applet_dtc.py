# SPDX-License-Identifier: GPL-2.0-only
"""Device tree sources and command lines for dtc. Most sources are sound, so that there are bytes to compare; the more
of what dtc checks is said as it should be, the more of them it has nothing to say of."""
from applet_firmware import PLACES, option
from applet_text import some

NODES = "a b c dev bus soc uart i2c spi pci port endpoint ports chosen aliases cpus memory node-1 n,x n_y interrupt-controller".split()
PROPERTIES = """reg ranges status compatible model device_type label #address-cells #size-cells interrupts interrupt-parent
    interrupt-controller #interrupt-cells clocks #clock-cells clock-names names gpios x-gpios #gpio-cells phandle x y z data
    prop,a remote-endpoint bus-range stdout-path bootargs dma-ranges interrupt-map msi-parent spi-max""".split()
USUAL = {"reg": ["<1>", "<1 2>", "<0x10 1>"], "status": ['"okay"', '"disabled"'], "compatible": ['"a,b", "c"', '"simple-bus"'],
         "#address-cells": ["<1>", "<1>", "<2>", "<3>"], "#size-cells": ["<1>", "<0>", "<2>"], "#interrupt-cells": ["<1>"],
         "#clock-cells": ["<1>"], "#gpio-cells": ["<2>"], "interrupts": ["<1>"], "model": ['"m"'], "device_type": ['"cpu"', '"pci"'],
         "label": ['"l"'], "bootargs": ['"x"'], "clock-names": ['"a", "b"'], "bus-range": ["<0 1>"]}
POINTING = {"interrupt-parent": "<%s>", "clocks": "<%s 1>", "gpios": "<%s 1 0>", "x-gpios": "<%s 1 0>", "remote-endpoint": "<%s>"}
STRINGS = ["", "abc", "okay", "disabled", "a\\n\\t\\x4a", "\\101\\\\\\\"", "simple-bus", "pci", "\u00e9"]


class Source:
    def __init__(self, r):
        self.r = r
        self.usual = r.choice([1, 1, .98, .9, .5])
        self.labels = [f"l{i}" for i in range(40)]
        self.nodes = []  # labels of nodes
        self.phandles = list(range(1, 30))

    def blank(self):
        return self.r.choice([" "] * 16 + ["\n"] * 6 + ["\t", "/* c */ ", "// line\n", '\n# 12 "f.dts" 2\n', '\n# 3 "f.dts" 1 3\n', '\n#line 7 "g"\n'])

    def number(self):
        r = self.r
        return r.choice([str(r.randint(0, 9)), hex(r.randint(0, 2**32 - 1)), "0%o" % r.randint(0, 99), str(r.randint(0, 300)), "1", "0x10",
                         hex(r.randint(0, 15)) + r.choice(["U", "L", "UL", "LL", "ULL"]), r.choice(["'a'", "'\\n'", "'\\x41'", "'\\101'"])])

    def expression(self, depth=0):
        r = self.r
        if depth > 3 or r.random() < .4:
            return self.number()
        a, b, c = (self.expression(depth + 1) for _ in "abc")
        operator = r.choice("+ - * << >> < > <= >= == != & | ^ && ||".split())
        return r.choice([f"({a} {operator} {b})"] * 5 + [f"({a} {r.choice('/%')} {r.randint(1, 9)})", f"({r.choice('-~!')}{a})", f"({a} ? {b} : {c})",
                                                         f"({a} {operator} {b} {r.choice('+-*&|')} {c})"])

    def reference(self, top=False):
        r = self.r
        if self.nodes and r.random() < .93:
            return "&" + r.choice(self.nodes)
        return "&{" + r.choice(["/a", "/b", "/soc", "/soc/dev", "/a/b", "/dev@1"] + ["/"] * (0 if top else 60)) + "}" if r.random() < .98 else "&nobody"

    def label(self, chance, node=False):
        r = self.r
        if r.random() > chance or not self.labels:
            return ""
        name = r.choice(self.labels)
        if r.random() < .97:
            self.labels.remove(name)
        if node:
            self.nodes.append(name)
        return name + ": "

    def item(self):
        r = self.r
        bits = r.choice([8, 16, 32, 64])
        cells = [self.label(.03) + r.choice([self.number(), self.number(), f"({self.expression()} & 0xffffffff)", self.reference()]) for _ in range(r.choice([0, 1, 1, 2, 3]))]
        few = " ".join(r.choice([str(r.randint(0, 255)), "(-1)", "1"]) for _ in range(r.randint(0, 4)))
        return r.choice(['"%s"' % r.choice(STRINGS)] * 6 + ["<" + self.blank().join(cells) + self.label(.03) + ">"] * 6 + [f"/bits/ {bits} <{few}>"] +
                        ["[" + " ".join("%02x" % r.randint(0, 255) for _ in range(r.randint(0, 4))) + "]"] + [self.reference()] +
                        [f'/incbin/("{r.choice(["d", "one", "empty"])}"{r.choice(["", ", 2, 5", ",(1+1),1000"])})'])

    def property(self, name):
        r = self.r
        if r.random() < .06:
            return f"/delete-property/ {name};"
        if name == "interrupt-controller" or r.random() < .1:
            return self.label(.05) + name + ";"
        if name in USUAL and r.random() < self.usual:
            value = r.choice(USUAL[name])
        elif name in POINTING and r.random() < self.usual:
            value = POINTING[name] % self.reference()
        elif name.endswith("phandle"):
            r.shuffle(self.phandles)
            value = f"<{self.phandles.pop() if self.phandles and r.random() < .95 else 7}>"
        else:
            value = ", ".join(self.label(.03) + self.item() for _ in range(r.choice([1, 1, 1, 2, 3])))
        return f"{self.label(.05)}{name} ={self.blank()}{value};"

    def node(self, name, depth):
        r = self.r
        if r.random() < .06:
            return f"/delete-node/ {name};"
        omit = "/omit-if-no-ref/ " if r.random() < .07 else ""
        return f"{omit}{self.label(.2, True)}{self.label(.02, True)}{name} {{{self.blank()}{self.body(depth)}}};"

    def body(self, depth):
        r = self.r
        lines = [self.property(name) for name in r.sample(PROPERTIES, r.randint(0, 6))]
        if depth < 4:
            names = [r.choice(NODES) + r.choice(["", "", "@1", "@10", "@0", "@a0"]) for _ in range(r.randint(0, 4 if depth < 2 else 2))]
            lines += [self.node(name, depth + 1) for name in (names if r.random() < .03 else dict.fromkeys(names))]
        return self.blank().join(lines) + self.blank()

    def text(self):
        r = self.r
        plugin = r.random() < .2
        parts = ["/dts-v1/;" + " /plugin/;" * plugin] * r.choice([1] * 19 + [2])
        parts += [f"/memreserve/ {self.number()} {self.expression()};" for _ in range(r.choice([0, 0, 0, 0, 1, 2]))]
        first = self.reference() if plugin and r.random() < .5 else "/"
        parts.append(f"{first} {{{self.body(0)}}};")
        for _ in range(r.choice([0, 0, 1, 2, 4])):
            parts.append(r.choice([lambda: f"/ {{{self.body(0)}}};"] * 7 + [lambda: f"{self.label(.1, True)}{self.reference()} {{{self.body(1)}}};"] * 9 +
                                  [lambda: f"/delete-node/ {self.reference(True)};"] * 2 + [lambda: f"/omit-if-no-ref/ {self.reference(True)};"] +
                                  [lambda: '/include/ "part.dtsi"'])())
        text = "\n".join(parts) + "\n"
        if r.random() < .03:
            i = r.randrange(len(text))
            text = text[:i] + r.choice(["", ";", "}", "<", '"', "@", "0", "/", "&"]) + text[i + r.randint(0, 2):]
        return text


def draw_dtc(r, case):
    case.env.update(PATH=PLACES)
    case.files.update({"d": r.randbytes(r.randint(1, 300)), "one": b"x", "empty": b"", "below": None, "below/part.dtsi": b"/ { part { v = <1>; }; };\n"})
    case.files["a.dts"] = Source(r).text().encode()
    args = [["-q"]] * r.choice([0, 1, 1, 1, 1, 1, 2]) + [option(r, "i", "include", "below")] * (r.random() < .9)
    for short, name, values, chance in (("I", "in-format", ["dts"], .8), ("O", "out-format", ["dtb"], .8), ("p", "pad", ["500", "0x10", "0"], .2),
                                        ("a", "align", ["8", "64", "3"], .1), ("S", "space", ["4096", "0x2000", "10"], .1), ("R", "reserve", ["1", "4"], .1),
                                        ("b", "boot-cpu", ["0", "3"], .05), ("o", "out", ["out"], .97), ("H", "phandle", ["both", "epapr"], .02)):
        if r.random() < chance:
            args.append(option(r, short, name, r.choice(values)))
    args += [[o] for o in some(r, (("-@", .3), ("-f", .1), ("-Wno-reg_format", .1), ("-Wno-unit_address_vs_reg", .3), ("-Wno-interrupt_provider", .2),
                                   ("-Wno-avoid_default_addr_size", .2), ("-Wno-odd", .01), ("-s", .02), ("-L", .01), ("-E", .01)))]
    r.shuffle(args)
    return [word for group in args for word in group] + ["a.dts"]
