# SPDX-License-Identifier: GPL-2.0-only
"""What `differential make` draws: draw(seed) gives one case, the same on every machine.

A case is a dictionary: args, env, stdin, files {name: (text, time)}, dirs, links, modes, merge (both outputs into
one file), purpose (drop the lines that differ on purpose), unordered (lines may come in any order).

Texts are drawn with few errors, since the first fatal one ends a run; shapes() lists what a case is like.
Recipes only name files of the folder. What GNU make leaves to chance is not drawn: the clock, process numbers.
Several jobs at once are (parallel()), with recipes that do not depend on who is first."""
import random

from make_graphs import Graphs
from make_shapes import FLAGS, TARGETS, VARS, Shapes

RARE_VARS = ["MAKEFLAGS", "CURDIR", "MAKEFILE_LIST", ".DEFAULT_GOAL", ".RECIPEPREFIX", "MAKECMDGOALS", "SHELL",
             ".SHELLFLAGS", "VPATH", "GPATH", "SUFFIXES", ".LIBPATTERNS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "CC",
             "CFLAGS", "COMPILE.c", "LINK.o", "OUTPUT_OPTION", "ARFLAGS", "E1", "E2", "C1", ".INCLUDE_DIRS",
             ".FEATURES", "MAKE_VERSION", "MAKE_RESTARTS", "@", "<", "^", "*", "1", "2", "none", "MAKEFILES", "-*-command-variables-*-",
             "MAKE_TERMOUT", "HOME", "LC_ALL", ".EXTRA_PREREQS", "MAKE_HOST", "SPACE VAR", "a:b", "=", "RM"]
LITERALS = ["a", "b", "ab", "foo", "bar.c", "a.c", "b.o", "sub/d.c", "./a.c", "../up", "%", "%.c", "x%y", "%%", "1", "2",
            "0", "10", "-1", "/", "/proc/x.y", "sub/", ".hid", "a.b.c", "no", "x=y", "q:r", "~", "a,b", "@", "-", "+", "*",
            "=", ".", "..", "sub//e", "Z", "_", "é", "long-word-of-some-length"]
ODD = ["$$", "\\%", "\\\\%", "\\", "\\\\", "\\#", "$(comma)", "$(space)", "$(empty)", "(", ")", "{", "}", "'", '"', ",", "\\:", ":",
       "|", ";", "\\ ", "$", "`", "!", "&", "$(hash)", "\\,", "$(nl)", "$(\\)", "\t", "$\\", "$%", "\\$$", "[", "]", "?", "<"]
FILES = ["a.c", "b.c", "c.c", "a.h", "b.h", "a.o", "b.o", "c.o", "p.x", "q.x", "p.y", "p.z", "q.z", "sub/d.c", "sub/d.o", "sub/e.x",
         "in", "out", "prog", "lib.a", "other/f.c", "other/a.x", "Makefile.in", "t1", "t2", "t3", "a b", "we$ird", "s.p", "s.q", "p.y.x",
         "libzz.a", "-lzz", "x#y"]
AUTO = ["$@", "$<", "$^", "$+", "$?", "$*", "$|", "$%", "$(@D)", "$(@F)", "$(<D)", "$(<F)", "$(^D)", "$(^F)", "$(+D)", "$(+F)", "$(?D)",
        "$(?F)", "$(*D)", "$(*F)", "$(%D)", "$(%F)", "$(@)", "${<}", "$(|F)", "$(^:%.c=%.o)", "$(words $^)", "$(basename $@)"]
GLOBS = ["*", "*.c", "*.[cho]", "?.x", "sub/*", "*/*.c", "[a-b].c", "[!a].c", "none*", "a.c", "./*.x", "sub/*.o b.*", "*/", "s*/d.?", ".*in",
         "\\*", "~/x", "a\\ b", "lib.a(*.o)", "{a,b}.c", "**", "*.c *.h"]
NUMBERS = ["0", "1", "2", "3", "9", "1", "2", "-1", "x", "", " 2 ", "1x", "99999999999999999999", "+1", "0x1", "1 2", "007", "2147483648"]
FUNCTIONS = ("subst patsubst strip findstring filter filter-out sort word words wordlist firstword lastword dir notdir suffix "
             "basename addsuffix addprefix join wildcard realpath abspath if or and foreach call value eval origin flavor shell "
             "info warning error file call call foreach if subst patsubst").split()
OPTIONS = ["-n", "-n", "-q", "-t", "-B", "-k", "-k", "-i", "-s", "-S", "-w", "--no-print-directory", "-r", "-R", "--trace", "-e",
           "--warn-undefined-variables", "-L", "-b", "-m", "-ks", "-rR", "--silent", "--dry-run", "--question", "--touch",
           "--keep-going", "--just-print", "--always-make", "-knB", "--no-builtin-rules", "--print-dir", "-O", "-Oline", "-Otarget",
           "-Orecurse", "-Onone", "--", "-j1", "--stop", "--ig", "--env", "-p", "--print-data-base"]
MODIFIERS = ["override ", "export ", "private ", "override export ", "unexport ", "export override ", "override private ",
             "private export "]
OPERATORS = ["=", ":=", "::=", "?=", "+=", "=", ":=", " = ", " := ", " += ", " ?= ", "  ::=\t", "= ", "+= "]


class Drawer(Shapes, Graphs):
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rnd = self.random.random
        self.deep = 0
        self.functions = []
        self.prefix = "\t"
        self.files = {}
        self.dirs = ["sub"]
        self.links = {}
        self.includes = []
        self.rare = .06
        self.odd = .05
        self.bad = .004
        self.cycles = .02

    def chance(self, p):
        return self.rnd() < p

    def pick(self, items):
        return items[int(self.rnd() * len(items))]

    def some(self, items, low, high):
        return [self.pick(items) for _ in range(self.number(low, high))]

    def number(self, low, high):
        return low + int(self.rnd() * (high - low + 1))

    # Names and references

    def name(self, below=None):
        """A variable's name; of those before VARS[below], so that recursive values seldom name themselves."""
        if self.chance(self.rare):
            return self.pick(RARE_VARS)
        if below is not None and not self.chance(self.cycles):
            return self.pick(VARS[:below] or ["none"])
        return self.pick(VARS)

    def reference(self, below=None):
        name = self.name(below)
        k = self.rnd()
        if k < .5:
            return "$(" + name + ")"
        if k < .62:
            return "${" + name + "}"
        if k < .7 and len(name) == 1:
            return "$" + name
        if k < .8:
            return "$(" + name + ":" + self.pick(["%.c=%.o", ".c=.o", "a=b", "%=<%>", ".c=", "=.x", "%.c=x", "b%=%", "%:=c", "%=%%",
                                                 "a=$(b)", "%.o=%=", "\\%=x", ".$(c)=$(d)", "%.c=%.%", "=", "%=", ":=x",
                                                 "o=%", "x"]) + ")"
        if k < .86:
            return "$($(" + self.name(below) + "))"
        if k < .9:
            return "$(" + self.pick(["v.$(d)", "$(a)$(b)", "$(a)b", "lo_$(c)", "$(subst x,a,x)", "$(word 1,a b c)", "f$(empty)", "filter-out PATH,$(sort $(.VARIABLES))"]) + ")"
        if k < .93:
            return "$( " + name + ")"
        return "$(" + name + ")"

    def word(self):
        k = self.rnd()
        if k < self.odd:
            return self.pick(ODD)
        if k < .3:
            return self.pick(FILES[:22])
        return self.pick(LITERALS)

    def text(self, below=None, most=4):
        """Words, references and functions. Seldom, what is out of balance."""
        self.deep += 1
        parts = []
        for _ in range(self.number(0 if self.deep > 1 else 1, most)):
            k = self.rnd()
            if k < .5 or self.deep > 4:
                parts.append(self.word())
            elif k < .72:
                parts.append(self.reference(below))
            else:
                parts.append(self.function(below))
            if self.chance(.7):
                parts.append(self.pick([" ", " ", " ", " ", "  ", "\t"]))
        if parts and parts[-1].isspace() and not self.chance(.08):
            parts.pop()
        self.deep -= 1
        return "".join(parts)

    def words(self, below=None):
        return self.text(below, 3)

    def pattern(self, below=None):
        return self.pick(["%.c", "%.o", "a%", "%", "%b", "sub/%", "a", "%.c %.o", "x%y", "\\%", "%%", "", "%.$(a)", "$(b)", "b.o",
                          "\\\\%", "a%b%c", "f%o", " %.c", "%.c "])

    # Functions

    def function(self, below=None):
        name = self.pick(FUNCTIONS)
        args = getattr(self, "args_" + name.replace("-", "_"))(below)
        if self.chance(.02):
            args = args[:-1] if self.chance(.5) else args + [self.words(below)]
        sep = self.pick([" ", " ", " ", " ", " ", "  ", "\t"])
        inside = name + sep + ",".join(args)
        if self.chance(.02):
            inside = inside.replace(",", ", ")
        if self.chance(self.bad):
            return self.pick(["$(%s", "$%s)", "$(%s}", "${%s", "$ (%s)"]) % inside
        return ("$(%s)" if self.chance(.85) else "${%s}") % inside

    def args_subst(self, b):
        return [self.pick(["a", "b", ".c", "", " ", "o", "%", "$(comma)", "$(space)", "foo"]),
                self.pick(["x", "", "a", " ", ".", "$(d)", "ab", "%"]), self.words(b)]

    def args_patsubst(self, b):
        return [self.pattern(b), self.pattern(b), self.words(b)]

    def one(self, b):
        return [self.words(b)]

    args_strip = args_sort = args_words = args_firstword = args_lastword = args_dir = args_notdir = args_suffix = one
    args_basename = args_realpath = args_abspath = one

    def args_findstring(self, b):
        return [self.pick(["a", "b", "", ".c", "foo", "$(a)", " "]), self.words(b)]

    def args_filter(self, b):
        return [" ".join(self.pattern(b) for _ in range(self.number(1, 3))), self.words(b)]

    args_filter_out = args_filter

    def index(self, b):
        if self.chance(.8):
            return self.pick("1122334")
        return self.pick(NUMBERS) if self.chance(.5) else self.pick(["$(words " + self.words(b) + ")", "$(d)"]) if self.chance(.3) else "2"

    def args_word(self, b):
        return [self.index(b), self.words(b)]

    def args_wordlist(self, b):
        return [self.index(b), self.index(b), self.words(b)]

    def args_addsuffix(self, b):
        return [self.pick([".o", "", "/", "a b", "$(a)", ".$(b)", "%"]), self.words(b)]

    args_addprefix = args_addsuffix

    def args_join(self, b):
        return [self.words(b), self.words(b)]

    def args_wildcard(self, b):
        return [self.pick(GLOBS) if self.chance(.8) else self.words(b)]

    def args_if(self, b):
        return [self.words(b) for _ in range(self.number(2, 3))]

    def args_or(self, b):
        return [self.words(b) for _ in range(self.number(1, 4))]

    args_and = args_or

    def args_foreach(self, b):
        name = self.pick(["i", "j", "a", "b", "1", "$(c)", " i ", "i j", ""] if self.chance(.1) else ["i", "j", "i", "a"])
        body = self.words(b) + self.pick(["[$(%s)]", "$(%s) ", "$(%s:.c=.o)", "$(origin %s)", "$(flavor %s)"]) % (name.strip() or "i")
        return [name, self.words(b), body]

    def args_call(self, b):
        name = self.pick(self.functions) if self.functions and self.chance(.85) else \
            self.pick(["none", self.name(b), "subst", "if", "words", "$(a)", "foreach", "call", "", " ", "info", "or", "eval", "word", "value",
                       "dir "])
        return [name] + [self.words(b) for _ in range(self.number(0, 4))]

    def args_value(self, b):
        return [self.name() if self.chance(.8) else self.pick(self.functions or ["a"])]

    def args_origin(self, b):
        return [self.pick([self.name(), self.pick(RARE_VARS), self.pick(self.functions or ["a"]), "i", "CC", "@", "MAKE", "PATH", "$(a)"])]

    args_flavor = args_origin

    def args_eval(self, b):
        text = self.pick([self.assignment, self.assignment, self.assignment, self.message, self.words, lambda: "", self.rule_line,
                          lambda: "export " + self.name(), lambda: "undefine " + self.name(), lambda: "include " + self.pick(FILES)])()
        text = text.split("\n")[0]
        if self.chance(.7):
            text = text.replace("$", "$$")
        return [text]

    def some_eval(self):
        """An eval that changes what comes after it."""
        names = self.some(["a", "b", "c", "d", "e"], 2, 2)
        return "$(eval " + self.pick([
            "%s := $(%s)x", "%s += $$(%s)", "%s = $$(info in %s)x", "override %s = %s", "export %s = %s", "undefine %s%.0s", "%s: ; @echo ev %s", "t1: %s%.0s", "%s ?= %s",
            "private %s = %s", "t%%: %s += %s", "$(nl)%s=1$(nl)%s=2", "define %s$(nl)%s 1$(nl)endef", "ifdef %s$(nl)$$(info yes)$(nl)endif%.0s", "-include inc.mk%.0s%.0s",
            "unexport %s%.0s", "vpath %%.c sub%.0s%.0s", ".PHONY: %s%.0s", "%s::; @echo dc %s", "all: %s := %s", "%s := $$(eval %s := deep)", "$(%s)%.0s", "$$(%s)%.0s",
            ".SECONDEXPANSION:%.0s%.0s", "%s%.0s", "# %s%.0s", "%s = \\# %s", "%s:=$$$$(%s)"]) % tuple(names) + ")"

    def args_shell(self, b):
        return [self.shell_command()]

    def args_info(self, b):
        return [self.words(b)]

    args_warning = args_info

    def args_error(self, b):
        return [self.words(b)] if self.chance(.05) else ["$(if ,x)" if self.chance(0) else ""] if self.chance(.01) else []

    def args_file(self, b):
        op = self.pick(["<", "<", ">", ">>", "> ", "< ", ">> "] + ([">>>", "", "x", "<<"] if self.chance(.05) else []))
        name = self.pick(["f.new", "f.new", "in", "none", "$(a)", "sub/g", "nodir/x"] if self.chance(.2) else ["f.new", "in", "none"])
        if "<" in op and not self.chance(.05):
            return [op + name] if op[0] == "<" and name != "none" or self.chance(.5) else [op + "in"]
        return [op + name] + ([self.words(b)] if self.chance(.8) else [])

    def shell_command(self):
        k = self.rnd()
        if k < .3:
            return "echo " + self.pick(["hi", "$(a)x", "a b  c", "'q r'", "a; echo b", "$$E1", "$$((1+2))", "\\\\#", "x | cat", "$$0"])
        if k < .6:
            return self.pick(["cat in", "true", "false", "exit 3", "printf 'a\\nb\\n\\n'", "ls", "echo e >&2", "printf ' x '", "none-such",
                              "test -f in && echo yes", "printf 'a\\n\\n b'", "pwd | wc -l", "ls none", "echo $$MAKELEVEL", "(exit 5)", ":", "",
                              "env | grep '^[abE]'", "'", "printf '%s' '$(b)'"])
        return "printf '<%s>' " + self.pick(["a b", "'a b'", '"$$E1"', "$(words $(a) b)", "*.c"])

    # Statements

    def value(self, below=None):
        if self.chance(.03):
            return ""
        text = self.text(below)
        if self.chance(.04):
            text += self.pick([" # a comment", "#c", " \\# x", " \\\\# x", " # a \\\n more"])
        if self.chance(.05) and " " in text:
            at = text.index(" ")
            text = text[:at] + self.pick(["\\\n", " \\\n  ", "\\\n\t", " \\\n\\\n ", "\\\\\n" if self.chance(.1) else " \\\n"]) + text[at + 1:]
        return text

    def assignment(self):
        at = int(self.rnd() * len(VARS))
        name = self.pick(RARE_VARS[:24] + ["x y", "a$(b)", "$(c)", "v.$(d)", "", "a#b", "a$"]) if self.chance(self.rare / 2) else VARS[at]
        op = self.pick(OPERATORS)
        if self.chance(.04):
            return self.modifier() + name + self.pick(["!=", " != "]) + self.shell_command()
        if self.chance(.01):
            return self.modifier() + self.pick(["MAKEFLAGS", "MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKEOVERRIDES"]) + op + self.pick(FLAGS)
        return self.modifier() + name + op + self.value(at if ":" not in op else None)

    def modifier(self):
        return self.pick(MODIFIERS) if self.chance(.12) else ""

    def message(self, below=None):
        k = self.rnd()
        if k < .45:
            name = self.name()
            return f"$(info {name} = [$({name})] $(origin {name}) $(flavor {name}) <$(value {name})>)"
        return "$(info " + self.text() + ")" if k < .9 else "$(warning " + self.text() + ")"

    def define(self, depth=0):
        at = int(self.rnd() * len(VARS))
        name = VARS[at] if self.chance(.5) else self.pick(["m1", "m2", "m3"])
        op = self.pick(["", "", "", "", " =", " :=", " +=", " ?=", " ::=", " = ", "=", ":="] + ([" !="] if self.chance(.1) else []))
        lines = []
        for _ in range(self.number(0, 4)):
            k = self.rnd()
            if k < .35:
                lines.append(self.text(at))
            elif k < .5:
                lines.append(self.assignment())
            elif k < .6:
                lines.append(self.message())
            elif k < .67 and depth < 2:
                lines.append(self.define(depth + 1))
            elif k < .75:
                lines += self.conditional(depth + 2)
            elif k < .82:
                lines.append(self.pick(["@", "-", "\t@", "+", "\t", ""]) + "echo " + self.word_for_shell())
            elif k < .88:
                lines.append(self.pick(["# a comment", "", "  ", "\t", "x \\\n y", "endef x" if self.chance(.1) else "  defined", "defin",
                                        "# endef", "a\\", "\\"]))
            else:
                lines.append(self.pick(["$(1)", "$(0) $(1) $(2)", "$(foreach i,$(1),$(i))"]) + self.text(at, 2))
        start = self.modifier() + "define " + name + op + (self.pick(["", "", "", " # c", " "]) if not op.strip() or self.chance(.5) else "")
        end = self.pick(["endef"] * 8 + ["  endef", "endef # c", "endef ", "\tendef" if self.chance(.1) else "endef"])
        if self.chance(self.bad):
            end = self.pick(["", "endef endef", "endef x", "enddef"])
        return "\n".join([start] + lines + [end])

    def function_definition(self):
        """A variable that is made to be called."""
        name = "fn" + str(len(self.functions) + 1)
        earlier = list(self.functions)
        args = ["$(1)", "$(2)", "$(3)", "$1", "$2", "$(0)", "${1}", "$(1:.c=.o)", "$(words $(1))", "$(firstword $(1))", "$(origin 2)",
                "$(flavor 1)", "$(4)", "$(value 1)"]
        k = self.rnd()
        if k < .2:
            self.functions.append(name)
            return (f"{name} = $(if $(strip $(1)),{self.pick(args)}[$(firstword $(1))]"
                    f"$(call {name},$(wordlist 2,9,$(1)){self.pick(['', ',$(2)', ',x'])}))")
        text = "".join(self.pick([self.pick(args), self.pick(args), self.word() + " ", self.function(3), " ",
                                  f"$(call {self.pick(earlier)},{self.pick(args)},{self.pick(args)})" if earlier else ""])
                       for _ in range(self.number(1, 4)))
        self.functions.append(name)
        if k < .5:
            body = "\n".join(self.pick([text, "$(1) " + self.pick(["=", ":=", "+="]) + " $(2)", self.assignment(), "$(1): $(2)",
                                        "# $(1)", self.message(), "$$(info $(1) $$(1))", "$(1)_x = $$(2) $(2)"])
                             for _ in range(self.number(1, 3)))
            return f"define {name}{self.pick(['', ' =', ' :='] if self.chance(.1) else [''])}\n{body}\nendef"
        return f"{name} = {text}"

    def condition(self):
        k = self.rnd()
        a, b = self.pick([self.words, self.reference, lambda: self.word()])(), self.pick([self.words, lambda: self.word(), lambda: ""])()
        if self.chance(.3):
            b = a
        word = self.pick(["ifeq", "ifneq"])
        if k < .35:
            text = f"{word} ({a},{b})"
        elif k < .45:
            text = f"{word} ( {a} , {b} )"
        elif k < .55:
            text = f"{word} '{a}' '{b}'"
        elif k < .65:
            text = f'{word} "{a}" "{b}"'
        elif k < .7:
            text = f"{word} \"{a}\"'{b}'"
        elif k < .95:
            text = self.pick(["ifdef ", "ifndef "]) + self.pick([self.name(), self.reference(), self.name(), self.name() + " ", "none"])
        else:
            text = f"{word}\t({a},{b}) {self.pick(['', '# c', ' '])}"
        if self.chance(self.bad * 3):
            text = self.pick([f"{word} ({a},{b}", f"{word} {a} {b}", f"{word} '{a}' {b}", "ifdef", "ifdef a b", f"{word}", f"{word} ()",
                              f"{word} (,)", f"{word} (a,b) x", f"{word}(a,b)", f'{word} "a" "b" x', "ifdef $(a) x"])
        return text

    def conditional(self, depth=0):
        pad = self.pick(["", "", "", " ", "  "])
        lines = [pad + self.condition()]
        lines += self.block(depth + 1)
        while self.chance(.25):
            lines.append(pad + "else " + self.condition())
            lines += self.block(depth + 1)
        if self.chance(.5):
            lines.append(pad + self.pick(["else"] * 9 + ["else # c", "  else", "else x" if self.chance(.2) else "else "]))
            lines += self.block(depth + 1)
        if self.chance(self.bad * 2):
            lines.append(self.pick(["else", "endif", "else\nelse", "endif x"]))
        lines.append(pad + self.pick(["endif"] * 9 + ["endif # c"]))
        return lines

    def block(self, depth):
        return [self.statement(depth) for _ in range(self.number(0, 2))]

    def statement(self, depth=0):
        k = self.rnd()
        if k < .33:
            return self.assignment()
        if k < .52:
            return self.message()
        if k < .6:
            return self.function_definition()
        if k < .67:
            return self.define()
        if k < .76 and depth < 3:
            return "\n".join(self.conditional(depth))
        if k < .83:
            return self.evaluation()
        if k < .86:
            return self.directive()
        if k < .9:
            return self.pick(["# comment", "", "   ", "# a \\\n b", "\t# x" if self.chance(.2) else "", "  # c \\\\", "$(empty)", "  $(space)",
                              "\t", "\\\n", "#\\"])
        if k < .92:
            return self.include()
        return self.rule()

    def evaluation(self):
        k = self.rnd()
        if k < .4 and self.functions:
            return self.pick(["$(eval $(call %s,%s,%s))", "$(call %s,%s,%s)", "$(info $(call %s,%s,%s))", "$(eval $(call %s,%s ,%s))"]) % (
                self.pick(self.functions), self.pick(["a", "b", self.words(), self.word()]), self.words())
        if k < .6:
            name = self.pick(["m1", "m2", "m3"] + VARS)
            return self.pick(["$(eval $(%s))", "$(eval $(value %s))", "$(%s)", "$(info $(%s))", "$(call %s,p,q)"]) % name
        if k < .75:
            return "$(foreach i,%s,$(eval %s))" % (self.words(), self.pick(["$(i)_v := x", "$$(info $$(i) $(i))", "a += $(i)", "$(i): ; @echo $$@",
                                                                          "b = $$(a) $(i)", "$(i)"]))
        return "$(eval " + self.args_eval(None)[0] + ")"

    def directive(self):
        names = " ".join(self.some(VARS + ["E1", "E2", "CC", "none", "$(a)"], 0, 3))
        return self.pick([
            lambda: "export " + names, lambda: "unexport " + names, lambda: "undefine " + self.name(),
            lambda: "override undefine " + self.name(), lambda: "export", lambda: "unexport",
            lambda: "unexport PATH" if self.chance(.3) else "export a b c d e f",
            lambda: "vpath " + self.pick(["%.c", "%.x", "%", "a%", "sub/%.c", "in"]) + " " + self.pick(
                ["sub", "sub:other", "other sub", "", "none", "$(a)", "./sub/", "sub : other"]),
            lambda: "vpath", lambda: "VPATH = " + self.pick(["sub", "sub:other", "other sub", "none:sub", "$(d)", "."]),
            lambda: "GPATH = " + self.pick(["sub", "other"]),
            lambda: "-load x" if self.chance(.2) else "unexport a", self.special, self.special, self.target_variable])()

    def include(self):
        word = self.pick(["include", "-include", "sinclude", "-include", "-include"])
        names = [self.pick(self.includes) if self.includes and self.chance(.8) else
                 self.pick(["none.mk", "*.mk", "$(a)", "", "made.mk", "sub", "in", "~/x.mk"] if word != "include" or self.chance(.15)
                           else ["*.mk", "[ab].mk", "a.mk", "$(empty)"]) for _ in range(self.number(1, 2))]
        return word + " " + " ".join(names) + self.pick(["", "", "", " # c", " "])

    # Rules

    def targets(self, low=1, high=2):
        out = " ".join(self.some(TARGETS, low, high))
        if self.chance(.05):
            out = self.pick(["$(a)", "$(empty)", "$(b) t1", "t1 t1", "we$$ird", "x\\:y", "x\\#y", "a\\ b", "*.c", "%x\\%y", ".hid", "./t1", "sub/../t2",
                             "t7  ", "$(wildcard *.c)", "~x", "t[12]", "a%b", "_$(nl)_", "c:d" if self.chance(.3) else "t3"])
        return out

    def prerequisites(self, at=0, secondary=False):
        names = []
        for _ in range(self.number(0, 3)):
            k = self.rnd()
            if k < .4:
                names.append(self.pick(FILES[:24]))
            elif k < .8:
                names.append(self.pick(TARGETS[at:] or FILES))
            elif k < .9:
                names.append(self.pick(["none", "*.c", "sub/*.c", "$(a)", "$(c:.c=.o)", "./a.c", "sub/../a.c", "-lzz", "lib.a(m.o)", "x\\#y",
                                        "lib.a(m.o n.o)", "a\\ b", "we$$ird", "$(wildcard *.x)", ".WAIT", "$(empty)", "$(b)", "t[12]",
                                        "~/x", "c\\:d", "lib.a(*.o)", "../x", "t1", "%.c"]))
            elif secondary:
                names.append(self.pick(["$$@.x", "$$(@:.o=.c)", "$$(a)", "$$<", "$$^", "$$(@D)/x", "$$(@F).c", "$$(wildcard *.c)", "$$*.c", "$$+",
                                        "$$(addsuffix .c,$$*)", "$$(info [$$@] [$$*] [$$^])", "$$|", "$$?", "$$$$x", "$(b)$$(b)", "$$%", "$$(b)",
                                        "$$(if $$(filter a.o,$$@),b.c)", "$$(*D)/$$(*F)"]))
            else:
                names.append(self.pick(["all", "clean", "t5", "in"]))
        if self.chance(.12):
            names.insert(self.number(0, len(names)), "|")
            if self.chance(.6):
                names.append(self.pick(FILES[:24] + TARGETS))
        return self.pick([" ", " ", " ", "", "  ", "\t"]) + " ".join(names)

    def rule_line(self):
        at = int(self.rnd() * (len(TARGETS) - 3)) if not self.chance(self.cycles) else 0
        target = TARGETS[at] if self.chance(.75) else self.targets(1, 3)
        colon = self.pick([":"] * 16 + ["::", " :", ": ", "&:" if self.chance(.5) else ":", " & :" if self.chance(.03) else ":"])
        return target + colon + self.prerequisites(at + 1, self.secondary)

    secondary = False

    def rule(self):
        k = self.rnd()
        if k < .52:
            line = self.rule_line()
        elif k < .6:
            return self.target_variable()
        elif k < .63:
            line = self.pick(["a.o b.o", "sub/d.o", "a.o sub/d.o p.y", "$(a)", "t1 a.o", "p.y q.y"]) + self.pick([":", ": ", "::", "&:"]) + self.pick(
                ["%.o", "%", "sub/%.o", "%.y", "a%", "a.o", "$(b)"]) + ":" + self.pattern_prerequisites()
        elif k < .82:
            line = self.pattern_rule()
        elif k < .86:
            line = self.pick([".c.o", ".x.y", ".y.z", ".x", ".c", ".p.q", ".q.r", ".o.a", ".x.z", ".c.a", ".y.x"]) + ":" + \
                self.pick(["", "", "", " in", self.prerequisites()])
        elif k < .93:
            return self.special()
        else:
            line = self.targets(1, 3) + self.pick([":", "::", "&:"]) + self.prerequisites(0, self.secondary)
        if self.chance(.04):
            line = line.replace(":", self.pick([" : ", ":\\\n ", ": \\\n\t", "\\\n:"]), 1)
        if self.chance(.03):
            line += self.pick([" # c", " \\\n", " \\\n a.c", "#", " $(comma)"])
        return line + self.recipe()

    def pattern_prerequisites(self):
        names = self.some(["%.c", "%.x", "%.y", "%.p", "%", "sub/%.c", "in", "%.h", "a.h", "other/%.c", "none", "%.z", "%.q"], 0, 2)
        if self.chance(.1):
            names.insert(self.number(0, len(names)), "|")
        if self.secondary and self.chance(.4):
            names.append(self.pick(["$$*.c", "$$@.x", "$$(a)", "$$(@F)", "$$^", "$$(*F).x", "$$<"]))
        return " " + " ".join(names)

    def pattern_rule(self):
        left = self.pick(["%.o", "%.y", "%.z", "%", "%.q", "%.r", "sub/%.o", "%.p", "a%", "%.x", "s%", "%.o %.d", "%.y %.z", "%.mk", "%.h", "%.c",
                          "other/%.y", "lib.a(%.o)", "(%.o)", "./%.o", "%%", "\\%x%", "%.a", "gen%", "%/d.o", "%1", "t%", "%.o prog" if self.chance(.1) else "%.o"])
        return left + self.pick([":"] * 7 + ["::", "&:", " :"]) + self.pattern_prerequisites()

    def special(self):
        name = self.pick([".PHONY", ".PHONY", ".SUFFIXES", ".SUFFIXES", ".DEFAULT", ".PRECIOUS", ".INTERMEDIATE", ".SECONDARY", ".SECONDEXPANSION",
                          ".DELETE_ON_ERROR", ".IGNORE", ".SILENT", ".EXPORT_ALL_VARIABLES", ".NOTPARALLEL", ".ONESHELL" if self.chance(.3) else
                          ".PHONY", ".POSIX", ".LOW_RESOLUTION_TIME", ".EXTRA_PREREQS =", ".DEFAULT_GOAL =", ".NOSUCH", ".PHONY"])
        if name == ".SECONDEXPANSION":
            self.secondary = True
        if name == ".DEFAULT":
            return ".DEFAULT:" + self.pick(["", "", " a.c"]) + self.recipe()
        if name == ".SUFFIXES":
            return ".SUFFIXES:" + self.pick(["", " .x .y", " .y .x .z", " .p .q .r", " .c .o", " .x", " .r .q .p .x .y .z .c"])
        if name.endswith("="):
            return name + " " + self.pick(["a.c", "t1", "none", "in", "t2 t3", "", "$(a)", "b.h"])
        if self.chance(.35) and name != ".PHONY":
            return name + ":"
        return name + ": " + " ".join(self.some(TARGETS + FILES[:24] + ["%.o", "%.y", "%.q", "none", "$(a)"], 1, 3)) + (
            self.recipe() if self.chance(.03) else "")

    def target_variable(self):
        target = self.pick([self.pick(TARGETS), self.pick(TARGETS), self.pick(TARGETS), "%.o", "%", "t%", "%.y", "a%", "t1 t2", "sub/%", "%.c", "in a.c"])
        at = int(self.rnd() * len(VARS))
        op = self.pick(OPERATORS)
        rest = ""
        if self.chance(.05):
            rest = self.pick([" ; echo x", " : y", " | z", ":"])
        name = VARS[at] if self.chance(.93) else self.pick([".EXTRA_PREREQS", "CC", "MAKEFLAGS", "SHELL", ".SHELLFLAGS", "VPATH", "E1", "x y", "$(c)"])
        value = "/bin/sh" if name == "SHELL" else "-c" if name == ".SHELLFLAGS" else self.value(at if ":" not in op else None)
        if self.chance(.03):
            return f"{target}: {self.modifier()}define {name}"  if self.chance(.1) else f"{target}: {name} != {self.shell_command()}"
        return f"{target}{self.pick([': ', ':', ' : ', '::' if self.chance(.1) else ': '])}{self.modifier()}{name}{op}{value}{rest}"

    # Recipes

    def word_for_shell(self):
        return self.pick(self.pick([AUTO, AUTO, ["hi", "$(a)", "$(b)", "$(words $(c))", "'$(d)'", "$$E1", "$(f)", "a  b", "$$x", "\\#", "#", "$(call fn1,a,b)",
                                                 "$$((2+3))", "$(lo_ng)", "$$MAKELEVEL", '"$$MAKEFLAGS"', "$(origin a)", "$(v.1)"]]))

    def command(self):
        k = self.rnd()
        auto = self.word_for_shell
        if k < .4:
            return "echo " + " ".join(f"'{t}'" if "'" not in t and self.chance(.5) else t for t in [auto() for _ in range(self.number(1, 3))])
        if k < .55:
            return self.pick(["touch $@", "touch $@", "cat $^ > $@", "cp $< $@", "mkdir -p $(@D) && touch $@", "echo $< >$@", "echo x >> $@", "touch $*.y $@",
                              "touch sub/made $@", "cat $< >$@ || true"])
        if k < .64:
            return self.pick(["false", "exit 3", "true", ":", "none-such-command", "test -f $<", "ls", "(exit 2)", "cat in", "exit 0", "true;",
                              "test -f $@", "echo e >&2; false", "touch $@; false", "sleep 0", "cd sub", "false $(a)"])
        if k < .7:
            return "printf '<%s>' " + " ".join(auto() for _ in range(2)) + "; echo"
        if k < .74:
            return self.pick(["$(info inside $@)", "$(warning w $<)", "$(a)", "$(m1)", "$(eval a += $@)", "$(m2)", "$(foreach i,$^,echo $i;)", "$(if $<,echo first $<)",
                              "$(call fn1,$@,$<)", "$(shell echo sh)", "$(file >f.new,$^)", "$(eval b = $$@)", "$(error in recipe)" if self.chance(.1) else "$(empty)", "$(flavor @)",
                              "$(eval t1: x)" if self.chance(.2) else "$(strip)", "$(error $@)" if self.chance(.1) else "$(wildcard *.y)"])
        if k < .78:
            return "$(MAKE) -f sub.mk " + self.pick(["", "x", "y", "a=1 x", "-s", "-n x", "none", "-k", "x y", "MAKEFLAGS= x", "-w", "--no-print-directory x"]) \
                if self.chance(.7) else self.pick(["${MAKE} -C sub", "$(MAKE) -C sub x", "$(MAKE) -C none", "+$(MAKE) -f sub.mk x || true"])
        if k < .82:
            return self.pick(["env | grep '^[a-fEC][0-9]*=' | sort", "echo $$a $$b $$c", "echo \"$$lo_ng\" $$d $$E2", "env | grep '^MAKE' | sort", "env", "echo ${a}${@}"])
        if k < .88:
            return self.pick(["echo a \\\n  b", "echo 'a \\\n  b'", "echo a; \\\n" + self.prefix + "echo b", "echo $(a) \\\n" + self.prefix + "c", "echo \\\\\n", "echo a\\\nb", "echo $(subst a,b, \\\n a)",
                              "for i in $^; do \\\n echo $$i; \\\ndone", "if true; then \\\n echo y; fi", "echo \"a\\\n b\"", "# c \\\n d", "echo $(foreach i,1 2, \\\n" + self.prefix + "$i)"])
        if k < .92:
            return self.pick(["", "# only a comment", "@", "-@", " ", "@#x", "echo a # b", "echo a#b", "@echo $", "echo $$", "@ echo a", "\techo t", "@-echo a", "+@echo plus $@",
                              "-false", "@-exit 4", "-+echo pm", "@@echo two"])
        return "echo " + self.pick(["a | cat", "a && echo b", "a; echo b", "`echo bq`", "$$(echo ds)", "a b > out.$(words $^)", "*.c", "\"*.c\"", "~", "\\$$x", "a\\ b", "{a,b}", "$$*", "$$?",
                                    "$$@", "a & wait" if self.chance(0) else "a", "'#'", "%", "\\\\", "=", "a=b", "x >/dev/null"])

    def line(self):
        return self.pick(["@", "@", "@", "@", "", "", "", "-", "-@", "@-", "+", "@+", "@ ", " @", "- "]) + self.command()

    def recipe(self):
        k = self.rnd()
        if k < .2:
            return ""
        if k < .26:
            return self.pick([";", " ;", "; ", ";;"] if self.chance(.1) else [";", " ; "]) + self.pick(["", "", "@echo '$@' one", "touch $@", "@:", self.line()])
        lines = []
        for _ in range(self.pick([1, 1, 1, 2, 2, 3])):
            lines.append(self.prefix + self.line())
            if self.chance(.04):
                lines.append(self.pick(["# between", "", self.prefix, "  # between", "ifdef a\n" + self.prefix + "@echo in if\nendif",
                                        "ifeq ($(b),)\n" + self.prefix + "@echo then\nelse\n" + self.prefix + "@echo else\nendif", self.prefix + "# in recipe"]))
        return "\n" + "\n".join(lines)

    # Soup: pieces in no order

    SOUP = ["a", "b", "%", "%.c", ":", ":", "::", "=", ":=", "?=", "+=", "::=", "&:", "|", ";", "\t", "\\\n", "#", "$(a)", "$$", "define a", "define b =", "endef",
            "ifeq (a,b)", "ifdef a", "else", "endif", "export", "override", "private", "-include", "vpath", "undefine", "unexport", "(", ")", ",", "$(info x)", "\\#", "\\:",
            " ", " ", " ", "@echo hi", "*", "[ab]", "\\", "\\\\", "${b}", "$a", "$", "$(", ")", "'", '"', "a.c", "lib.a(m)", "t1", "$(eval a:=b)", "&", "!", "!=true", ".PHONY",
            "$(empty)", "$(space)", "$(nl)", "ifneq", "a=b", "$(foreach i,a b,$i:;)", "define", "in", "\r", "\n\t", "\n", "\f", "\v", "\x01", "@", "-", "+", "~", ".SUFFIXES:", "a\\ b",
            "ifeq 'a' 'a'", "else ifdef a", "endif#", "$(\\\n)", "$(info \\\n y)", "export a=b", "a:b=c", "%:%=c", "private a=b", "é", "sinclude", "load", "-load", "override define x", "?", "<"]

    def soup(self):
        return "".join(self.pick(self.SOUP) + (" " if self.chance(.4) else "") for _ in range(self.number(1, 6)))

    def mutate(self, text):
        for _ in range(self.number(1, 3)):
            if not text:
                break
            at = int(self.rnd() * len(text))
            k = self.rnd()
            if k < .35:
                text = text[:at] + text[at + self.number(1, 3):]
            elif k < .7:
                text = text[:at] + self.pick(self.SOUP + list("\t\n #:=$()\\,;|%@'\"")) + text[at:]
            elif k < .85:
                to = int(self.rnd() * len(text))
                text = text[:at] + text[to:to + self.number(1, 12)] + text[at:]
            else:
                lines = text.split("\n")
                i, j = int(self.rnd() * len(lines)), int(self.rnd() * len(lines))
                lines[i], lines[j] = lines[j], lines[i]
                text = "\n".join(lines)
        return text

    # Whole makefiles: make_shapes.py, make_graphs.py

    one_goal = False
    extra = ()  # words of the command line that go with the text

    def continued(self, text):
        """A line or a few that go on in the next one, in whatever context."""
        for _ in range(self.number(1, 4)):
            blanks = [i for i, c in enumerate(text) if c == " " and text[i - 1:i] != "\\"]
            if blanks:
                at = self.pick(blanks)
                text = text[:at] + self.pick(["\\\n", " \\\n  ", "\\\n\t", " \\\n", "\\\n \\\n", " \\\\\n"] if self.chance(.2) else [" \\\n", "\\\n\t", " \\\n "]) + text[at + 1:]
        return text

    def makefile(self):
        shapes = self.SHAPES + self.GRAPHS
        k = self.number(1, sum(w for _, w in shapes))
        for name, weight in shapes:
            k -= weight
            if k <= 0:
                break
        text = getattr(self, name)()
        if self.chance(.05):
            text = self.continued(text)
        if self.chance(.08) and not self.unordered:
            text = self.mutate(text)
        if self.chance(.97):
            text += "\n"
        if self.chance(.01):
            text = text.replace("\n", "\r\n")
        if self.chance(.004):
            text = "\xef\xbb\xbf" + text
        return text

    # The rest of a case

    def archive(self):
        text = "!<arch>\n"
        for name in self.some(["m.o", "n.o", "a.o", "sub.o", "averyveryverylongname.o"], 1, 3):
            body = name * 2
            if len(name) > 15:
                name = name[:15]
            text += f"{name + '/':<16}{1000000000 + 100 * self.number(1, 9):<12}{0:<6}{0:<6}{644:<8}{len(body):<10}`\n" + body + ("\n" if len(body) % 2 else "")
        return text

    def populate(self):
        if self.chance(.5):
            self.dirs.append("other")
        for name in FILES:
            if "/" in name and name.split("/")[0] not in self.dirs:
                continue
            if self.chance(.3 if name not in ("in", "a.c") else .75):
                text = self.archive() if name.endswith(".a") else self.pick(["", name + "\n", "x", "two\nlines\n", "a = 1\n"])
                self.files[name] = (text, 100 * self.number(1, 9))
        self.modes = {}
        if self.chance(.04):
            self.modes = {name: self.pick([0, 0, 0o444, 0o111, 0o555, 0o222]) for name in self.some(
                [*self.files, *self.dirs, "in", "a.c", "sub"], 1, 3) if name in self.files or name in self.dirs}
        if self.chance(.04):
            self.links["link.c"] = (self.pick(["a.c", "none", "sub", "link.c"]), 100 * self.number(1, 9))

    def goal(self):
        return self.pick(self.pick([TARGETS, TARGETS, ["all", "t1", "x", "none", "in", "a.c", "Makefile", "p.z", "sub/d.o", "u.a", "u.b", "v.c", "w.d", "inc1.mk", "lib.a(m.o)",
                                                       "./t1", "first", "a.mk", "sub", "u", "t1", "''" if self.chance(.1) else "all"]]))

    def setting(self):
        return self.pick(["C1", "a", "b", "c", "CC", "x", "E1", "v.1"]) + self.pick(["=", ":=", "=", "+=", "?=", "!=", "::="]) + self.pick(
            ["1", "cmd line", "$(a)", "$(b) x", "$$", "a#b", "", "$(info set)", "'q'", "a\\b", "$(C1)", " lead", "$(MAKEFLAGS)", "x\ty", "true"])

    def arguments(self):
        args = []
        for _ in range(self.pick([0, 0, 0, 0, 1, 1, 1, 2, 3])):
            args.append(self.pick(OPTIONS))
        if self.chance(.03):
            args += self.pick([["-W", "a.c"], ["-o", "a.c"], ["-W" + self.goal()], ["-o" + self.goal()], ["--what-if=in"], ["--old-file=a.o"], ["--assume-new", "none"]])
        if self.chance(.03):
            args += self.pick([["-W", "a.c"], ["-o", "in"], ["-W", "in"], ["-ot1"], ["-W", "b.c", "-o", "t2"]])
        if self.chance(.04):
            args.append("--eval=" + self.pick([self.assignment(), self.message(), self.rule_line(), "$(info E)", "a=1", "b+=2", "all:;@echo ev", "x:;@echo ev x", ".SECONDEXPANSION:"]))
        if self.chance(.03):
            args += self.pick([["-Isub"], ["-I", "other"], ["-I.", "-I", "sub/"], ["-I", "none"], ["--include-dir=sub"]])
        if self.chance(.02):
            args += self.pick([["-C", "sub"], ["-Csub"], ["-C", "none"], ["-C", "sub", "-C", ".."], ["--directory=other"], ["-C", ""]])
        if self.chance(.01):
            args += self.pick([["-z"], ["--nosuch"], ["-f"], ["-jx"], ["-Ox"], ["--silent=1"], ["-j0"], ["-C"], ["-l", "x"], ["--jobs=-1"], ["--debug=q"], ["--e"], ["--no"], ["-"],
                               ["--eval"], ["-f", "none"], ["-f", ""], ["--warn"], ["-j", "1"], ["-kf", "Makefile"]])
        if self.chance(.02):
            args.append(self.pick(["--debug=b", "--debug=v", "--debug=i", "--debug=m", "-d", "--debug=bv", "--debug", "--debug=n"]))
        for _ in range(self.pick([0, 0, 0, 0, 1, 1, 2]) if not self.one_goal else 0):
            args.append(self.goal())
        while self.chance(.1):
            args.append(self.setting())
        if self.chance(.3):
            self.random.shuffle(args)
        return args

    def environment(self):
        env = {}
        if self.chance(.3):
            env["E1"] = self.pick(["env", "$(a)", "e 1", "", "$$", "a#b"])
        if self.chance(.1):
            env[self.pick(["E2", "a", "b", "CC", "VPATH", "SHELL", "x-y", "v.1", "CURDIR", "MAKE", "lo_ng"])] = self.pick(["env", "$(c)", "sub", "v w"])
        if self.chance(.05):
            env[self.pick(["MAKEFLAGS", "GNUMAKEFLAGS", "MAKEFLAGS"])] = self.pick(
                ["n", "k", "-k", "s", "ks", "B --trace", "--trace", "a=1", "-- a=1 b=2", "e", "-e", "w", "rR", "-I sub", "--warn-undefined-variables", "i", "-n -k", "kw", "C1=x\\ y",
                 " -- C1=$(a)", "--no-print-directory", "t", "q", "-W in", "R", "nosuch=", "--eval=$(info\\ ev)", "-f none", "sx", "", " ", "-", "--", "x", "-j1"])
        if self.chance(.01):
            env["MAKELEVEL"] = self.pick(["1", "3", "0", "x", "-1", ""])
        if self.chance(.01):
            env["MAKEFILES"] = self.pick(["inc.mk", "none.mk", "a.mk inc.mk", "in"])
        return env

    SUB = "x:; @echo sub $@ $(a) $(MAKELEVEL) $(MAKEFLAGS)\ny: ; @echo $$b '$(origin a)' $(MAKECMDGOALS) \"$$MAKEFLAGS\"\n"

    def case(self):
        self.populate()
        if self.chance(.2):
            for name in self.some(["a.mk", "b.mk", "inc.mk", "sub/c.mk"], 1, 2):
                self.includes.append(name)
        main = self.pick(["Makefile"] * 20 + ["makefile", "GNUmakefile", "other.mk"])
        text = self.makefile()
        self.files[main] = (text, 100 * self.number(1, 9))
        for name in self.includes:
            saved, self.prefix = self.prefix, "\t"
            lines = [self.statement() for _ in range(self.number(0, 4))]
            self.prefix = saved
            self.files[name] = ("\n".join(lines) + "\n", 100 * self.number(1, 9))
        if "sub.mk" in text or self.chance(.02):
            self.files["sub.mk"] = (self.SUB, 100)
        if "sub" in text and self.chance(.1):
            self.files["sub/Makefile"] = (self.SUB, 100)
        args = self.arguments()
        stdin = ""
        if main == "other.mk":
            args = ["-f", main] + args if self.chance(.8) else ["-fother.mk"] + args
        elif self.chance(.01):
            stdin, age = self.files.pop(main)
            args = ["-f", "-"] + args
        elif self.chance(.01):
            args = ["-f", main, "-f", self.pick(["a.mk", "in", "none", main])] + args
        args += [word for part in self.extra for word in part.split(" ", 1)]
        debug = any(a == "-d" or a.startswith("--debug") for a in args)
        if self.unordered:
            # what a job says as another one fails depends on who is faster
            args = [a for a in args if not a.startswith(("-j", "-d", "--debug", "-p", "--print", "-O", "-i", "-S", "--stop"))] + ["-k", self.pick(["-j2", "-j3", "-j8", "-j"])] + \
                self.pick([[], [], ["-O"], ["-Oline"], ["-Orecurse"], ["-Onone"]])
        return {"unordered": self.unordered, "args": args, "env": self.environment(), "stdin": stdin, "files": self.files, "dirs": self.dirs, "links": self.links, "modes": {n: m for n, m in self.modes.items() if n in self.files or n in self.dirs}, "merge": self.chance(.25), "purpose": debug}


def draw(seed):
    return Drawer(seed).case()
