# SPDX-License-Identifier: GPL-2.0-only
"""Sources and command lines for cpp of assembler: device trees as people write them, and macros as they do not. Most
are such that the real one is silent, as all others are handed to it."""
from applet_firmware import PLACES

TOKENS = """a b c x y reg <0x10> { } ( ) ; , = : + - * / % & | ^ ! ~ < > << >> <= >= == != && || -> ++ -- += -= . ... .5 1 0x1f 12e 1e+2 7L
    "s" "a\\"b" 'c' @ ? # ## [ ] label: &ref a-b linux,code #size-cells /bits/ \\ ` _u A1""".split()
BODY = [t for t in TOKENS if t not in ("#", "##", "\\", "`", "#size-cells")]
PARAMETERS = ["p", "q", "r_"]
CONDITIONS = ["1", "0", "X1", "X2 == 2", "defined X1", "!defined(X9)", "!defined X2", "X2 > 1 && X1", "(X2 + 3) * 2 == 10", "1 ? X9 : 1",
              "X1 || 1 / X9", "-1 < 0", "~0 == -1", "0x10 >> 2 == 4", "1 << 3 != 8", "defined(X1) && F1(1)", "F1(2) == 2", "!X1", "7 % 4 & 3",
              "1 | 2 ^ 3", "+X2 >= 2L", "1u", "'a'", "X2 <= 017"]


class Source:
    def __init__(self, r, part):
        self.r, self.part = r, part
        self.macros = []    # (name, parameters or None, variadic)
        self.n = 0
        self.depth = 0
        self.odd = r.random() < .3

    def blank(self, least=""):
        return self.r.choice([least] * 12 + [" "] * 12 + ["  ", "\t", "/* c */", " /* it's */ ", "\\\n", " \\\n  ", "/* a\n b */", "/* \"\n\n */"] +
                             ["/**/", "/* a\\\nb */"] * self.odd)

    def token(self):
        r = self.r
        if self.macros and r.random() < .35:
            return self.use(r.choice(self.macros))
        return r.choice(TOKENS if r.random() < .3 else BODY)

    def argument(self, nested):
        r = self.r
        parts = []
        for _ in range(r.choice([0, 1, 1, 1, 2, 3])):
            kind = r.random()
            if kind < .3 and self.macros and nested < 3:
                parts.append(self.use(r.choice(self.macros), nested + 1))
            elif kind < .4:
                parts.append("(" + r.choice(["a, b", "x", ",", ""]) + ")")
            else:
                parts.append(r.choice([t for t in BODY if t not in ("(", ")", ",")]))
        line = ["\n", " \n  "] if r.random() < .2 else [" "]
        return r.choice(["", "", " "]) + r.choice(["", " "] + line).join(parts) + r.choice(["", "", " "])

    def use(self, macro, nested=0):
        r = self.r
        name, parameters, variadic = macro
        if parameters is None or r.random() < .08:
            return name
        n = len(parameters)
        if variadic:
            n = max(n - 1, 0) + r.choice([0, 1, 1, 2, 3]) or 1
        if r.random() < .02:
            n += 1
        between = r.choice(["", "", "", " ", "\n", "/* c */"]) if nested == 0 else ""
        return name + between + "(" + ",".join(self.argument(nested) for _ in range(max(n, 1) if parameters else 1)) + ")" if parameters \
            else name + between + r.choice(["()", "()", "( )"])

    def body(self, parameters, own):
        r = self.r
        parts = []
        for _ in range(r.choice([0, 1, 1, 2, 3, 4, 6])):
            kind = r.random()
            if parameters and kind < .45:
                parts.append(r.choice(parameters))
            elif parameters and kind < .52:
                parts.append("#" + r.choice(["", " "]) + r.choice(parameters))
            elif kind < .62 and parts:
                left, right = r.choice((parameters or ["a"]) + ["a", "x1"]), r.choice((parameters or ["b"]) + ["b", "1"])
                parts.append(left + r.choice(["##", " ## ", " ##"]) + right)
            elif self.macros and kind < .8:
                other = r.choice(self.macros)
                parts.append(self.use(other, 2) if r.random() < .7 else other[0])
            elif kind < .85:
                parts.append(own)
            else:
                parts.append(r.choice(BODY))
        text = r.choice([" ", " ", "", "  ", "/* c */"]).join(parts)
        return text.replace("\n", " ")

    def define(self):
        r = self.r
        self.n += 1
        name = f"{self.part}{r.choice('MN')}{self.n}"
        parameters, variadic = None, False
        kind = r.random()
        if kind < .55:
            parameters = PARAMETERS[:r.randint(0, 3)]
            if r.random() < .25:
                variadic = True
                rest = r.choice(["...", "rest..."])
                shown = parameters + [rest]
                parameters = parameters + ["__VA_ARGS__" if rest == "..." else "rest"]
            else:
                shown = parameters
        head = name + ("(" + r.choice([",", ", "]).join(shown) + ")" if parameters is not None else "")
        text = self.body(parameters or [], name)
        if variadic and r.random() < .4:
            text += f" f(x, ## {parameters[-1]})"
        self.macros.append((name, parameters, variadic))
        line = f"#{r.choice(['', '', ' '])}define {head}{self.blank(' ').replace(chr(92) + chr(10), ' ')} {text}{r.choice(['', '', ' ', ' // c', ' /* c */'])}"
        again = ""
        if r.random() < .1:
            again = "\n" + line if r.random() < .5 else f"\n#undef {name}\n{line}"
        return line + again

    def line(self):
        r = self.r
        first = r.choice(["", "", "\t", "  ", "      ", "/* c */ ", "/* c\n*/", " /* c\n */ "])
        return first + self.blank().join([self.token() for _ in range(r.choice([0, 1, 2, 3, 5, 8]))]) + r.choice(["", "", " ", " // it's", " /* c */", "\\\n"])

    def condition(self):
        r = self.r
        self.depth += 1
        kind = r.random()
        if kind < .5:
            head = r.choice(["#ifdef ", "#ifndef ", "# ifdef "]) + r.choice(["X1", "X2", "X9"] + [m[0] for m in self.macros])
        else:
            head = "#if " + r.choice(CONDITIONS)
        parts = [head + r.choice(["", "", " ", " // c", " /* c */"]), self.lines(), ]
        for _ in range(r.choice([0, 0, 0, 1, 2])):
            parts += ["#elif " + r.choice(CONDITIONS), self.lines()]
        if r.random() < .5:
            parts += ["#else" + r.choice(["", " /* X */"]), self.lines()]
        self.depth -= 1
        return "\n".join(parts + ["#endif" + r.choice(["", "", " // X", " /* X */"])])

    def skipped(self):
        return "#if 0\n" + self.r.choice(["don't /* really\n*/ stop", "#error no", "#include <none.h>", "#if 1\n# bad\n#else x\n#endif", "\"/* \" a", "'// '\n#",
                                          "#pragma x\n#define Q 1"]) + "\n#endif"

    def lines(self):
        r = self.r
        parts = []
        for _ in range(r.choice([0, 1, 1, 2, 3, 4])):
            kind = r.random()
            if kind < .25:
                parts.append(self.define())
            elif kind < .35 and self.depth < 3:
                parts.append(self.condition())
            elif kind < .42:
                parts.append("\n" * r.choice([1, 2, 6, 7, 8, 9, 12]))
            elif kind < .5:
                parts.append(self.r.choice(['#include "one.h"', "#include <two.h>", '#include "guard.h"', "#include <guard.h> // c", '#include "below/three.h"',
                                            "#include <three.h> /* c\n*/", '#include "empty.h"']))
            elif kind < .54:
                parts.append(self.skipped())
            elif kind < .56:
                parts.append(r.choice(["#", "# 12", "# 1 \"x\" 2", "#foo bar", "#address-cells = <1>;", "  #size-cells", "# /* c */", "#undef X9",
                                       "__LINE__", "# pragma once", "it's", "__ASSEMBLER__", "$a", "a \"b"]))
            else:
                parts.append(self.line())
        return "\n".join(parts)

    def text(self):
        return "\n".join(self.lines() for _ in range(self.r.randint(1, 5))) + self.r.choice(["\n", "\n", "\n", "", "\n\n\n"])


def guarded(r, text):
    name = "GUARD"
    before = r.choice(["", "", "", "/* c */\n", "\n\n", "// c\n", "#\n", "x\n", "#define V\n"])
    head = r.choice([f"#ifndef {name}", f"#ifndef {name}", f"#if !defined({name})", f"#if !defined {name}", f"#if ! defined {name} && 1"])
    behind = r.choice(["", "", "", "/* c */\n", "\n\n", "x\n", "#define W\n", "#ifndef Z\n#endif\n"])
    middle = r.choice(["", "", "", "#else\n"])
    return f"{before}{head}\n#define {name}{r.choice(['', ' 1'])}\n{text}\n{middle}#endif\n{behind}"


def draw_cpp(r, case):
    case.env.update(PATH=PLACES)
    folder = r.choice(["", "d/"])
    parts = {"one.h": folder, "two.h": "inc/", "guard.h": r.choice([folder, "inc/"]), "below/three.h": folder, "three.h": "inc/", "empty.h": "inc/"}
    case.files.update({"inc": None, "d": None, folder + "below": None})
    for name, place in parts.items():
        source = Source(r, name[0].upper())
        text = "" if name == "empty.h" else "\n".join(r.choice([source.line, source.define])() for _ in range(r.randint(0, 3))) + r.choice(["\n", "\n", ""])
        if name == "guard.h":
            text = guarded(r, text)
        if name == "below/three.h" and r.random() < .3:
            text = '#include "../guard.h"\n' + text
        case.files[place + name] = text.encode()
    main = Source(r, "")
    main.macros = [("X1", None, False), ("F1", ["p"], False)]
    case.files[folder + "a.dts"] = ("#define F1(p) (p)\n" + main.text()).encode()
    args = [["-nostdinc"], ["-undef"], ["-D__DTS__"], [r.choice(["-DX1", "-DX1=1", "-D X1"])], ["-DX2=2"]]
    args = [w for a in args for w in a[0].split()] if args[3][0] == "-D X1" else [a[0] for a in args]
    for option in r.choice([["-Iinc"], ["-I", "inc/"], ["-I./inc"], ["-Inone", "-Iinc", "-I.", "-Iinc"]]):
        args.append(option)
    args += ["-U", "X9"] * (r.random() < .1) + ["-DF2(a)=a+1"] * (r.random() < .1) + ["-P"] * (r.random() < .01)
    return args + ["-x", "assembler-with-cpp"] + r.choice([["-o", "out"], ["-oout"], []]) + [folder + "a.dts"]
