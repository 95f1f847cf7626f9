# SPDX-License-Identifier: GPL-2.0-only
"""More kinds of makefiles for make_draw.py, as make_shapes.py: graphs of one kind each, and mistakes."""


class Graphs:
    """Mixed into Drawer."""

    SHOW = "@echo '$@: < $< ^ $^ + $+ ? $? | $| * $*'"

    def body(self, lines=2, more=()):
        """A recipe of a few lines."""
        return "".join("\n\t" + self.pick(("", "", "", "-", "+", "@") if not line.startswith("@") else ("", "", "-", "+")) + line for line in self.some(
            [self.SHOW, "@echo $@", "touch $@", "@touch $@", "cp $< $@", "cat $^ >$@", "@echo $@ >&2", ":", "$(info in $@)", *more], 0 if self.chance(.1) else 1, lines))

    FAILS = ["false", "exit 3", "@touch $@; false", "@touch $@; exit 1", "no-such-command", "./in", "kill -9 $$$$", "@touch $@; kill -TERM $$$$", "@echo x >>$@; kill -15 $$$$", "sh -c 'exit 5'",
             "@sh -c 'kill -9 $$$$'", "sub", "/", "''", "@exit 127", "@exit 256", "touch $@ no/such", "@cat none 2>/dev/null", "true; false", "@{ false; } || exit 2", "cd none"]

    def ordered(self):
        """Jobs at once that cannot but run one after the other: -O, -k, statuses, makes below."""
        names = ["o%d" % i for i in range(self.number(2, 5))]
        lines = ["all: " + names[0]] if self.chance(.7) else []
        for name, after in zip(names, names[1:] + [self.pick(["", "", "in", "none", "a.c"])]):
            lines.append(f"{name}: {after}" + self.body(4, ["@$(MAKE) -f sub.mk x", "$(MAKE) -f sub.mk y", "@$(MAKE) -C sub", "@echo $(shell echo sh $@)", "echo out; echo err >&2", *self.some(self.FAILS, 1, 2)]))
        lines += self.some([".DELETE_ON_ERROR:", ".SILENT:", ".IGNORE:", ".NOTPARALLEL:", ".ONESHELL:", f".PHONY: {names[-1]}", f".PRECIOUS: {names[0]}", "MAKEFLAGS += -O", "MAKEFLAGS += -j2 -Oline",
                            "$(info reading)", "$(warning w)", "export a = 1", f"{names[0]}: a = x", f".INTERMEDIATE: {names[-1]}", "-include made.mk\nmade.mk: ; @echo made >&2; touch $@"], 0, 2)
        for name in ("sub.mk", "sub/Makefile"):
            self.files[name] = ("x: y" + self.body(3, self.some(self.FAILS, 1, 2)) + "\ny:" + self.body(3, ["@echo '$(MAKEFLAGS)'"]) + "\n", 100)
        self.one_goal = True  # what is said of a second one, and when, is a race
        self.extra = [self.pick(["-j2", "-j3", "-j", "-j8", "-j1"])] + self.some(["-O", "-Oline", "-Otarget", "-Orecurse", "-Onone", "-k", "-w", "--trace", "-s", "-i", "-n", "-B", "-q", "-t", "-S"], 0, 3)
        return "\n".join(lines)

    def statuses(self):
        """How recipes end, and what becomes of the targets."""
        names = ["s%d" % i for i in range(self.number(1, 4))]
        lines = ["all: " + " ".join(names)] if self.chance(.6) else []
        for i, name in enumerate(names):
            both = self.pick([""] * 6 + [" also", " in", " prog"])
            lines.append(name + (both + self.pick([" &", "", " &"]) if both else "") + self.pick([":", ":", ":", ":", "::"]) + " " + " ".join(n for n in names[i + 1:] + ["in", "a.c"] if self.chance(.2))
                         + self.body(3, self.some(self.FAILS, 3, 5)))
            if self.chance(.3):
                self.files[name] = ("old\n", 100 * self.number(1, 9))
        lines += self.some([".DELETE_ON_ERROR:", ".DELETE_ON_ERROR:", ".IGNORE:", f".IGNORE: {names[0]}", ".SILENT:", f".SILENT: {names[-1]}", f".PHONY: {names[0]}", f".PRECIOUS: {names[0]} also", ".PRECIOUS:",
                            f".SECONDARY: {names[-1]}", f".INTERMEDIATE: {names[-1]}", "SHELL = /bin/bash", ".SHELLFLAGS = -ec", ".ONESHELL:", "unexport PATH", ".POSIX:", "SHELL = /none", "export PATH = /usr/bin:/bin",
                            f"{names[0]}: SHELL = /bin/bash"], 0, 3)
        self.extra = self.some(["-k", "-k", "-i", "-S", "-q", "-t", "-n", "-s", "-B", "--trace"], 0, 2)
        return "\n".join(lines)

    def groups(self):
        """Grouped targets, pattern rules with several targets, double colons, order-only prerequisites."""
        lines = ["all: " + " ".join(self.some(["g1", "g2", "g3", "g4", "g.x", "g.y", "h.x", "h.y", "d1", "d2"], 1, 4)) + self.pick(["", self.body()])]
        for _ in range(self.number(2, 6)):
            lines.append(self.pick(["g1 g2", "g3 g1", "g4", "g1 g2 g3", "g.x g.y", "%.x %.y", "%.x %.y %.w", "h.%", "g% h%", "d1", "d2", "d1 d2", "g1 g1", "g.x h.x", "$(grp)"])
                         + self.pick([" &:", "&:", ":", ":", "::", "::", "&::", " & :"]) + " " + " ".join(self.some(["in", "a.c", "b.c", "g3", "| in", "| d2", "%.z", "none", "h.z", "d2", "g4", ""], 0, 2))
                         + self.pick([self.body(2, ["touch g1 g2", "touch $(@D)/g3 $@", "@touch $(basename $@).x $(basename $@).y", "false"])] * 6 + ["", " ;", " ; @echo one $@"]))
        lines += self.some(["grp = g1 g4", ".PHONY: g2", ".PHONY: d1", ".INTERMEDIATE: g1", ".SECONDARY: g2 g.x", ".PRECIOUS: %.x", "g1: a = of-g1", "g2: in", "g2: | in", "%.y: a = pat", ".DELETE_ON_ERROR:", "h.x h.y: h.z",
                            ".SECONDEXPANSION:", "g1: $$(@:g1=in)", "vpath g% sub", "g3:", ".SILENT:", ".EXTRA_PREREQS = in", "g1: .EXTRA_PREREQS = a.c"], 0, 4)
        for name in ["g1", "g2", "g3", "g.x", "g.y", "h.z", "g.z", "h.x", "d1", "d2"]:
            if self.chance(.3):
                self.files[name] = (name + "\n", 100 * self.number(1, 9))
        if self.chance(.2):
            self.random.shuffle(lines)
        self.extra = self.some(["-n", "-q", "-t", "-B", "-k", "--trace", "-W in", "-o in", "-W g1", "-o g2", "-s"], 0, 1)
        return "\n".join(lines)

    def archives(self):
        """Members of archives, by a real ar where there is one."""
        lines = ["AR = /usr/bin/ar", "ARFLAGS = " + self.pick(["rU", "rcU", "cr", "rc", "-rvcU"])] if self.chance(.8) else []
        lines.append(self.pick(["all: lib.a", "all: lib.a(m.o)", "lib.a: lib.a(m.o n.o)", "lib.a: lib.a(m.o) lib.a(a.o)", "all: lib.a(m.o n.o) other.a(x.o)", "all: lib.a(*.o)", "all: lib.a(none.o)", "all: lib.a((sym))"])
                     + self.pick(["", self.body(2, ["@echo '$%'", "$(AR) $(ARFLAGS) $@ $?"])]))
        for _ in range(self.number(1, 5)):
            lines.append(self.pick(["lib.a(m.o): m.o", "lib.a(m.o): in", "lib.a(n.o m.o): in", "lib.a(n.o)::", "(%.o): %.c", "lib.a(%.o): %.c", "lib.a(%): %", "(%): %", "%.a(m.o): in", "lib.a:", "lib.a: lib.a(n.o)", "%.o: %.c",
                                    "lib.a: | lib.a(n.o)", "lib.a(a.o): a.c b.c", "%.a: in", ".c.a:", "lib.a(m.o): lib.a(n.o)", "lib.a(sub/d.o): sub/d.c", "all: lib%(m.o)", "lib.a(m.o) &: in", "lib.a(m.o n.o) &: in"])
                         + self.pick([self.body(2, ["@echo '$@ $% $(%D) $(%F) $(@F) $*'", "$(AR) $(ARFLAGS) $@ $%", "$(AR) $(ARFLAGS) lib.a $<", "@$(AR) t lib.a", "$(AR) $(ARFLAGS) $@ $^", "false"])] * 3 + ["", " ;"]))
        lines += self.some(["m.o n.o: ; @echo $@ >$@", "%.o: ; touch $@", ".PHONY: lib.a(m.o)", ".INTERMEDIATE: m.o", ".PRECIOUS: lib.a(n.o)", ".DELETE_ON_ERROR:", "lib.a(m.o): a = member", "vpath %.a sub", "VPATH = sub",
                            "$(info $(wildcard lib.a(*) lib.a) $(suffix lib.a(m.o)) $(notdir sub/lib.a(m.o)))", ".SECONDEXPANSION:", "lib.a(n.o): $$%.x $$(@F)", ".SUFFIXES: .a .q", ".LOW_RESOLUTION_TIME: m.o", "%.x:", "SHELL = /bin/bash"], 0, 3)
        for name, likely in (("lib.a", .7), ("m.o", .5), ("n.o", .4), ("m.c", .4), ("n.c", .3), ("other.a", .2)):
            if self.chance(likely):
                self.files[name] = (self.archive() if name.endswith(".a") and self.chance(.95) else name + "\n", 100 * self.number(1, 9))
        self.extra = self.some(["-n", "-t", "-q", "-B", "-k", "--trace", "-W m.o", "-o m.o", "-r", "-s", "lib.a", "lib.a(m.o)", "lib.a(q.o)", "--debug=v"], 0, 2)
        return "\n".join(lines)

    def search(self):
        """VPATH, vpath, GPATH, -lNAME."""
        lines = self.some(["VPATH = sub", "VPATH = sub:other", "VPATH = none other sub", "vpath %.c sub", "vpath %.c other:sub", "vpath %.h sub", "vpath % other", "vpath in sub", "vpath %.x", "vpath", "GPATH = sub", "GPATH = other sub",
                           "vpath lib%.a sub", "vpath %.so other", ".LIBPATTERNS = lib%.a", ".LIBPATTERNS = %.lib lib%.so x", ".LIBPATTERNS =", ".LIBPATTERNS = lib.a", "vpath %.o sub", "VPATH += other", "override VPATH = other", "vpath x%.c sub",
                           "vpath %.c sub\nvpath %.c", "VPATH = ./sub/", "VPATH = $(dirs)\ndirs = other", "vpath %/x.h sub"], 1, 4)
        lines.append("all: " + " ".join(self.some(["v.o", "w.o", "v.x", "prog1", "-lq", "-lr", "sub/v.o", "-lnone", "gen", "v.h"], 1, 3)) + self.pick(["", self.body()]))
        for _ in range(self.number(2, 6)):
            lines.append(self.pick(["%.o: %.c", "%.o: %.c %.h", "v.o: v.c v.h", "w.o: w.c -lq", "prog1: v.o w.o -lq -lr", "prog1: -lq", "%.x: %.c | -lr", "gen: in", "v.c: in", "-lq: in", "libq.a: v.o", "libq.a:", "%.c: %.y", "v.h: ", "v.o: v.h",
                                    "%: %.o", ".c.x:", "sub/v.c: in", "other/%.h: in", "v.o w.o: %.o: %.c", "w.c:: in", "v.c v.h &: in", "-l%: lib%.a", "%.a: %.o", "libr.so: in"])
                         + self.pick([self.body(2, ["cp $< $@", "@echo $(<D) $(<F) $(@D) $(^F) $(dir $<)", "false"])] * 5 + ["", " ;"]))
        lines += self.some([".PHONY: v.c", ".SECONDARY:", ".INTERMEDIATE: v.c", ".PRECIOUS: %.o", "-include sub.d", "$(info $(wildcard *.c sub/*) $(VPATH) $(value GPATH))", "include v.mk", "%.mk: %.c ; @echo 'z = $<' >$@", ".SECONDEXPANSION:",
                            "w.o: $$(wildcard sub/*.h)", "v.o: a = $<", ".DEFAULT: ; @echo default $@ $<"], 0, 2)
        for name in ["v.c", "w.c", "v.h", "libq.a", "libr.so", "v.y", "gen", "v.o", "q.lib"]:
            for where in ["", "sub/", "other/"]:
                if self.chance(.28 if where else .15) and where.rstrip("/") in ["", *self.dirs]:
                    self.files[where + name] = (name + "\n", 100 * self.number(1, 9))
        self.extra = self.some(["-n", "-t", "-q", "-B", "-k", "-r", "-W v.c", "-o sub/v.c", "--trace", "--debug=v", "-W sub/v.c", "VPATH=other", "-s"], 0, 1)
        return "\n".join(lines)

    def second(self):
        """.SECONDEXPANSION in every kind of rule."""
        lines = [".SECONDEXPANSION:"] if self.chance(.9) else []
        extra = ["$$@.x", "$$(@:.o=.c)", "$$*.c", "$$<", "$$^", "$$+", "$$|", "$$(@D)/d.c", "$$(@F).c", "$$(a)", "$(b)$$(b)", "$$$$", "$$(*F).c", "$$(*D)/e.x", "$$(wildcard *.c)", "| $$(c)", "$$(info [$$@] [$$<] [$$^] [$$+] [$$*] [$$|] [$$?])",
                 "$$(addsuffix .c,$$*)", "$$(eval x := $$@)$$(x)", "$$(filter %.c,$$^)", "$$(if $$(filter a.o,$$@),in)", "%.c", "$$(subst %,$$*,%.h)", "$$(firstword $$^).z", "$$%", "$$(foreach i,1 2,$$i.q)", "$$(call f,$$@)", "in", "a.c", "none",
                 "$$(value a)", "$$(@:%.o=%.c)", "lib.a($$*.o)", "$$(d) | in", "$$(error no)" if self.chance(.03) else "b.c"]
        for _ in range(self.number(3, 8)):
            left = self.pick(["all", "a.o", "b.o", "a.o b.o", "p.y", "sub/d.o", "%.o", "%.y", "sub/%.o", "a.o b.o: %.o", "p.y q.y: %.y", "%", "t1", "all", "t1 t2", "%.x", "%.q", "lib.a(m.o)", "(%.o)", ".c.o", "a.o b.o &"])
            lines.append(left + self.pick([":", ":", ":", "::"]) + " " + " ".join(self.some(extra + ["t1", "a.o", "p.y"], 1, 3)) + self.pick([self.body(2, ["@echo '$(x)'"])] * 4 + ["", " ;"]))
        lines += self.some(["a = in", "b := a.c", "c = t2 $(d)", "d = sub/d.c", "f = $(1:.o=.h)", "a.o: a = b.c", "%.o: b = in", "t1: private d = q.z", ".SECONDEXPANSION:", "b = $(info late)p.x", ".PHONY: t2 1.q", "%.c: ; touch $@", "%.z: ; @echo z $@",
                            "a = changed", "undefine d", "2.q:"], 1, 5)
        if self.chance(.2):
            self.random.shuffle(lines)
        self.extra = self.some(["-n", "-B", "-k", "-r", "--trace", "-q", "all", "a.o", "t1"], 0, 2)
        return "\n".join(lines)

    def exports(self):
        """Which variables recipes and $(shell) see."""
        show = "env | grep -v '^MAKE\\|^PATH\\|^HOME\\|^LC\\|^_\\|^PWD\\|^OLDPWD\\|^SHLVL' | sort"
        names = ["a", "b", "C1", "E1", "E2", "x-y", "v.1", "lo_ng", "CC"]
        lines = []
        for _ in range(self.number(3, 9)):
            name, other = self.some(names, 2, 2)
            lines.append(self.pick([f"{name} = {name}1", f"{name} := $({other})x", f"export {name}", f"unexport {name}", f"export {name} = {other} v", f"override {name} = over", f"{name} += more", f"{name} ?= unless", f"undefine {name}", "export", "unexport",
                                    f"all: {name} = for-all", f"t1: export {name} = for-t1", f"t1: unexport {name}", f"t%: {name} += pat", f"private {name} = priv", f"define {name}\ntwo\nlines\nendef", ".EXPORT_ALL_VARIABLES:", f"t1: private {name} = p",
                                    f"export {name} {other}", f"{name} = $(info expanding {name})$({other})", f"{name} != echo $${other}", f"$(info [$(shell echo \"$${other}\")])", f"$(info {name} $(origin {name}) $(flavor {name}) [$({name})])", f"all: override {name} += o",
                                    f"override undefine {name}", f"export $({name})", f"MAKEOVERRIDES = {name}=0", f"MAKEFLAGS += e", f"t1: {name} ?= q", "export SHELL", f"{name} = $(error in {name})" if self.chance(.1) else "all: E3 = three"]))
        lines += ["all: t1 t2\n\t@" + show, "t1: t3\n\t@" + show + "\n\t@echo '$(a)' $(E1) $${E2-unset}", "t2 t3: ; @echo $@ \"[$$a] [$$b] [$$E1] [$$C1] [$$lo_ng]\" $(origin a)", f"t4: ; @$(MAKE) -f sub.mk {self.pick(['', 'a=9', '-e', 'E1=2 b=3'])}"]
        self.files["sub.mk"] = ("a ?= of-sub\n$(info $(origin a) $(origin b) $(origin E1) $(origin CC) $(flavor a) [$(a)])\nall:\n\t@" + show + "\n", 100)
        if self.chance(.3):
            self.random.shuffle(lines)
        self.extra = self.some(["-e", "a=1", "E1:=cmd", "b=$(a)", "t4", "t4", "all", "C1=x y", "-R", "v.1=q", "-n"], 0, 3)
        return "\n".join(lines)

    MISTAKES = ["        echo eight", "a b", "a b: c: d: e", "t1: %.o: x", "%.o t1: x", "a%: b%: c%", "a.o: %.x: %.c", "x.o: %.o: ", "t1: t2 %: t3", "endif", "endef", "else", "ifeq a b", "ifeq (a,b", "ifdef", "ifdef a b", "ifneq 'a' 'b", "else ifeq (a,b)",
                "define", "define =", "= x", ":= y", "$(empty) = 1", "override", "export a b = c", "undefine", "override undefine", "vpath", "vpath %", "include", "include none.mk", "-include none.mk", "$(error stop here)", "$(call f", "${a", "$(a", "$(word x,a)",
                "$(word 0,a)", "$(word ,a)", "$(wordlist 1,x,a)", "$(wordlist 0,1,a)", "$(wordlist 1,a)", "$(word a)", "$(patsubst a)", "$(foreach a,b)", "$(if)", "$(filter a)", "$(join a)", "$(subst a,b)", "$(file)", "$(file x)", "$(file <none)", "$(file <in,x)",
                "$(file >no/such,x)", "$(file >)", "$(shell exit 3)$(.SHELLSTATUS)", "$(shell no-such)", "r = $(r)", "r = $(r)\n$(r)", "$(call)", "$(eval $(error in eval))", "$(eval ifdef a)", "$(eval define x)", "$(eval a b)", "$(eval : x)", "\techo before",
                "t1: ; @echo one\nt1: ; @echo two", "t1:: ; @echo one\nt1: ; @echo two", "t1: ; @echo x\nt1::", "t1 t1: in ; @echo twice", "t1: t1", "t1: t2\nt2: t1", "t1 &:", "t1 t2 &: in", ": a", " : ", ":", ";", "t1: a = 1\n\t@echo", ".PHONY : ;", "t1: | | in",
                "t1:\n  ifdef a\n\t@echo in\nendif x", ".SUFFIXES: .a\n.a: b", "!", "&", "t1: in : out", "t1:=1:2", "a:b:=c", "~none/x: in", "t1: define a", "endef x", "define a\nendef x", "define a\ndefine b\nendef", "ifdef a\nelse\nelse\nendif", "private", "load", "load none.so",
                "unexport a=b", "$(info $(value))", "$(origin)", "t1: in\n\n\n\t@echo late", "t1: in\n# c\n\t@echo after", "t1 : ;@echo a;\\\necho b", "%: ; @:", "%.x:", "% %.o: ; @echo", "%% : in", "$(foreach ,a,b)", "$(sort", "$(", "$", "a = $", "${}", "$()",
                ".DEFAULT_GOAL = t1 t2", ".DEFAULT_GOAL = none", ".RECIPEPREFIX = >\nt1:\n>@echo pre\n\t@echo tab", "override define a\nx\nendef", "export define b =\ny\nendef", "t1: export private override a = 1", "SHELL =", "SHELL = /none\nt1: ; @echo x"]

    def mistakes(self):
        """What GNU make has words for, in every place."""
        lines = ["a = 1", "f = $(1)"] if self.chance(.5) else []
        for _ in range(self.number(1, 3)):
            wrong = self.pick(self.MISTAKES)
            where = self.number(1, 14)
            if where == 1:
                wrong = f"$(eval {wrong})" if "\n" not in wrong else wrong
            elif where == 2:
                self.files["wrong.mk"] = ("# one\n" + wrong + self.pick(["\n", ""]), 100)
                wrong = self.pick(["include wrong.mk", "-include wrong.mk", "$(eval include wrong.mk)"])
            elif where == 3:
                wrong = f"define w\n{wrong}\nendef\n" + self.pick(["$(w)", "$(eval $(w))", "$(eval $(value w))", "$(call w,a)", "$(eval $(call w,a))", "t1: ; $(w)"])
            elif where == 4:
                wrong = "t1:\n\t@echo one\n\t" + wrong
            elif where == 5:
                wrong = f"w = {wrong}\n" + self.pick(["$(w)", "all: $(w)", "$(info $(w))", "all: ; $(w)"])
            elif where == 6:
                wrong = "ifdef a\n" + wrong + self.pick(["\nendif", "\nelse\n$(info else)\nendif", ""])
            elif where == 7:
                wrong = "all: t1\n\t@echo all\n" + wrong
            elif where == 8:
                wrong = f"$(foreach i,1 2,$(eval {wrong}))" if "\n" not in wrong else wrong + "\n" + wrong
            elif where == 9:
                wrong = self.pick(["t1: ", "$(info ", "export ", "x := ", "ifeq (", "override ", "include "]) + wrong
            lines.append(wrong)
            if self.chance(.4):
                lines.append(self.statement())
        lines.append(self.pick(["all: ; @echo end", "all: t1 t2; @echo end", "t2: ; @echo t2", "$(info read)"]))
        self.extra = self.some(["-k", "-n", "all", "t1", "t2", "--warn-undefined-variables", "-s", "-i"], 0, 1)
        return "\n".join(lines)

    PATHS = ["a.c", "sub/d.c", "./a.c", "sub/../a.c", "../w/a.c", "/", "//", "///x", "/..", "/../proc", "sub/", "sub//e.x", "sub/.", "sub/..", ".", "..", "../..", "none/../a.c", "a.c/", "a.c/..", "link.c", "link.c/x", ".hid", "a.b.c", "a.", ".a.b",
             "sub.d/x", "sub.d/x.y/", "~", "~/x", "~none/x", "", "x%y", "sub/.c", "lib.a(m.o)", "other/f.c", "-", "a\\b", "/proc/self/../version", "a b", "$(a)", "$(empty)", "*.c", "sub/*", "none*", "[ab].c", "./*.h", "*/", "sub/*.[cx]", "\\*", "?.o"]

    def paths(self):
        """The functions for file names, on odd ones."""
        lines = ["empty =", "a = sub/e.x ./b.c"]
        for _ in range(self.number(4, 12)):
            words = " ".join(self.some(self.PATHS, 1, 4))
            call = self.pick(["dir", "notdir", "suffix", "basename", "abspath", "realpath", "wildcard", "addprefix sub/,", "addsuffix .q,", "join $(a),", "sort", "firstword", "lastword", "patsubst %/,%,", "patsubst ./%,<%>,",
                              "filter %.c sub/%,", "filter-out ./% %/,", "subst /,|,", "words", "word 2,", "wordlist 2,3,"])
            text = f"$({call}{' ' if call[-1] != ',' else ''}{words})"
            if self.chance(.4):
                text = f"$({self.pick(['dir', 'notdir', 'basename', 'suffix', 'abspath', 'realpath', 'wildcard', 'sort'])} {text})"
            lines.append(self.pick([f"$(info [{text}])"] * 6 + [f"a += {text}", f"{text}x: ; @:", f"-include {text}", f"VPATH += {text}", f"all: {text}"]))
        lines.append(self.pick(["all: ; @echo '$^' '$(?D)' '$(^F)'", "all: $(a) ; @echo '$(^D)' '$(+F)' '$(<D)'", "all: ;"]))
        self.links["link.c"] = (self.pick(["a.c", "none", "sub", "link.c", "../w"]), 300)
        return "\n".join(lines)

    def shells(self):
        """$(shell) and != with statuses, newlines, errors; and what becomes of them."""
        lines = ["a = x y", "define nl\n\n\nendef"]
        text = ["echo x; exit 127", "exit 127", "no-such", "no-such 2>&1", "./in", "sub", "echo now; exit 3", "printf 'a\\n\\nb\\n\\n'", "printf '\\n\\n'", "printf ' a  b '", "echo $(a) | tr a-z A-Z", "kill -9 $$$$", "(exit 4)", "echo e >&2",
                "echo e >&2; exit 127", "cat in none", "echo '$(nl)b'", "echo a$(nl)echo b", "echo \\$(nl)b", "printf 'a\\000b'", "true", ":", "", " ", "test -d sub", "[ -f in ] && echo yes", "echo $$a $$b", "echo $${E1-unset}", "env | grep '^[ab]='", "pwd | sed 's:.*/::'",
                "cd sub && ls", "echo \"$$0\"", "set -e; false; echo no", "echo a\\ b 'c  d'", "echo \#x", "echo `echo y`", "f() { echo f; }; f", "cat <in", "echo z >f.new; cat f.new", "wc -c <in", "exec echo ex", "echo &", "(sleep 0.01; echo late) & echo now", "(echo late) & exit 127",
                "/bin/sh -c 'exit 9'", "'no such'", "echo '", "echo $$", "=x", "a=1 no-such", "!", "-x", "@echo at", "-echo minus", "+echo plus", "unset PATH; ls", "trap 'echo bye' EXIT; exit 2"]
        for i in range(self.number(3, 8)):
            t = self.pick(text)
            lines.append(self.pick([f"$(info [$(shell {t})] $(.SHELLSTATUS))"] * 4 + [f"b != {t}\n$(info [$(b)] $(.SHELLSTATUS) $(flavor b))", f"b := $(shell {t})$(.SHELLSTATUS)", f"b = $(shell {t})\n$(info $(b)$(b))", f"ifeq ($(shell {t}),x)\n$(info eq)\nendif",
                                    f"t{i}: ; @echo '$(shell {t})' $(.SHELLSTATUS)", f"t{i}: b != {t}", f"$(foreach i,1 2,$(info $(i) $(shell {t})))", f"f = $(shell {t})$(1)\n$(info $(call f,arg) $(.SHELLSTATUS))", f"$(eval b := $$(shell {t}))", f"export c = $(shell {t})",
                                    f"$(info $(words $(shell {t})))", f"$(file >f.new,$(shell {t}))", f"override b != {t}", f"export a", f"SHELL = {self.pick(['/bin/sh', 'sh', '/bin/bash', '/none', '', 'bash -e', '/bin/cat', 'echo'])}", f".SHELLFLAGS = {self.pick(['-c', '-ec', '-xc', '-e -c', '', 'x'])}",
                                    "unexport PATH", "export a = 1", ".ONESHELL:", ".POSIX:", f"all: ; {t}"]))
        lines.append("all: t0 t1 t2 t3\n\t@echo '$(b)' $(.SHELLSTATUS) $(origin .SHELLSTATUS)\nt0 t1 t2 t3:")
        self.extra = self.some(["-k", "-n", "-s", "-e", "-i", "b=1", "-O -j2", "SHELL=/bin/bash"], 0, 1)
        return "\n".join(lines)

    def linked(self):
        """Links and folders as targets and prerequisites, -L, files of no bytes, times that are equal."""
        names = ["l1", "l2", "l3", "sub/l4", "in", "a.c", "sub", "sub/d.c", "new", "dir", "dir/x", "same1", "same2"]
        for name in ("l1", "l2", "l3", "sub/l4"):
            if self.chance(.7):
                self.links[name] = (self.pick(["a.c", "l1", "none", "sub", "in", "../in", "l2", "same1", "/proc/version"]), 100 * self.number(1, 9))
        for name in ("same1", "same2"):
            if self.chance(.7):
                self.files[name] = ("", 500)
        lines = ["all: " + " ".join(self.some(names, 1, 3)) + self.pick(["", self.body()])]
        for _ in range(self.number(2, 6)):
            lines.append(" ".join(self.some(names, 1, self.pick([1, 1, 2]))) + self.pick([":", ":", ":", "::", ": |", "&:"]) + " " + " ".join(self.some(names + ["", "none"], 0, 2))
                         + self.pick([self.body(2, ["mkdir -p $@", "ln -sf $< $@", "ln -s in $@", "rm -f $@", "touch -h $@", "mkdir $@", "rmdir $@", "touch -d @1000000500 $@", "mv -f $< $@", "cat $< >$@; touch -r $< $@"])] * 5 + ["", " ;"]))
        lines += self.some(["%.c: in ; touch $@", "l%: ; touch $@", ".PHONY: sub", ".PRECIOUS: l1", ".DELETE_ON_ERROR:", ".LOW_RESOLUTION_TIME: l1 same1", "VPATH = sub", "vpath l% sub", ".SECONDARY:", "$(info $(realpath l1 l2 l3 sub/l4) $(wildcard l* sub/l*))",
                            "$(info $(abspath l1 sub/l4))", "-include l1", "MAKEFLAGS += -L", ".INTERMEDIATE: l2"], 0, 3)
        self.extra = self.some(["-L", "-L", "-n", "-t", "-q", "-B", "-k", "--trace", "-W l1", "-o l2", "-W in", "--debug=v", "-d"], 0, 2)
        return "\n".join(lines)

    GRAPHS = [("linked", 5), ("paths", 5), ("shells", 7), ("ordered", 6), ("statuses", 7), ("groups", 8), ("archives", 6), ("search", 8), ("second", 7), ("exports", 6), ("mistakes", 8)]
