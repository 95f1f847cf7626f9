# SPDX-License-Identifier: GPL-2.0-only
"""What is drawn for dash alone: folders before patterns, loops of getopts and shift, set -e wherever a command
may stand, here-documents at odd places, descriptors that stay, folders, umask, and lines as recipes have them. Most of the texts are in shell_posix.lines."""
import os
import re

FILES = {"t/u/1.x": b"one\n", "t/u/2.x": b"key: val ue\nk2:  v2\n", "t/a b/3.x": b"three 3\n", "t/[z]/4.x": b"", "t/.h/5": b"5",
         "t/u/*": b"star\n", "l2": b"local q=1 2>/dev/null\necho l2 $#\nfalse\n[ -z \"$1\" ] || return 4\necho end $b\n",
         "l3": b"break\necho not\n", "bin": bytes(range(256)), "csv": b"a,b,,d\n1, 2 ,3,4\n  x:y , z\\\n w,\nlast"}
UTILITIES = ("stat", "ln", "cp", "mv", "dd", "chmod", "cmp", "md5sum", "rmdir", "fold", "nl")
FOLDERS = ['"$PWD"', '"$T"', "t", '"t"', "'t'", "$T", "${T}", '"${T%/}"', "./t", '"./t"', "t/u", '"t"/u', 't"/"u', '"t/u"', '"$PWD/t"',
           '"$PWD"/t', "$PWD/t/u", '"$U"', "$U", "'t/a b'", '"$T/a b"', "t/a\\ b", '"$T"/u', "t/?", "t/*", "*/u", "[t]/u",
           '"t/[z]"', "t/[z]", "t/\\[z]", '"$N"', "$N", "t/u/..", "t//u", '"t//"u', "t/u'/.'", "~", '"$HOME"', ".", "..", '"$(echo t)"', "`echo t`",
           "$(pwd)", '"$(pwd)/t"', "${none:-t}", '"${none:-t/u}"', "${T#*/}", '"$1"', "$1"]
GLOBS = ["*", "?", "*.x", "[12]*", "[!1]*", "*'.'x", '"1"*', "*/", "*/*", '"*"', "$Q", '"$Q"', ".*", ".[!.]*", "[[:alnum:]].x", '"a b"/*', "\\*", "a\\ b/*",
         "*'/'*", '*"/"[0-9]*', "[$R]*", '["$R"]*', "pass[w]d", "*$(echo .x)", "[1-2].[x]", "?'.'*", "nothing*", "[1'-'3]*", "*[.]x", "${Q}", '*"$Q"', "*\\.x",
         "[]z]*", "[\\[]*", "u/*", '"u"/*', '"$(echo u)"/*', "?/?.?", "*\\/*", "**", "[a/b]*"]


def read_lines():
    """shell_posix.lines as section to texts."""
    sections = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "shell_posix.lines"), encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if line.startswith("== "):
                texts = sections[line[3:]] = []
            elif line and sections:
                texts.append(line.replace("@NL@", "\n"))
    return sections


LINES = read_lines()


class Posix:
    """A mixin beside Words: wants what Generator has."""

    def preamble(self):
        """Variables that the productions here name; a path, patterns, texts."""
        return ["T=t U=t/u N=none Q='*.x' R=1-2 s=' lead  mid  trail ' l='a:b::c d' e='echo \"$a\"; x=3'"]

    def line_of(self, section):
        """A text of this section, with what stands in @ @ drawn: no pipeline and no new line where there may be none."""
        while True:
            text = self.r.choice(LINES[section])
            if (self.flat and "\n" in text) or (not self.pipes and re.search(r"(?<!\|)\|(?!\|)", text)):
                continue
            break
        return re.sub("@([A-Z]+)@", lambda m: self.drawn(m[1]), text)

    def drawn(self, what):
        return {"SIZE": lambda: self.pick("4", "7", "16", "1k", "256"), "COUNT": lambda: self.pick("1", "2", "3"),
                "FILE": lambda: self.pick("foo", "bin", "t/u/2.x", "csv", "fob", "none"), "PATTERN": self.folder_pattern,
                "WORDS": self.words, "NAME": lambda: self.pick("s", "l", "a", "b", "T")}.get(what, lambda: f"@{what}@")()

    def folder_pattern(self):
        if self.chance(.03):  # not all that is there
            return self.pick("/etc/", '"/etc"/', '/"etc/"', "/e[t]c/") + self.pick("pass[w]d", "hos*s", "nothing*", '"pass"w?')
        if self.chance(.15):
            return self.pick(*FOLDERS) + "/" + self.pick("*", "a b", "u", "[z]", "'*'") + "/" + self.pick(*GLOBS)
        return self.pick(*FOLDERS) + self.pick("/", "/", "/", '"/"', "//", "") + self.pick(*GLOBS)

    def trimmed(self):
        """${x%pattern} as people write them, quotes at all places."""
        name = self.pick("s", "l", "a", "b", "T", "U", "PWD", "1", "c", "Q")
        op = self.pick("#", "##", "%", "%%")
        text = "${" + name + op + self.line_of("trims") + "}"
        return self.pick("%s", '"%s"', '"%s"', "x%sy", '"<%s>"') % text

    def posix_word(self):
        return self.weighted((4, self.folder_pattern), (3, self.trimmed), (2, lambda: self.line_of("substitutions")), (1, self.word))

    def posix_words(self):
        return " ".join(self.posix_word() for _ in range(self.pick(1, 1, 1, 2, 3)))

    # --- here-documents at odd places ---

    def here_text(self, quoted, tabs):
        lines = []
        for _ in range(self.pick(0, 1, 2, 3)):
            line = "".join(self.weighted(
                (3, lambda: self.line_of("here_words")),
                (1, lambda: self.parameter(True)), (1, lambda: self.trimmed() if not quoted else "t"))
                for _ in range(self.pick(1, 1, 2)))
            if quoted:
                line = line.replace("\\\n", "\\")
            lines.append(line)
        text = "".join(("\t" * self.pick(0, 1, 2) if tabs else "") + line + "\n" for line in lines)
        return text[:-2] + "\n" if text.endswith("\\\n") else text

    def with_here(self, command):
        """COMMAND with one or two here-documents."""
        if self.flat:
            return command + " < foo"
        for end in self.pick(("EOF",), ("EOF",), ("EOF", "E2")):
            tabs = self.chance(.3)
            mark = self.pick(end, end, end, f"'{end}'", f'"{end}"', "\\" + end, end[0] + "'" + end[1:] + "'")
            fd = "3" if end == "E2" else ""
            command += f" {fd}<<" + ("-" if tabs else "") + self.pick("", "", " ") + mark
            self.pending.append(self.here_text(mark != end, tabs) + ("\t" if tabs and self.chance(.5) else "") + end + "\n")
        return command

    def here_command(self):
        command, _, rest = self.line_of("here_commands").partition("@HERE@")
        return self.with_here(command) + rest

    # --- loops over words ---

    def getopts_loop(self):
        spec = self.pick("ab:c", ":ab:c", "a:", ":", "abc", "b:a")
        args = self.pick("", "", " \"$@\"", " -a -b x y", " -ab -c", " -bval -- -a", " -c -z -a", " -b", " -a- -c", " x -a", " '-b ' q")
        before = self.pick("", "OPTIND=1; ", "OPTIND=1; ", "set -- -a -b 'v w' rest; ", "set -- -ab; ", "set -- -cz -- x; ")
        arms = "a) echo A;; b) echo \"B=$OPTARG\";; \\?) echo \"bad ${OPTARG-unset}\";; *) echo \"other $o ${OPTARG-unset}\";;"
        if not args and self.chance(.2):
            arms = "b) set -- z;; " + arms
        end = self.pick("; echo \"$OPTIND $#\"", "; shift $((OPTIND - 1)); echo \"$# $*\"", "", "; echo $?")
        text = f"{before}while getopts {spec} o{args}; do case $o in {arms} esac; done{end}"
        return self.pick("%s", "%s", "g() { local o OPTIND=1; %s; }; g -a -b q w", "g() { local OPTIND; %s; }; g -ac; g -b", "( %s; )") % text

    def shift_loop(self):
        start = "set -- " + self.pick("a 'b c' ''", "-v --name=x -- y", self.words() or "a", "1 2 3 4 5", "", self.posix_words())
        return start + "; " + self.line_of("shift_loops")

    def read_loop(self):
        read = self.line_of("reads")
        end = self.pick("", "", " || [ -n \"$a\" ]")
        last = self.pick("a=", "x=$a", ":", "b= c=")
        source = self.pick("csv", "csv", "foo", "t/u/2.x", "d/e")
        return f"while {read}{end}; do echo \"[$a|$b|$c]\"; {last}; done < {source}; echo \"$?$a\""

    def case_of(self):
        def arm():
            pattern = self.line_of("case_patterns")
            return self.pick("", "(") + pattern + ") echo " + self.pick("m1", "m2", '"$?"', "m4") + ";;"
        word = self.line_of("case_words")
        return f"case {word} in {' '.join(arm() for _ in range(self.pick(1, 2, 3)))} " + self.pick("", "*) echo none;; ") + "esac"

    # --- set -e, set -u, statuses ---

    def errexit(self):
        """Does set -e end it there?"""
        fail = self.line_of("failures")
        around = self.line_of("errexit_places")
        if around.count("'") and "'" in fail:
            fail = "false"
        text = "fe() { return 5; }; " + around.replace("@WHAT@", fail) + "; echo reached"
        flag = self.pick("set -e", "set -e", "set -e", "set -o errexit", "set -eu", "set -ef", "true")
        return self.line_of("errexit_forms").replace("@FLAG@", flag).replace("@TEXT@", text)

    def nounset(self):
        use = self.line_of("nounset_uses")
        place = self.line_of("nounset_places")
        if use.startswith('"') and '"a' in place:
            place = "echo @WHAT@"
        text = place.replace("@WHAT@", use)
        return self.line_of("nounset_forms").replace("@TEXT@", text)

    def statuses(self):
        if not self.pipes:
            return f"({self.line_of('stages')}); echo $?"
        return self.line_of("statuses").replace("@A@", self.line_of("stages")).replace("@B@", self.line_of("stages"))

    # --- functions, eval, ., exec, traps ---

    def exec_redirection(self):
        text = self.line_of("execs")
        if "\n" in text:
            return text
        return self.pick("( %s; ); echo $?", "( %s; )", "%s", "{ %s; }", "x=$( %s ); echo \"$x\"", "( %s; ) >out2; cat out2") % text

    def redirected_compound(self):
        body = self.line_of("bodies")
        form = self.line_of("compounds")
        redirs = " ".join(self.line_of("redirections") for _ in range(self.pick(1, 1, 2, 3)))
        return f"{form.replace('%s', body)} {redirs}; echo \"$?\"" + self.pick("", "; cat out")

    # --- folders, modes ---

    def folder_command(self):
        text = self.line_of("folders")
        return self.pick("( %s; )", "( %s; )", "%s", "x=$(%s); echo \"$x\"") % text

    def mode_command(self):
        text = self.line_of("modes")
        return self.pick("( %s; )", "( %s; )", "(%s); umask", "%s") % text

    def posix_command(self):
        """A simple line of the above; several commands at times."""
        shown = ("printf '<%s>\\n' ", "echo ", "ls -d ", "cat ", "set -- ", "f0 ")
        rows = [(4, lambda: self.pick(*shown) + self.posix_words()), (1, lambda: f"for x in {self.posix_words()}; do echo \"$x\"; done"),
                (1, lambda: f"x={self.posix_word()}; echo \"$x\" $x"), (2, self.here_command), (1, self.getopts_loop), (1, self.shift_loop),
                (1, self.read_loop), (2, self.case_of), (3, self.errexit), (1.5, self.nounset), (1, self.statuses), (1.5, self.exec_redirection),
                (1.5, self.redirected_compound), (1.5, self.folder_command), (.7, self.mode_command)]
        sections = ((2, "functions"), (1.5, "evals"), (1.5, "dots"), (1.5, "traps"), (4, "recipes"), (5, "assorted"))
        return self.weighted(*rows, *((weight, lambda name=name: self.line_of(name)) for weight, name in sections))
