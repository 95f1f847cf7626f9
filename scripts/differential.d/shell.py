# SPDX-License-Identifier: GPL-2.0-only
"""Programs for bash (even numbers) and dash (odd ones): each that ends, each that means the same twice. No
shell is on their PATH, so that a text which imagemk hands to the real shell shows up: it runs once more with
one and is counted, but for the programs with a planted syntax error.

What may differ: nothing; only the order of messages where stages of a pipeline run side by side."""
import os
import re

import harness
import mutate
import shell_posix
from shell_words import ARRAY, LITERALS, PATTERNS, VARIABLES, Words

COMPARED = ("status", "output", "messages", "files")
NAMES = ()
ENDLESS = True  # a loop that a planted mistake has made endless
SHELLS = ("bash", "dash")
AGAIN = "as a whole by the real shell"
UNSTABLE = "left out: a stage of a pipeline ends before the one it reads from, which notices at some time or other, or a shell before " \
    "its command in the background, or a program writes over its own file"
UTILITIES = ("cat", "tr", "sed", "head", "wc", "sort", "grep", "cut", "env", "expr", "tail", "uniq", "basename", "touch",
             "mkdir", "rm", "ls", "tac", "dirname", "printf", "echo", "test", "true", "false", "seq", "tee", "rev", "od")
FILES = {"foo": b"one\ntwo  three\n\\x y\n", "fob": b"", ".hid": b"h", "d/e": b"1:2::3\n", "d/f g": b"a\\\nb\n",
         "lib": b"echo lib $# \"$@\"; b=lib; return 3; echo no\n"}
READS = ("foo", "d/e", "'d/f g'", "none", "fob", "out")
WRITES = ("out", "out", "out2", "fob", "d", "none/x")


class Generator(Words, shell_posix.Posix):
    def __init__(self, r, bash, wrong=False):
        self.r, self.bash = r, bash
        self.wrong = wrong  # substitutions that no shell knows, too
        self.depth = 0      # of substitutions, evals
        self.pending = []   # bodies of here-documents to come with the next line
        self.flat = False   # no new lines here
        self.loops = 0      # counters, each loop its own
        self.calls = 2      # functions f0 ... that may be called
        self.pipes = True
        self.budget = r.choice([4, 8, 8, 16, 30])  # of simple commands

    # --- here-documents ---

    def here_document(self):
        name = self.pick("E", "END", "E_2")
        quote = self.pick("", "", "", "'%s'", '"%s"', "\\%s")
        tabs = self.pick("", "", "-")
        lines = []
        for _ in range(self.pick(0, 1, 1, 2)):
            lines.append("".join(self.weighted(
                (3, lambda: self.pick("a b", "'q'", '"', "\\$x", "\\\\", "*", "\t", "~", "\\", "\\a", "$", "#", "\\`", "\\\"")),
                (3, lambda: self.parameter(True)), (1, lambda: "$((" + self.arith(1) + "))"),
                (1, self.command_substitution_if)) for _ in range(self.pick(1, 2))))
        lines = [line for line in "\n".join(lines).split("\n") if line.strip() != name]
        body = "".join((("\t" if tabs and self.chance(.7) else "") + line + "\n") for line in lines)
        if body.endswith("\\\n"):
            body = body[:-2] + "\n"
        self.pending.append(body + ("\t" if tabs and self.chance(.5) else "") + name + "\n")
        return f"<<{tabs}" + (quote % name if quote else name)

    def newline(self):
        text = "\n" + "".join(self.pending)
        self.pending = []
        return text

    def commands_inside(self):
        """What $( ) holds."""
        if self.depth > 2:
            return "echo deep"
        self.depth += 1
        pending, flat = self.pending, self.flat
        self.pending, self.flat = [], True
        text = self.weighted((8, self.simple), (1, lambda: self.list(2)), (1, lambda: "< " + self.pick("foo", "d/e") if self.bash else "cat foo"),
                             (.2, ""), (.5, lambda: "exit " + self.pick("0", "3")))
        self.pending, self.flat = pending, flat
        self.depth -= 1
        return text

    # --- simple commands ---

    def redirection(self):
        fd = self.pick("", "", "", "1", "2", "3", "7")
        rows = [(4, lambda: fd + self.pick(">", ">", ">>", ">|") + self.pick("", " ") + self.pick(*WRITES)),
                (3, lambda: self.pick("", "", "0", "3") + "<" + self.pick("", " ") + self.pick(*READS)),
                (2, lambda: self.pick("2>&1", ">&2", "2>/dev/null", ">/dev/null", "1>&3", "3>&1", "<&3", "7>&-", ">&7", "2>&-", "<&-", "3<&0",
                                      ">&-" if self.chance(.3) else "3>&2")),
                (.5, lambda: fd + "<>" + self.pick("out", "foo", "new")),
                (.3, lambda: self.pick(">", "<") + ' "' + self.pick("$a", "$unset", "$n", "f?") + '"' if self.chance(.2) else "> 'o t'"),
                (.2, lambda: self.pick(">", "<") + " " + self.pick("f?", "$unset", "d/*", "$n") if self.chance(.3) else "> out")]
        if self.bash:
            rows += [(.6, lambda: self.pick("&>", "&>>", ">&") + self.pick("", " ") + "out"), (1, lambda: "<<<" + self.pick("", " ") + self.word())]
        if not self.flat:
            rows += [(1.5, self.here_document)]
        return self.weighted(*rows)

    def value(self):
        return self.weighted((6, self.word), (1, ""), (1, "~:~"), (1, lambda: self.single(self.r.choice(LITERALS))))

    def assignment(self):
        if self.bash and self.chance(.2):
            return self.weighted((3, lambda: ARRAY + self.pick("=", "=", "+=") + "(" + self.words() + self.pick("", "", " [3]=x", " [n]+=y") + ")"),
                                 (2, lambda: ARRAY + "[" + self.pick("0", "1", "4", "n", "-1", "$n+1") + "]" + self.pick("=", "+=") + self.value()),
                                 (2, lambda: self.variable() + "+=" + self.value()))
        return self.variable() + "=" + self.value()

    def test_words(self):
        def operand():
            return self.weighted((4, lambda: '"' + self.parameter(True) + '"'), (3, lambda: self.pick("a", "''", "1", "0", "-1", "10", "foo", "d",
                                 "none", "fob", "'('", "!", "-n", "=", "' 5 '", "08", "x", "-a", "a*", "')'", "d/e", "lib")),
                                 (2, self.word))

        def primary():
            unary = self.pick("-n", "-z", "-n", "-z", "-e", "-f", "-d", "-s", "-r", "-w", "-x", "-h", "-L", "-p", "-S", "-c", "-u", "-t" if
                              self.chance(.1) else "-n", "-v" if self.bash else "-z", "-o" if self.chance(.1) and self.bash else "-n", "-b", "-g", "-k")
            binary = self.pick("=", "!=", "=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "==", "'<'", "\\>", "-nt", "-ot", "-ef", "=~"
                               if self.chance(.05) else "=")
            return self.weighted((3, lambda: unary + " " + operand()), (4, lambda: f"{operand()} {binary} {operand()}"), (1, operand),
                                 (.7, lambda: "! " + primary()), (.4, lambda: "\\( " + primary() + " \\)"))
        text = primary()
        while self.chance(.15):
            text += " " + self.pick("-a", "-o") + " " + primary()
        return self.pick("", "", "", "", "! ") + text

    def test_command(self):
        return self.weighted((4, lambda: "[ " + self.test_words() + " ]"), (1, lambda: "test " + self.test_words()),
                             (.3, lambda: "[ " + self.words() + " ]"), (.05, lambda: "[ " + self.words()))

    def condition(self, depth=0):
        """Inside [[ ]]."""
        unary = self.pick("-n", "-z", "-e", "-f", "-d", "-s", "-v", "-o" if self.chance(.1) else "-r", "-n")
        binary = self.pick("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-ge", "=~", "-nt", "-ef", "==")

        def right():
            if binary == "=~":
                return self.pick("a", "^a", "b$", "[a-c]+", "(a|b)", "'.'", "a.b", "^$", "$b", "\\.", "(x)(y)*", "^[0-9]+$")
            return self.weighted((2, lambda: self.r.choice(self.patterns())), (3, self.word))
        text = self.weighted((2, lambda: unary + " " + self.word()), (4, lambda: f"{self.word()} {binary} {right()}"), (1, self.word),
                             (1, lambda: "! " + self.condition(depth + 1) if depth < 2 else "a"),
                             (.5, lambda: "( " + self.condition(depth + 1) + " )" if depth < 2 else "b"))
        if depth < 2 and self.chance(.2):
            text += self.pick(" && ", " || ") + self.condition(depth + 1)
        return text

    def patterns(self):
        return [p for p in PATTERNS if p and " " not in p]

    def printf(self):
        return self.weighted(
            (6, lambda: "printf '<%s>\\n' " + self.words()),
            (2, lambda: "printf '" + "".join(self.pick("%s", "%d", "%5s|", "%-4s|", "%x", "%o", "%c", "%b", "%%", "\\n", "\\t", "%03d", "%+d", "%u",
                                                       "%.2s", "\\101", "a", "%i", "%X", "\\\\", "%5.1s", "%*d" if self.chance(.2) else "%s", "\\c"
                                                       if self.chance(.1) else "b", "%q" if self.bash else "%s", "%y" if self.chance(.03) else "%s", "%e"
                                                       if self.chance(.1) else "%s", "%.3f" if self.chance(.3) else "%d") for _ in range(self.pick(1, 2, 3))) +
             "\\n' " + self.words()),
            (.5, lambda: f"printf -v {self.variable()} '%s-' " + self.words() if self.bash else "printf"),
            (.2, lambda: "printf " + self.words()))

    def builtin(self):
        name = self.variable()
        rows = [
            (3, lambda: "set -- " + self.words()), (1, lambda: "shift" + self.pick("", " 1", " 2", " 9", " -1", " x" if self.chance(.2) else " 0")),
            (2, lambda: "unset " + self.pick("", "-v ", "-f ") + self.pick(name, "f0", "unset", name + " b", "1x" if self.chance(.1) else "c")),
            (1, lambda: "export " + self.pick(name, name + "=" + self.value(), "-p | grep -c 'export.a'" if self.pipes else name)),
            (.15, lambda: "readonly " + self.pick(name, "ro=" + self.value(), name + "=" + self.value())), (.2, "ro=1"),
            (2, lambda: "eval " + self.pick(self.single(self.nested()), '"' + self.pick("$a", "echo $b", "a=\\$b", "echo \\\"$c\\\"") + '"', self.words())),
            (.5, lambda: ". ./" + self.pick("lib", "lib x y", "none", "d")),
            (1, lambda: self.pick("true", "false", ":", "(exit 3)", "echo $?", ": $?")),
            (.5, lambda: self.pick("return", "exit", "return 2", "exit 4", "return $?", "exit 300", "exit -1", "return x" if self.chance(.2) else "return 0")),
            (1, lambda: self.pick("break", "continue", "break 2", "continue 2", "break 0" if self.chance(.1) else "break", "continue 9")),
            (.7, lambda: f"trap {self.single(self.nested())} EXIT" if self.chance(.8) else self.pick("trap - EXIT", "trap", "trap '' TERM", "trap - 0",
                                                                                                     "trap 'echo t' FOO", "trap 'echo int' INT")),
            (1, lambda: f"read {self.pick('', '-r ', '-r ')}{self.pick('a', 'a b', 'a b c', 'x', '' if self.bash else 'x')} {self.pick('< foo', '< d/e', '< none', '')}"),
            (.6, lambda: f"IFS={self.pick(':', chr(39) + ': ' + chr(39), '', 'o')} read {self.pick('', '-r ')}a b < {self.pick('foo', 'd/e')}"),
            (.5, lambda: "getopts " + self.pick("ab:c", ":ab:", "a") + " o " + self.pick("", "-a -b x y", "-ab", "-z", "-b", "-- -a", "x", "-cb y") +
             self.pick("", "; echo $o,$OPTIND,$OPTARG")),
            (.6, lambda: self.pick("type", "command -v", "command -V", "command") + " " + self.pick("echo" if self.bash else "f1", "echo", "cat", "if", "nosuch", "[", ":", "a")),
            (.4, lambda: self.pick("cd d", "cd none", "cd .", "cd", "cd d && ls && cd ..", "pwd -P > /dev/null", "cd ''", "cd -" if self.chance(.3) else "cd d/..") ),
            (.3, lambda: "umask" + self.pick("", " 022", " -S", " 8", " u=rwx,g=rx,o=", " 77; umask")),
            (.5, lambda: "set " + self.pick("-e", "+e", "-u", "-f", "+f", "-C", "+C", "+u", "-o noglob", "+o noglob", "-a", "-", "-Z" if self.chance(.1) else "-f",
                                            "-o nosuch" if self.chance(.05) else "+e", "-o pipefail" if self.bash else "+u", "-n" if self.chance(.03) else "+f")),
            (.5, lambda: self.pick("exec 3>out", "exec 3>&-", "exec 3<foo", "exec 7>&1", "exec 3>&1", "exec < foo", "exec nosuch" if self.chance(.1) else "exec", "exec 3<none"
                                   if self.chance(.2) else "exec 7>&-")),
            (.5, lambda: "command " + self.pick("echo x", "exit 3" if self.chance(.1) else "true", ". ./none", "eval 'false'", "nosuch", "export a=1", "shift 9", "unset b", "set -- z")),
            (.3, lambda: "hash nosuch"), (.3, lambda: self.pick("wait", "times > /dev/null", "kill -l 9", "kill -l 15")),
            (.5, lambda: self.words() or ":"),
        ]
        if self.bash:
            rows += [
                (1, lambda: "let " + self.single(self.arith())), (1, lambda: "((" + self.arith() + "))" if True else ""),
                (1, lambda: "[[ " + self.condition() + " ]]"),
                (.7, lambda: self.pick("declare", "declare -i", "declare -a", "declare -x", "declare -p", "local", "typeset", "declare -r" if self.chance(.1) else "declare") +
                 " " + self.pick(name, name + "=" + self.value(), ARRAY, ARRAY + "=(1 2)", "n=3+4", "zz=")),
                (.5, lambda: f"IFS={self.pick(':', ',')} read -ra r <<< {self.word()}; echo ${{#r[@]}}"),
                (.3, lambda: "read " + self.pick("-n 2 a", "-d : a", "-N 3 a", "-d '' a", "-u 3 a", "-p x a", "-a r", "-z") + " < " + self.pick("foo", "d/e")),
                (.3, lambda: "unset " + self.pick("r[1]", "'r[0]'", "r", "r[9]")), (.2, lambda: "builtin " + self.pick("echo b", "nosuch", "cd d")),
                (.2, lambda: "type -t " + self.pick("f1", "echo", "cat", "if", "nosuch")),
                (2.5, self.bash_builtin),
            ]
        elif self.chance(.1):
            rows += [(1, "[[ a = a ]]"), (1, "let n=1"), (1, "a+=b"), (1, "((n = 2))"), (1, "declare x=1"), (1, "source ./lib"), (1, "function g { echo; }")]
        return self.weighted(*rows)

    def bash_builtin(self):
        """More of what recipes for bash are made of."""
        name = self.variable()
        return self.weighted(
            (1, lambda: f"printf -v r[{self.pick('1', 'n', 'n+1', '-1')}] '%s' {self.word()}"),
            (1, lambda: "read " + self.pick("'r[1]'", "a 'r[n]'", "-rd '' a", "-r -d : -a r", "-ra r", "-rn 3 a b") + " <<< " + self.word()),
            (1, 'echo "${FUNCNAME[*]}|${BASH_SOURCE[*]##*/}|${BASH_LINENO[*]}|$LINENO"'),
            (1, lambda: f"[[ {self.word()} =~ " + self.pick("^(a)(.*)$", "([a-c]+):?(.)", "x|y", "$b", "[[:alpha:]]+", "'a.'", "(x)?y") +
             ' ]] && echo "${#BASH_REMATCH[@]} ${BASH_REMATCH[@]}"'),
            (.7, lambda: self.pick("set -o | grep -c on", "set +o | grep pipefail") if self.pipes else "echo $SHELLOPTS"),
            (.4, lambda: "PS4=" + self.pick("'+$LINENO '", "'${FUNCNAME[0]-main}> '", "'$(echo p) '", "'- '")),
            (1, lambda: "local " + self.pick("-i", "-r", "-a", "-x", "") + f" {name}=" + self.value()),
            (1, lambda: f'for {name} in "${{!r[@]}}"; do echo "${name}=${{r[{name}]}}"; done'),
            (1, lambda: 'r=("${r[@]' + self.pick("/#/-I", "/%/.c", ":1", ":0:2", "#?", "^", "%o*", "//o/0", "") + '}" ' + self.word() + ")"),
            (.3, lambda: "OPTERR=" + self.pick("0", "1", "")), (1, lambda: "source ./lib " + self.words()),
            (.7, lambda: "while IFS= read -rd " + self.pick("''", ":", "e") + f" {name}; do echo \"[${name}]\"; done <<< " + self.word()),
            (.7, lambda: f'declare "{name}=' + self.pick("$a", "x y", "$n+1", "") + '"; echo "${!' + name + '-u}"'),
            (.5, lambda: "echo " + self.pick('"d"/*', "'d'/[ef]*", '{d,"d"}/e', "./{foo,d/e}", "$a/{1,2}", '"$a"{b,c}', "~/{a,b}", "{1..3}{a,b}")),
            (.5, lambda: "trap " + self.single(self.nested()) + " " + self.pick("EXIT INT", "TERM", "0", "SIGTERM") + "; " + self.pick("", "trap -p TERM", "kill $$")),
            (.4, lambda: self.pick("f1", "f0") + " " + self.pick('"${r[@]}"', '"${@:2}"', '"${!#}"', '"${r[*]:1}"', '"${!r[@]}"')))

    def nested(self):
        """A command as text for eval and trap."""
        if self.depth > 2:
            return "echo e"
        self.depth += 1
        pending, flat = self.pending, self.flat
        self.pending, self.flat = [], True
        text = self.weighted((3, self.simple), (1, lambda: self.list(2)))
        self.pending, self.flat = pending, flat
        self.depth -= 1
        return text

    def utility(self):
        return self.weighted((2, lambda: "cat " + self.pick("foo", "d/e", "none", "out", "foo d/e")), (1, lambda: "expr " + self.pick("1 + 2", "a : 'a*'", "$n '*' 2", "3 / 0", "'(' 1")),
                             (1, lambda: "env " + self.pick("A=1 printf '%s\\n' x", "-i env", "B=2 env | grep '^[AB]='" if self.pipes else "-i env")),
                             (1, lambda: self.pick("nosuch", "./none", "./d", "./foo", "''", "d/e") + " x"), (1, lambda: "basename " + self.pick("/p/q.x .x", "a/", "/")))

    def simple(self):
        self.budget -= 1
        if self.budget < 0:
            return self.pick("echo over", ":", "false", "echo $?")
        if not self.bash and self.chance(.4):
            return self.posix_command()
        self.depth += 1
        text = self.weighted(
            (8, self.printf), (4, lambda: " ".join(self.assignment() for _ in range(self.pick(1, 1, 1, 2)))),
            (3, lambda: "echo " + self.pick("", "", "-n ", "-e " if self.bash else "", "-ne " if self.chance(.2) else "", "-E ") + self.words()),
            (3, self.test_command), (10, self.builtin), (2, lambda: f"{self.variable()}=$(({self.arith()}))"),
            (2, lambda: f"IFS={self.pick(':', chr(39) + ' :' + chr(39), '', 'b', chr(34) + chr(34))}; printf '[%s]\\n' {self.words()}; unset IFS"),
            (2, lambda: f"f{self.r.randrange(self.calls)} {self.words()}" if self.calls else "echo nf"),
            (1, lambda: self.assignment_prefix() + " " + self.pick("f1 x" if self.calls > 1 else ":", "printf '%s\\n' $a", "eval 'echo $a$b'", "env | grep '^[ab]='" if self.pipes else "env -i",
                                                                  ":", "export c", "read b < foo", "command eval 'echo $a'", "test -n a", "nosuch")),
            (1.5, self.utility))
        self.depth -= 1
        if self.chance(.12):
            text += " " + self.redirection()
        return text

    def assignment_prefix(self):
        return " ".join(self.pick("a", "b", "c") + "=" + self.value() for _ in range(self.pick(1, 1, 2)))

    # --- compound commands ---

    def counted(self, limit=None):
        """A command that is true so many times."""
        self.loops += 1
        return f"[ $((w{self.loops}+=1)) -le {limit or self.pick(1, 2, 3)} ]"

    def function(self, level):
        """f LEVEL, which may call those below it only."""
        calls, self.calls = self.calls, level
        body = self.list(2)
        if self.chance(.4):
            body = "local " + self.pick("a", "a=L", "a=$1 b", "n=5 c") + "; " + body
        if self.chance(.1):
            body += "; return " + self.pick("0", "5", "$?")
        text = self.weighted((6, f"f{level}() {{ "), (1, f"f{level} () ( "), (1 if self.bash else 0, f"function f{level} {{ "))
        text += body + (self.newline() if self.pending else "; ") + (")" if "() (" in text else "}")
        self.calls = calls
        return text

    def pipeline(self, depth):
        if not self.pipes:
            return self.command(depth + 1)
        text = self.command(depth + 1)
        for _ in range(self.pick(1, 1, 2)):
            text += " | " + (self.newline() if self.pending else "") + self.weighted(
                (3, "cat"), (2, "tr a-z A-Z"), (1, "sed 's/a/[&]/'"), (1, "sort"), (1, "wc -l"),
                (3, lambda: f"while {self.pick('', 'IFS= ')}read {self.pick('', '-r ')}{self.pick('a', 'a b')}; do {self.simple() if self.chance(.5) else 'echo'} \"[$a|$b]\"; done"),
                (1, lambda: "{ cat; " + self.simple() + "; }"), (1, lambda: "(cat; " + self.simple() + ")"), (.5, lambda: "read a b"),
                (.5, lambda: "{ cat > /dev/null; " + self.list(3) + (self.newline() if self.pending else "; ") + "}"), (.5, "grep -c a"))
        return text

    def case(self, depth):
        def items():
            for _ in range(self.pick(0, 1, 2, 3)):
                pattern = "|".join(self.pick(*self.patterns(), self.word()) for _ in range(self.pick(1, 1, 2)))
                yield self.pick("", "(") + pattern + ") " + self.list(depth + 1) + (self.newline() if self.pending else " ") + \
                    self.pick(";;", ";;", ";;", ";&" if self.bash else ";;", ";;&" if self.bash else ";;")
        word = self.word()
        return f"case {word} in " + " ".join(items()) + " esac"

    def compound(self, depth):
        def inner():
            text = self.list(depth + 1)
            return text + (self.newline() if self.pending else self.pick("; ", "; ", "\n") if not self.flat else "; ")

        return self.weighted(
            (3, lambda: f"if {inner()}then {inner()}" + (f"elif {inner()}then {inner()}" if self.chance(.2) else "") + (f"else {inner()}" if self.chance(.6) else "") + "fi"),
            (3, lambda: f"for {self.pick(*VARIABLES)} in {self.words()}; do {inner()}done"), (.5, lambda: f"for {self.pick(*VARIABLES)}{self.pick('', ';') if self.bash else ''} do {inner()}done"),
            (1, lambda: f"while {self.counted()} && {{ {inner()}}}; do {inner()}done"), (1, lambda: f"until [ $((w{self.fresh()}+=1)) -gt 2 ] || {{ {inner()}}}; do {inner()}done"),
            (.7 if self.bash else 0, lambda: f"for ((w{self.fresh()} = 0; w{self.loops} < {self.pick(0, 2, 3)}; w{self.loops}++)); do {self.innermost(inner, self.loops)}done"),
            (3, lambda: self.case(depth)), (2, lambda: f"{{ {inner()}}}"), (2, lambda: f"( {inner()})"), (1, lambda: self.function(self.r.randrange(max(1, self.calls)))))

    def innermost(self, inner, number):
        return inner().replace(f"w{number}+", "w0+")

    def fresh(self):
        self.loops += 1
        return self.loops

    def command(self, depth=0):
        kind = self.r.random()
        if depth > 2 or kind < .5 or self.budget < 1:
            return self.simple()
        if kind < .85:
            text = self.compound(depth)
            if self.chance(.15):
                text += " " + self.redirection()
            return text
        if kind < .95:
            return self.pipeline(depth)
        return "! " + self.command(depth + 2)

    def list(self, depth=0):
        text = self.command(depth)
        for _ in range(self.pick(0, 0, 1, 2)):
            if self.flat:
                text += self.pick("; ", "; ", " && ", " || ")
            else:
                text += self.newline() if self.pending else self.pick("; ", " && ", " || ", "\n", " &&\n", " # c\n")
            text += self.command(depth)
        return text

    def line(self):
        text = self.list()
        return text + (self.newline().rstrip("\n") if self.pending else "")

    def program(self):
        lines = ["n=3 m=-2 a='x y' b=a:b c=", "f0() { printf '(%s)' $# \"$@\"; echo; }", "set -- 'p q' r"]
        if self.bash:
            lines.append("r=(one 'two three' '' four)")
        else:
            lines += self.preamble()
        lines.append("f1() { " + self.pick("local a=1; ", "", "[ $# -lt 4 ] && f1 \"$@\" z; ") + "echo \"f1 $a\" $1; }")
        if self.chance(.12):
            self.pipes = False
            lines.append("set -x")
        elif self.chance(.3):
            lines.append("set -" + self.pick("e", "u", "f", "eu", "C", "e"))
        if self.bash and self.pipes and self.chance(.1):
            lines.append("set -o pipefail")
        lines += [self.line() for _ in range(self.pick(1, 2, 3, 4, 5))]
        return "\n".join(lines) + "\n"


def break_syntax(r, text):
    """A token more or less."""
    at = r.randrange(text.index("set -- "), len(text))
    if r.random() < .5:
        return text[:at] + r.choice(["(", ")", ";;", "fi", "done", "}", "'", '"', "`", "${", "&&", "|", "<", " then ", "$(", ";", "<<E"]) + text[at:]
    return text[:at] + text[at + r.choice([1, 1, 2, 5]):]


# What a changed text may come to do by accident, what is another thing each time, and what wants a shell by its name.
NOT_CHANGED = re.compile(r"date|\$\$|RANDOM|random|/proc|/dev/|sleep|kill|/tmp|LINENO|PID|ulimit|SECONDS|times|bash|dash|\bsh\b|#!|PATH|command -v|"
                         r"while :|until")
TEXTS = []


def change_texts_of(folder):
    """From here on no programs are drawn: changed texts of FOLDER are."""
    TEXTS[:] = [t for t in mutate.texts(folder, ".sh") if not NOT_CHANGED.search(t.split("\n", 1)[-1])]


def changed(r):
    text = "$$"
    while NOT_CHANGED.search(text):
        text = mutate.mutate(r, r.choice(TEXTS).split("\n", 1)[-1], mutate.ANY + mutate.SHELL)
    return text


def draw(r, i, _):
    shell = SHELLS[i % len(SHELLS)]
    wrong = bool(TEXTS) or r.random() < .04
    text = changed(r) if TEXTS else Generator(r, shell == "bash", wrong).program()
    env = {} if wrong else {"PATH": "{top}/tools"}
    if wrong and not TEXTS and r.random() < .6:
        text = break_syntax(r, text)
    text = re.sub(r"\$\$+", "$", text)  # is another each time
    args = ["./p"]
    if r.random() < .15:
        args = [r.choice(["-c", "-c", "-ec", "-uc"]), text] + r.choice([[], [], ["name"], ["name", "x y"]])
    elif r.random() < .1:
        args = ["-" + r.choice(["e", "u", "f", "x" if "|" not in text else "e"]), "./p", "first", "a b"]
    files = FILES if shell == "bash" else {**FILES, **shell_posix.FILES}
    case = harness.Case(["/bin/" + shell] + args, [harness.IMAGEMK, "tool", shell] + args, {"p": text.encode(), **files}, env=env,
                        text="p")
    case.argv0 = shell
    return case


def with_text(case, text):
    """For the smaller ones: where the text is an argument, it goes there too."""
    old = case.files["p"]
    other = harness.Case.with_text(case, text)
    for name in ("real", "ours"):
        setattr(other, name, [a if not isinstance(a, str) or a.encode() != old else text.decode("utf-8", "replace")
                              for a in getattr(case, name)])
    other.argv0 = case.argv0
    return other


def smaller(case):
    for text in harness.smaller_text(case.files["p"]):
        try:
            text.decode()
        except UnicodeDecodeError:
            continue
        if b"$$" in text:
            continue
        yield with_text(case, text)


def prepare(top):
    """Utilities without a shell among them."""
    os.mkdir(os.path.join(top, "tools"))
    for name in UTILITIES + shell_posix.UTILITIES:
        if os.path.exists("/usr/bin/" + name):
            os.symlink("/usr/bin/" + name, os.path.join(top, "tools", name))


SPENT = re.compile(rb"\d+m\d+\.\d{3}s")
PARENT = re.compile(rb"(?m)^((?:(?:declare -[a-z]+|readonly|export) )?PPID=(['\"]?))\d+(\2)$")


def normalise(result, case, ours):
    """What `times` says is a matter of time. Of a text that is run once more with a shell imagemk is the shell's parent."""
    def alike(data):
        data = SPENT.sub(b"TIME", data)
        return PARENT.sub(rb"\g<1>%d\3" % os.getpid(), data) if handed else data

    handed = ours and case.env["PATH"] == harness.ENV["PATH"]
    result.output, result.messages = alike(result.output), alike(result.messages)
    result.files = {name: alike(data) for name, data in result.files.items()}


def again(case, real, ours):
    """A text that the parser declined goes to the real shell: then it may have one. Nor does one that asks for a shell by
    name (eval "$0") find it as imagemk does."""
    declined = re.search(rb"(?m)(^|: )(bash|dash): (No such file|not found)", ours.messages)
    asked = re.search(rb"(?m): (bash|dash): (command )?not found", real.messages)
    if (declined or asked) and "tools" in case.env["PATH"]:
        case.env["PATH"] = harness.ENV["PATH"]
        return True
    return False


def background(case):
    """A planted mistake makes & of &&: how far that command comes before the shell ends is a matter of time."""
    return re.search(rb"(?<![&<>;|])&(?![&>0-9-])", case.files["p"])


def rewritten(case, real):
    """A shell reads its program as it goes: how much of it it has then is a matter of its buffer."""
    return real.files.get("p") != case.files["p"]


def unstable(case):
    """Which of its messages a stage says before it dies of SIGPIPE is a matter of time."""
    return b"|" in case.files["p"]


def alike(part, a, b, case):
    """Stages of a pipeline say things in any order, and so do bash and the substitution of which it reads a NUL."""
    if part not in ("messages", "output") or (b"|" not in case.files["p"] and b"ignored null byte" not in a):
        return False
    return sorted(a.split(b"\n")) == sorted(b.split(b"\n"))
