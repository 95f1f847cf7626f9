# SPDX-License-Identifier: GPL-2.0-only
"""Device tree sources and command lines for dtc. Most sources are sound, so that there are bytes to compare; the more
of what dtc checks is said as it should be, the more of them it has nothing to say of. Half of them are of one kind more:
buses, providers and graphs that are right but for a few things, so that the checks behind those of the buses run."""
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


CHECKS = """reg_format ranges_format unit_address_vs_reg unit_address_format pci_bridge simple_bus_bridge simple_bus_reg i2c_bus_bridge spi_bus_reg
    avoid_default_addr_size unique_unit_address interrupt_provider clocks_property clocks_is_cell graph_nodes graph_port compatible_is_string_list
    address_cells_is_cell alias_paths chosen_node_is_root gpios_property""".split()
ASKED = ["unique_unit_address_if_enabled", "node_name_chars_strict", "property_name_chars_strict", "deprecated_gpio_property", "unique_unit_address"]


class Board:
    """A source of what boards have."""

    def __init__(self, r):
        self.r = r
        self.wrong = r.choice([0, .02, .05, .1, .2])
        self.devices = 0

    def pick(self, right, *wrong):
        return self.r.choice(wrong) if self.r.random() < self.wrong else right

    def cells(self, address, size):
        return (self.pick(f"#address-cells = <{address}>; ", "", "#address-cells = <2>; ", "#address-cells = <1>; ", "#address-cells; ") +
                self.pick(f"#size-cells = <{size}>; ", "", "#size-cells = <0>; ", "#size-cells = <1>; ", "#size-cells = <1 2>; "))

    def use(self):
        """What a device says of others; &p0 to &p3 are providers."""
        r = self.r
        p = "&p%d" % r.randint(0, 3)
        return "".join(r.sample([
            f"clocks = <{p} {self.pick('1', '', '1 2', p)}>; ", f"gpios = <{self.pick(p + ' 1 0', p + ' 1', '0', '99', '0 ' + p + ' 1 2')}>; ",
            f"led-{self.pick('gpios', 'gpio', 'nr-gpios')} = <{p} 1 {self.pick('0', '', '0 1')}>; ", f"interrupts = <{self.pick('1', '1 2', '')}>; ",
            f"interrupt-parent = <{self.pick(p, '0', '99', '&p0')}>; interrupts = <1>; ", f"resets = <{p} {self.pick('1', '')}>; ",
            f"msi-parent = <{p}>; ", f"interrupts-extended = <{p} 1>; ", 'status = "%s"; ' % self.pick("disabled", "okay", "a\\0b"),
            self.pick("", 'compatible = [41]; ', 'label = <1>; ', "x-names = [41]; ", "gpio-hog; "), f"x{self.pick('', '_', '#', '.,#a')} = <1>; ",
            f"interrupt-map = <{self.pick('1 1', '1')} {p} {self.pick('1', '', '1 1', '1 1 ' + p + ' 1')}>; interrupt-map-mask = <{self.pick('1 1', '1')}>; "
            f"#address-cells = <{self.pick('1', '0')}>; #interrupt-cells = <{self.pick('1', '2')}>; "], r.choice([0, 0, 1, 2, 3])))

    def device(self, unit, value, more=""):
        self.devices += 1
        name = self.pick("dev", "d_ev", "i2c", "port", "pci", "aliases") + self.pick("@" + unit, "", "@0" + unit, "@0x" + unit, "@1")
        reg = self.pick(f"reg = <{value}>; ", "", "reg; ", f"reg = <{value} 1>; ", f"ranges = <{value} 0>; ", "ranges; ")
        return f"d{self.devices}: {name} {{ {reg}{more}{self.use()}}};{self.r.choice([' ', chr(10), ' /* c */ '])}"

    def devices_of(self, form, most=9):
        out = ""
        for n in self.r.sample(range(most + 1), self.r.choice([0, 1, 1, 2, 3])):
            out += self.device("%x" % n, form.format(n=self.pick(hex(n), hex(n + 1))))
        return out

    def pci(self, n):
        out = ""
        for _ in range(self.r.choice([0, 1, 2])):
            device, function, bus = self.r.randint(0, 3), self.r.choice([0, 0, 1]), self.pick(1, 0, 3, 200)
            number = hex(bus << 16 | device << 11 | function << 8 | self.pick(0, 1, 1 << 31))
            out += self.device(f"{device},{function}" if function or self.r.random() < .2 else f"{device}", f"{number} {self.pick(0, 1)} 0 0 0")
        span = self.pick("<1 2>", "<1 1>", "<5 1>", "<1 0x100>", "<1>")
        return (f"{self.pick('pci', 'pcie', 'host')}@{n} {{ reg = <{n} 1>; device_type = \"pci\"; {self.pick('ranges = <0 0 0 0 0 0>; ', '')}"
                f"bus-range = {span}; {self.cells(3, 2)}{out}}};")

    def soc(self, n):
        inner = self.device("5", "0x5 1", 'compatible = "simple-bus"; ranges; ' + self.cells(1, 1)) if self.r.random() < .3 else ""
        return (f"soc@{n} {{ compatible = {self.pick('', chr(34) + 'x' + chr(34) + ', ')}\"simple-bus\"; {self.pick('reg', 'ranges')} = <{n} 1>; "
                f"{self.pick('ranges = <0 0 1>; ' if self.r.random() < .5 else 'ranges; ', '')}{self.cells(1, 1)}{self.devices_of('{n} 1')}{inner}}};").replace(
                    f"ranges = <{n} 1>; ", "")

    def i2c(self, n):
        below = f"i2c-bus {{ {self.cells(1, 0)}{self.devices_of('{n}')}}};" if self.r.random() < .15 else ""
        form = self.r.choice(["{n}"] * 4 + ["0x4000000{n}", "{n} 0x80", "{n} 0x80000090", "{n} 0x80000400"]).replace("0{n}", "0%d" % 5)
        return f"{self.pick('i2c', 'i2c-arb', 'i2c-x')}@{n} {{ reg = <{n} 1>; {self.cells(1, 0)}{self.devices_of(form)}{below}}};"

    def spi(self, n):
        slave = self.r.random() < .1
        inner = "slave { };" if slave else self.devices_of("{n}") + ("x@7 { reg = <7>; spi-max-frequency = <1>; };" if self.r.random() < .5 else "")
        return f"{self.pick('spi', 'qspi')}@{n} {{ reg = <{n} 1>; {'spi-slave; ' * slave}{self.cells(int(not slave), 0)}{inner}}};"

    def graph(self, n):
        ends = [f"e{n}a", f"e{n}b"]
        ports = "".join(f"{self.pick('port', 'door')}@{i} {{ reg = <{self.pick(i, i + 1)}>; {self.pick('', self.cells(1, 0))}{ends[i]}: {self.pick('endpoint', 'point', 'endpoint@0')} "
                        f"{{ remote-endpoint = <{self.pick('&' + ends[1 - i], '&' + ends[i], '99', '&p1')}>; }}; }};" for i in (0, 1))
        return f"display@{n} {{ reg = <{n} 1>; {self.pick('ports', 'p', 'ports@1')} {{ {self.cells(1, 0)}{ports}}}; }};"

    def text(self):
        r = self.r
        parts = [r.choice([self.pci, self.soc, self.i2c, self.spi, self.graph])(n) for n in r.sample(range(10, 99), r.choice([1, 2, 3, 4]))]
        providers = "".join(f"p{i}: p{i} {{ {self.pick('#clock-cells = <1>; ', '')}{self.pick('#gpio-cells = <2>; ', '')}{self.pick('#reset-cells = <1>; ', '#reset-cells = [01]; ')}"
                            f"{self.pick('interrupt-controller; ', '')}{self.pick('#interrupt-cells = <1>; ', '', '#interrupt-cells = <0>; ')}{self.pick('#address-cells = <0>; ', '')}}};\n"
                            for i in range(4))
        others = self.pick("", 'aliases { a = "/p0"; };', 'aliases { b-1 = &p1; C = &p1; d = "/no"; e; };', 'chosen { stdout-path = <1>; };',
                           'chosen { bootargs = "a", "b"; linux,stdout-path = "x"; interrupt-controller; };', "p { chosen { }; p { }; };")
        plugin = r.random() < .1
        body = f"{self.cells(1, 1)}{self.pick('', 'p0 = <1>; ', 'reg = <1>; ', 'ranges; ', 'interrupt-parent = <&p0>; ')}\n{providers}" + "\n".join(parts) + others
        more = "".join(f"&{r.choice(['p0', 'p1', 'd1'] if self.devices else ['p2'])} {{ {self.use()}{r.choice(['', 'sub { };'])}}};\n" for _ in range(r.choice([0, 0, 1, 2])))
        text = f"/dts-v1/;{' /plugin/;' * plugin}\n/ {{\n{body}\n}};\n{more}" + '/include/ "part.dtsi"\n' * (r.random() < .1)
        return "".join(line + r.choice(["\n"] * 9 + ['\n# 5 "a/part.dtsi" 1\n', '\n\t']) for line in text.split("\n"))


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
    case.files["a.dts"] = r.choice([Source, Board])(r).text().encode()
    args = [["-q"]] * r.choice([0, 0, 0, 1, 1, 2]) + [option(r, "i", "include", "below")] * (r.random() < .9)
    for short, name, values, chance in (("I", "in-format", ["dts"], .8), ("O", "out-format", ["dtb"], .8), ("p", "pad", ["500", "0x10", "0"], .2),
                                        ("a", "align", ["8", "64", "3"], .1), ("S", "space", ["4096", "0x2000", "10"], .1), ("R", "reserve", ["1", "4"], .1),
                                        ("b", "boot-cpu", ["0", "3"], .05), ("o", "out", ["out"], .97), ("H", "phandle", ["both", "epapr"], .02)):
        if r.random() < chance:
            args.append(option(r, short, name, r.choice(values)))
    args += [[o] for o in some(r, (("-@", .3), ("-f", .1), ("-Wno-reg_format", .1), ("-Wno-unit_address_vs_reg", .3), ("-Wno-interrupt_provider", .2),
                                   ("-Wno-avoid_default_addr_size", .2), ("-Wno-odd", .01), ("-s", .02), ("-L", .01), ("-E", .01)))]
    args += [["-W" + r.choice(["no-", "no-", "no_", ""]) + r.choice(CHECKS)] for _ in range(r.choice([0, 0, 0, 1, 2]))]
    args += [["-W", name] for name in ASKED if r.random() < .07]
    r.shuffle(args)
    return [word for group in args for word in group] + ["a.dts"]
