# SPDX-License-Identifier: GPL-2.0-only
"""The kinds of makefiles that make_draw.py draws, each a method that returns the text. SHAPES says how often each
is taken; a feature that hardly occurs in any of them gets a shape of its own."""

FLAGS = ["k", "n", "s", "-k", "-n", "--trace", "ks", "B", "e", "i", "-w", "rR", "-r -R", "-I sub", "-Iother -Isub", "t", "q", "S", "-S", "kS", "-k -S",
         "--warn-undefined-variables", "--no-print-directory", "--eval=$(info\\ ev)", "a=1", "-- a=2 b=$$(a)", "C1=x\\ y", "-j1", "-W in", "-o a.c", "w", "--silent",
         "--debug=n", "-O", "$(empty)", "nosuch", "--nosuch", "-E x=1", "-C sub", "-f none", "L"]

VARS = ["a", "b", "c", "d", "e", "f", "v.1", "x-y", "lo_ng"]
TARGETS = ["t1", "t2", "t3", "t4", "t5", "prog", "a.o", "b.o", "c.o", "sub/d.o", "p.y", "p.z", "q.y", "q.z", "sub/e.y", "out", "gen.h",
           "./t6", "other/f.o", "lib.a(m.o)", "lib.a(n.o a.o)", "lib.a", "s.r", "s.q", "all", "clean"]


class Shapes:
    """Mixed into Drawer."""

    HEAD = "comma := ,\nempty :=\nspace := $(empty) $(empty)\nhash := \\#\ndefine nl\n\n\nendef\n"

    def language(self):
        lines = [self.HEAD.rstrip("\n")] if self.chance(.9) else []
        for _ in range(self.number(1, 3)):
            lines.append(self.function_definition())
        for _ in range(self.number(4, 14)):
            lines.append(self.statement())
        for name in VARS[:self.number(0, len(VARS))]:
            lines.append(f"$(info {name} = $({name}) $(origin {name}) $(flavor {name}) $(value {name}))")
        if self.chance(.8):
            lines.append(self.pick(["all:;@echo end $(a)", "all: t1 ; @:", "%:;@echo any $@", "all:"]))
        return "\n".join(lines)

    def graph(self):
        lines = []
        if self.chance(.3):
            lines.append(self.HEAD.rstrip("\n"))
        if self.chance(.2):
            lines.append(".SECONDEXPANSION:")
            self.secondary = True
        if self.chance(.05):
            self.prefix = self.pick([">", "-", " ", "x"])
            lines.append(".RECIPEPREFIX = " + (self.prefix if self.prefix != " " else "$(empty) $(empty)"))
        for _ in range(self.number(0, 3)):
            lines.append(self.assignment())
        if self.chance(.7):
            lines.append(self.pick(["all:", "all::", "first:"]) + " " + " ".join(self.some(TARGETS[:22], 1, 4)) + self.recipe())
        for _ in range(self.number(2, 9)):
            lines.append(self.rule())
        for _ in range(self.number(0, 2)):
            lines.append(self.pick([self.directive, self.special, self.assignment, self.target_variable, self.message])())
        if self.chance(.1):
            self.random.shuffle(lines)
        return "\n".join(lines)

    def chains(self):
        """Implicit rules in chains: few kinds of files, many rules."""
        ends = ["a", "b", "c", "d", "e"]
        stems = ["u", "v", "w", "sub/u", "uv"]
        lines = []
        if self.chance(.5):
            lines.append(".SUFFIXES:" + self.pick(["", " .a .b", " .b .a .c .d"]))
        lines.append("all: " + " ".join(self.pick(stems) + "." + self.pick(ends) for _ in range(self.number(1, 3))))
        show = "@echo '$@: $< | $* | $^ | $?'"
        for _ in range(self.number(2, 7)):
            left = self.pick(["%", "%", "%", "u%", "sub/%", "%v", "w"]) + self.pick(["." + self.pick(ends)] * 5 + [""])
            right = [self.pick(["%", "%", "%", "sub/%", "v", "w%", "../%"]) + self.pick(["." + self.pick(ends)] * 6 + [""]) for _ in range(self.pick([0, 1, 1, 1, 2]))]
            if self.chance(.12):
                left += " " + self.pick(["%", "x%"]) + "." + self.pick(ends)
            if self.chance(.1) and right:
                right.insert(self.number(0, len(right)), "|")
            body = self.pick(["\n\t" + show + "\n\t@touch $@"] * 5 + ["\n\ttouch $@"] * 3 + ["\n\t" + show] + ["", " ;", "\n\tfalse", "\n\techo $< >$@"])
            lines.append(left + self.pick([":"] * 8 + ["::"]) + " " + " ".join(right) + body)
        for _ in range(self.number(0, 3)):
            t = self.pick(stems) + "." + self.pick(ends)
            lines.append(self.pick([f".PRECIOUS: {t}", ".PRECIOUS: %." + self.pick(ends), f".SECONDARY: {t}", ".SECONDARY:", f".INTERMEDIATE: {t}", f"{t}:", f"{t}: v.{self.pick(ends)}",
                                    f".PHONY: {t}", f"VPATH = sub", "vpath %.a sub", f"{t}:\n\t" + show, f"{t}:: v.{self.pick(ends)}\n\t" + show + "\n\ttouch $@",
                                    ".DEFAULT:\n\t" + show, f"%.{self.pick(ends)}: a = $@", f".{self.pick(ends)}.{self.pick(ends)}:\n\t" + show, ".NOTINTERMEDIATE: a",
                                    f".{self.pick(ends)}:\n\t" + show + "\n\ttouch $@", f"{t}: | w.{self.pick(ends)}", ".DELETE_ON_ERROR:", f"{t} &: v.a\n\ttouch $@", f"other: {t}"]))
        for stem in stems:
            for end in ends:
                if self.chance(.2):
                    self.files[f"{stem}.{end}"] = (f"{stem}{end}\n", 100 * self.number(1, 9))
        return "\n".join(lines)

    def remaking(self):
        """Makefiles that are remade, and what includes them."""
        lines = []
        names = self.some(["inc1.mk", "inc2.mk", "sub/inc.mk", "made.mk"], 1, 3)
        for name in names:
            lines.append(self.pick(["include ", "-include ", "sinclude "]) + name + self.pick(["", "", " " + self.pick(names)]))
            body = self.pick(["touch $@", "echo 'a := $@ made' >$@", "echo 'x := $$(info again)' > $@", "cp in $@", "@echo 'a += $<' >> $@", "false", "", "@echo not made", "exit 2",
                              "mkdir -p $(@D); echo 'b = 1' > $@", "echo '$$(info $$(MAKE_RESTARTS) $$(MAKEFILE_LIST))' >$@"])
            rule = self.pick([f"{name}: {self.pick(['in', 'a.c', 'in.mk', '', 'none', 't1', 'inc2.mk'])}", f"{name}:", "%.mk: %.in", "%.mk: in", f"{name} &: in", f"{name}:: in",
                              f".PHONY: {name}", f"{name}: in | sub", "sub/%.mk: in"])
            if self.chance(.8):
                lines.append(rule + ("\n\t" + body if not rule.startswith(".") and body else ""))
            if self.chance(.4):
                self.files[name] = (self.pick(["b += there\n", "$(info read)\n", "t9: ; echo t9\n", "error\n" if self.chance(.2) else "", "-include inc2.mk\n"]), 100 * self.number(1, 9))
            if name.startswith("sub/") is False and self.chance(.2):
                self.files[name.replace(".mk", ".in")] = ("c = of in\n", 100 * self.number(1, 9))
        lines.append(self.pick(["$(info a=$(a) b=$(b) restarts=$(MAKE_RESTARTS))", "$(info $(MAKEFILE_LIST))", "", "Makefile: in ; touch $@" if self.chance(.3) else "a ?= unset",
                                "Makefile:;", "$(warning w $(a))"]))
        lines.append(self.pick(["all: t1; @echo $(a) $(b) $(MAKEFLAGS)", "all:;@echo '$(MAKEFILE_LIST)' $(a) $(MAKE_RESTARTS)", "all: made.mk; @echo $^ $?"]))
        for _ in range(self.number(0, 3)):
            lines.append(self.pick([self.rule, self.assignment, self.message, self.special])())
        if self.chance(.3):
            self.random.shuffle(lines)
        return "\n".join(lines)

    def scopes(self):
        """Target- and pattern-specific variables over a small graph."""
        lines = []
        for name in "abc":
            if self.chance(.6):
                lines.append(self.modifier() + name + self.pick([" = ", " := ", " += "]) + self.pick(["g" + name, "$(b)", "g $@", "$(c)x"] if name != "b" else ["gb", "$(c) $@"]))
        names = ["all", "x", "y", "z", "w.o"]
        for i, name in enumerate(names):
            rest = names[i + 1:]
            lines.append(f"{name}: {' '.join(n for n in rest if self.chance(.5))}" + self.pick(["\n\t@echo '$@ a=$(a) b=$(b) c=$(c)'", "\n\t@echo \"$@ [$$a] [$$b] [$$c]\" '$(origin a)$(flavor b)$(value c)'",
                         "", "\n\t@echo $@ $(a)", "\n\t$(info $@ $(a) $(b))@echo $(c)"]) if not self.chance(.1) else f"{name}:: ; @echo '$@' $(a)")
        for _ in range(self.number(2, 8)):
            t = self.pick(names + ["%", "%.o", "x y", "w%", "%x", "al%", "$(z)z", "%l%"])
            v = self.pick("aaabbc")
            lines.append(f"{t}: {self.modifier()}{v}{self.pick([' = ', ' := ', ' += ', ' ?= ', ' ::= ', '=', '+=', ' != echo '])}"
                         + self.pick(["1", "2", "$@", "$(b)" if v == "a" else "3", "$(c)" if v in "ab" else "4", "x y", "$*", "$(a:1=7)" if v == "z" else "5", "$(if $@,t)", ""]))
        if self.chance(.2):
            lines.append(self.pick(["export", "export a", ".EXPORT_ALL_VARIABLES:", "unexport b", "undefine a", "export a b", "unexport"]))
        if self.chance(.25):
            self.random.shuffle(lines)
        return "\n".join(lines)

    def noise(self):
        lines = []
        for _ in range(self.number(1, 7)):
            lines.append(self.soup() if self.chance(.6) else self.statement())
        if self.chance(.5):
            lines.append("all:;@echo end")
        return "\n".join(lines)

    def mixed(self):
        out = [self.language(), self.graph()]
        return "\n".join(out if self.chance(.8) else out[::-1])

    def evals(self):
        """$(eval) in every place where text is expanded."""
        lines = [self.HEAD.rstrip("\n"), "define ml\na += $(1)\nb = $$(a) $(2)\n" + self.statement() + "\nendef"]
        self.functions.append("ml")
        if self.chance(.3):
            self.secondary = True
            lines.append(".SECONDEXPANSION:")
        for _ in range(self.number(4, 10)):
            ev, other = self.some_eval(), self.some_eval()
            word = self.pick(["x", "$(a)", "$(b)", "in", "t1"])
            lines.append(self.pick([
                lambda: f"a {self.pick([':=', '+=', '=', '?='])} {word}{ev}{word}", lambda: f"$(if {ev},{word},{other}$(a))", lambda: f"ifeq ({ev}$(a),{word}{other})\n$(info eq)\nendif",
                lambda: f"ifdef a{ev}\n$(info def)\nelse ifneq ({other}x,$(b))\n{ev}\nendif", lambda: f"$(foreach i,1 2,{ev}$(info $(i) [$(a)] [$(b)]))", lambda: f"$(call ml,{ev}x,{word})",
                lambda: f"$(eval $(call ml,{word},{other}y))", lambda: f"t1{ev}: {word} {other}\n\t@echo $@ $^ {self.some_eval()}[$(a)]", lambda: f"t2: ; {ev}@echo $(a) $(origin b) {other}",
                lambda: f"t3: $$({ev[2:]} t1" if self.secondary else "t3: t2", lambda: f"all: t1 t2 t3\n\t{ev}\n\t@echo $(a) $(b)", lambda: f"export c = {word}{ev}", lambda: f"include {ev}$(empty)",
                lambda: f"{ev}t4: t1", lambda: f"-include {ev}none.mk", lambda: f"d{ev} = {word}", lambda: f"undefine {ev}b", lambda: f"$(info $(or {ev},$(a),{other}))", lambda: f"vpath %.c {ev}sub",
                lambda: f"t1: a{self.pick(['=', ':=', '+='])} {word}{ev}", lambda: f"$(info $(sort $(a){ev}b $(a)))", lambda: f"define e\n{ev}\n{other}\nendef\n$(e)", lambda: f"$(file >f.new,{ev}$(a))",
                lambda: f"c := $(shell echo {ev}$(b) {word})", lambda: f"$(and $(a),{ev},$(info no))", lambda: f"t%: {ev}\n\t@echo '$@' $(a) {other}", lambda: f"$(eval {ev})", self.message])())
        lines.append("$(info a=[$(a)] b=[$(b)] c=[$(c)] d=[$(d)] e=[$(value e)] $(flavor a) $(origin c))")
        if self.chance(.5):
            lines.append("all:;@echo $(a) $$c")
        return "\n".join(lines)

    def submake(self):
        """A makefile for a make below."""
        lines = self.some([
            "$(info sub $(MAKELEVEL) [$(MAKEFLAGS)] [$(MAKEOVERRIDES)] [$(MFLAGS)])", "a = sub-a", "a ?= sub-a", "override a += more", "export b = of-sub", "unexport a", "c := $(a)$(b)", "MAKEFLAGS += k",
            "$(info $(origin a) $(flavor a) [$(a)] $(origin b) [$(b)] $(origin c))", "$(info $(MAKECMDGOALS) $(CURDIR:/%=) $(MAKE_RESTARTS) $(words $(MAKEFILE_LIST)))", "-include made.mk",
            "made.mk: ; echo 'c = made' >$@", "$(info $(origin E1) $(E1) $(origin PATH) $(origin MAKE) $(origin MAKEFLAGS))", "export", ".SILENT:", "unexport MAKEFLAGS", "x: a = for-x", "$(warning sub $(a))",
            ".DEFAULT: ; @echo default $@", ".IGNORE:", "all: x y", "all: ; @echo sub all", "MAKEFLAGS = n", "undefine a", "SHELL = /bin/sh", "export SHELL"], 1, 6)
        lines += [self.pick(["x: ; @echo sub $@ '$(a)' $$a $(MAKELEVEL)", "x: y\n\t@echo \"[$$MAKEFLAGS]\" '$?'\n\ttouch $@", "x:: ; false", "x: ; @$(MAKE) -f sub.mk y", "x: ; exit 3", "x: in ; cp $< $@",
                             "x: ; @env | grep '^[abcEM][A1-9]*=' | grep -v '^MAKE_' | sort"]),
                  self.pick(["y: ; @echo $$b '$(origin a)' $(MAKECMDGOALS) \"$$MAKEFLAGS\"", "y: ; @echo y; false", "y:", "y: none", "y: ; touch $@", "y: ; +@echo plus", ".PHONY: y\ny: ; @echo phony $(a)"])]
        if self.chance(.3):
            self.random.shuffle(lines)
        return "\n".join(lines) + "\n"

    def recursion(self):
        """Makes that call makes: flags, variables and statuses in both directions."""
        self.files["sub.mk"] = (self.submake(), 100 * self.number(1, 9))
        self.files["sub/Makefile"] = (self.submake(), 100 * self.number(1, 9))
        lines = self.some(["a = top", "b := top b", "export a", "export b = out", "export", "c = $(b)", "override a = over", "MAKEFLAGS += " + self.pick(FLAGS), "MAKEFLAGS = " + self.pick(FLAGS),
                           "unexport b", ".EXPORT_ALL_VARIABLES:", "export MAKEFLAGS", "unexport MAKEFLAGS", "MAKEOVERRIDES =", "MAKEOVERRIDES += a=9", "M = $(MAKE)", ".SILENT:", ".IGNORE:", ".ONESHELL:",
                           "SHELL := /bin/sh", "export SHELL", "undefine MAKEFLAGS", "all: a = for-all", "t1: export b = for-t1", "$(info [$(MAKEFLAGS)] [$(MFLAGS)] [$(MAKEOVERRIDES)] $(MAKELEVEL))",
                           "MAKE = $(empty)make", ".POSIX:", "$(shell $(MAKE) -f sub.mk -s x)", "d := $(shell $(MAKE) -s -f sub.mk y)", "export d", ".NOTPARALLEL:", "private c = 1",
                           "$(info $(origin MAKE) $(origin MAKEFLAGS) $(flavor MAKEFLAGS) $(value MAKEFLAGS))"], 1, 6)
        for target in ["all: t1 t2", "t1:", "t2:"]:
            body = []
            for _ in range(self.number(1, 3)):
                body.append("\t" + self.pick(["", "", "@", "-", "+", "-@"]) + self.pick(["$(MAKE)", "$(MAKE)", "${MAKE}", "$(M)", "make"]) + self.pick([" -f sub.mk", " -f sub.mk", " -C sub", " -C sub -f ../sub.mk"])
                            + self.pick(["", " x", " y", " x y", " none", " a=1", " x a='$(b) z'", " -k x y", " -n x", " -i y x", " -s", " -w", " --no-print-directory x", " -e x", " 'b=$$(a)' x", " -t x", " -q x",
                                         " -B x", " -r y", " MAKEFLAGS= x", " MAKEFLAGS=k x", " MAKELEVEL=5 x", " --trace x", " -S y x", " a+=2 x", " a?=2 x", " a::=2 x", " -I.. x", " --eval='$$(info ev)' x"])
                            + self.pick(["", "", "", "", " || true", " && echo done", "; echo $$?", " >out.sub", " 2>&1"]))
                if self.chance(.3):
                    body.append("\t@echo $@ '$(MAKEFLAGS)' $$MAKELEVEL \"[$$MAKEFLAGS]\" $$a $$b")
            lines.append(target + "\n" + "\n".join(body))
        if self.chance(.2):
            self.random.shuffle(lines)
        return "\n".join(lines)

    def oneshell(self):
        """.ONESHELL with recipes of many lines, and the shell's flags."""
        lines = [self.pick([".ONESHELL:", ".ONESHELL:", ".ONESHELL: x", "", "all: .ONESHELL"])]
        lines += self.some([".SHELLFLAGS = -e -c", ".SHELLFLAGS = -ec", ".SHELLFLAGS := -c", ".SHELLFLAGS = -x -c", "SHELL = /bin/bash", "SHELL = /bin/sh", "SHELL := sh", ".POSIX:", ".SILENT:", ".IGNORE: t1",
                            "t1: SHELL = /bin/bash", "t1: .SHELLFLAGS = -ec", ".RECIPEPREFIX = >", "define m\n@echo m1\n-false\n@echo m3\nendef", "a = x", ".DELETE_ON_ERROR:", "export a", "SHELL = /bin/cat",
                            ".SHELLFLAGS =", "SHELL =", "SHELL = /bin/bash -e"], 0, 3)
        prefix = ">" if any("RECIPEPREFIX" in line for line in lines) else "\t"
        for target in ["all: t1 t2", "t1:", "t2: ; @echo first"]:
            body = [prefix + self.pick(["", "@", "@", "-", "+", "  ", "@ ", "@-"]) + self.pick(["echo a", "x=1", "echo $$x", "cd sub", "pwd | sed 's:.*/::'", "false", "true", "$(m)", "if true; then", "  echo in", "fi", "exit 3",
                    "echo $@ $< \\", "more", "# comment", "echo '@a", "b'", "cat <<EOF", "EOF", "$(a)", "echo $(a) \\\n" + prefix + "  y", "touch $@; false", "f() { echo f; }", "f", "set -e", "", "echo $$-"])
                    for _ in range(self.number(1, 6))]
            lines.append(target + "\n" + "\n".join(body))
        return "\n".join(lines)

    def parallel(self):
        """Several jobs at once: lines may come in any order, so they are compared sorted."""
        self.unordered = True
        names = ["p%d" % i for i in range(self.number(2, 8))]
        lines = ["all: " + " ".join(names)]
        for i, name in enumerate(names):
            rest = names[i + 1:]
            deps = [n for n in rest if self.chance(.25)] + ([self.pick(["in", "a.c", "u.mid", "v.mid", "none"])] if self.chance(.3) else [])
            if self.chance(.15):
                deps.insert(self.number(0, len(deps)), "|")
            if self.chance(.15):
                lines.append(name + ": a = of-" + name)
            body = self.some(["@echo $@ $(a)", "@echo '$@: $^ | $|'", "@touch $@", "@cat $< >$@; echo cat $@", "+@echo plus $@", "@sleep 0; echo $@", "@$(MAKE) -s -f sub.mk x", "@echo e $@ >&2",
                              "@false" if self.chance(.3) else "@:", "-@exit 4" if self.chance(.3) else "@:", "@echo $(shell echo sh $@)", "$(info i $@)@:"], 1, 3)
            lines.append(name + self.pick([":", ":", ":", ":", "::"]) + " " + " ".join(deps) + "\n" + "\n".join("\t" + b for b in body))
        lines += ["%.mid: %.in ; @echo mid $@; touch $@", "%.in: ; @touch $@", "a = all"]
        lines += self.some([".NOTPARALLEL:", ".SECONDARY:", ".PRECIOUS: %.mid", "p0 p1 &: ; @echo group; touch p0 p1", ".DELETE_ON_ERROR:", ".PHONY: all p0", "export a", ".SILENT:", ".INTERMEDIATE: p1"], 0, 2)
        self.files["sub.mk"] = ("x: y z ; @echo sub x\ny z: ; @echo sub $@ $(a)\n", 100)
        return "\n".join(lines)

    unordered = False

    SHAPES = [("language", 24), ("graph", 24), ("mixed", 9), ("chains", 10), ("remaking", 7), ("scopes", 7), ("noise", 10), ("evals", 6), ("recursion", 6), ("oneshell", 4), ("parallel", 3)]
