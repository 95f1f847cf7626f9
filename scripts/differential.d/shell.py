# SPDX-License-Identifier: GPL-2.0-only
"""Programs for bash (even numbers) and dash (odd ones), bounded: loops over fixed lists, no recursion."""
import harness

COMPARED = ("status", "output", "messages", "files")
NAMES = ()
VARIABLES = ["a", "b", "c", "x"]
LITERALS = ["", "a", "ab", "a b", " a  b ", "*", "f?", "[ab]", "a:b", ":", "x.y.z", "/p/q", "10",
            "0", "-3", "07", "0x1f", "\\", "a\\b", "'", '"', "$", "~", "{p,q}", "#", "!", "-n", "="]


class Generator:
    def __init__(self, r, bash):
        self.r = r
        self.bash = bash
        self.depth = 0

    def pick(self, *choices):
        return self.r.choice(choices)

    def single(self, text):
        return "'" + text.replace("'", "'\\''") + "'"

    def arith(self, depth=0):
        if depth > 3 or self.r.random() < 0.3:
            return self.pick("1", "2", "7", "0", "010", "0x10", "n", "m", "$n", "${m:-4}")
        if self.r.random() < 0.2:
            return self.pick("-", "!", "~", "+") + " " + self.arith(depth + 1)
        if self.r.random() < 0.2:
            return "(" + self.arith(depth + 1) + ")"
        if self.r.random() < 0.1:
            return f"{self.arith(depth + 1)} ? {self.arith(depth + 1)} : {self.arith(depth + 1)}"
        ops = ["+", "-", "*", "/", "%", "<<", ">>", "<", ">", "<=", ">=", "==", "!=", "&", "|", "^", "&&", "||"]
        op = self.r.choice(ops)
        right = self.pick("1", "2", "5") if op in ("<<", ">>") else self.arith(depth + 1)
        return f"{self.arith(depth + 1)} {op} {right}"

    def param(self, quoted):
        name = self.pick(*VARIABLES, "1", "2", "@", "*", "#", "unset")
        forms = ["${%s}", "${%s:-W}", "${%s-W}", "${%s:+W}", "${%s+W}", "${%s#P}", "${%s##P}", "${%s%%P}",
                 "${%s%%%%P}", "${#%s}"]
        if self.bash:
            forms += ["${%s/P/W}", "${%s//P/W}", "${%s^^}", "${%s,,}", "${%s:1}", "${%s:0:2}"]
        if name in "@*#":
            forms = forms[:1]
        text = self.r.choice(forms) % name
        word = self.pick("a", "b c", "", "$b", '"$c"' if not quoted else "$c", "*")
        pattern = self.pick("*", "?", "a*", "*b", "[a-m]", "*.", "*/", "\\*", "$a")
        return text.replace("W", word).replace("P", pattern)

    def word(self):
        parts = []
        for _ in range(self.r.choice([1, 1, 1, 2, 3])):
            kind = self.r.random()
            if kind < 0.25:
                parts.append(self.pick("a", "b", "foo", "x.y", "*", "f?", "[a-f]*", "1", "-", "/", "\\ ", "\\*"))
            elif kind < 0.4:
                parts.append(self.single(self.r.choice(LITERALS)))
            elif kind < 0.6:
                parts.append('"' + self.pick("", "a ", "x") + self.param(True) + self.pick("", " z") + '"')
            elif kind < 0.78:
                parts.append(self.param(False))
            elif kind < 0.86:
                parts.append("$((" + self.arith() + "))")
            elif kind < 0.93 and self.depth < 3:
                parts.append(self.pick('"$(%s)"', "$(%s)") % self.simple())
            elif self.bash:
                parts.append(self.pick("{a,b}", "{1..3}", "$'a\\tb'", "{x,y}z"))
            else:
                parts.append("plain")
        return "".join(parts)

    def words(self):
        return " ".join(self.word() for _ in range(self.r.choice([0, 1, 1, 2, 3])))

    def simple(self):
        self.depth += 1
        kind = self.r.random()
        name = self.pick(*VARIABLES)
        if kind < 0.35:
            text = "printf '<%s>\\n' " + self.words()
        elif kind < 0.5:
            text = f"{name}={self.word()}"
        elif kind < 0.6:
            text = "echo " + self.words()
        elif kind < 0.66:
            text = "set -- " + self.words()
        elif kind < 0.72:
            text = f"[ {self.pick('-n', '-z', '!', '')} {self.word()} ]"
        elif kind < 0.78:
            text = f'[ "{self.param(True)}" {self.pick("=", "!=", "-eq", "-lt")} "{self.param(True)}" ]'
        elif kind < 0.83:
            text = self.pick("true", "false", "(exit 3)", ":", "echo $?", "return 2", "break", "shift", "unset " + name, name + "=$?")
        elif kind < 0.88:
            text = f"n=$(({self.arith()}))"
        elif kind < 0.92:
            text = f"IFS={self.pick(':', chr(39) + ' :' + chr(39), '', 'b')}; printf '[%s]\\n' {self.words()}; unset IFS"
        elif kind < 0.96:
            text = f"f {self.words()}"
        else:
            text = f"eval {self.single(self.simple()) if self.depth < 3 else 'echo e'}"
        self.depth -= 1
        return text

    def command(self, depth=0):
        kind = self.r.random()
        if depth > 2 or kind < 0.5:
            text = self.simple()
            if self.r.random() < 0.1:
                text += self.pick(" 2>/dev/null", " >&2", " > out", " >> out", " < out", " >&7", " 2>&1")
            return text
        inner = lambda: self.list(depth + 1)
        if kind < 0.58:
            return f"if {self.command(depth + 1)}; then {inner()}; else {inner()}; fi"
        if kind < 0.66:
            return f"for {self.pick(*VARIABLES)} in {self.words()}; do {inner()}; done"
        if kind < 0.72:
            return f"case {self.word()} in {self.pick('a*', '*b', '[!a]*', chr(34) + '$a' + chr(34))}) {inner()};; *) {inner()};; esac"
        if kind < 0.78:
            return f"{{ {inner()}; }}"
        if kind < 0.84:
            return f"( {inner()} )"
        if kind < 0.9:
            return f"{self.command(depth + 1)} | while read {self.pick('', '-r ')}a b; do echo \"[$a|$b]\"; done"
        if kind < 0.95:
            return f"! {self.command(depth + 2)}"
        return f"cat <<E\n{self.pick('x', '')}{self.param(True)} $((1+{self.pick('2', '$n')}))\nE\n"

    def list(self, depth=0):
        parts = [self.command(depth) for _ in range(self.r.choice([1, 1, 2, 3]))]
        text = parts[0]
        for part in parts[1:]:
            text += ("" if text.endswith("\n") else self.pick("; ", " && ", " || ", "\n")) + part
        return text.rstrip("\n") + "\n" if "<<E" in text else text

    def program(self):
        lines = ["n=3 m=-2 a='x y' b=a:b c=", "f() { printf '(%s)' $# \"$@\"; echo; }",
                 ": > foo; : > fob; set -- 'p q' r"]
        # not x: the stages of a pipeline write their traces in any order
        if self.r.random() < 0.2:
            lines.append("set -" + self.pick("e", "u", "f"))
        lines += [self.list() for _ in range(self.r.randint(2, 5))]
        return "\n".join(lines) + "\n"


def draw(r, i, _):
    shell = ("bash", "dash")[i % 2]
    text = Generator(r, shell == "bash").program().encode()
    return harness.Case(["/bin/" + shell, "./p"], [harness.IMAGEMK, "tool", shell, "./p"], {"p": text}, text="p")
