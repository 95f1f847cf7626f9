# SPDX-License-Identifier: GPL-2.0-only
"""The words of random shell programs: quotes, parameters, arithmetic, substitutions, braces."""

VARIABLES = ["a", "b", "c", "x"]
NUMBERS = ["n", "m"]
ARRAY = "r"
LITERALS = ["", "a", "ab", "a b", " a  b ", "*", "f?", "[ab]", "a:b", ":", "x.y.z", "/p/q", "10", "0", "-3", "07",
            "0x1f", "\\", "a\\b", "'", '"', "$", "~", "{p,q}", "#", "!", "-n", "=", "a=b", "\t", "a\nb", "Ab", "%d",
            "\\n", "\\", "-", "--", "]", "a\\", "1 2", "é", "\\101", "n", "a[1]", "(", ")", "-e", "foo", "d/*"]
PATTERNS = ["*", "?", "a*", "*b", "[a-m]", "*.", "*/", "\\*", "$a", '"$a"', "'*'", "[!a]*", "[[:alpha:]]", "??", "a?",
            "*[.:]*", "[]a]", "[^x]", "[a", "", ".", "\\a", "[[:digit:]]*", "'a'*", "$b*", "[a\\]b]", "\\\\", " "]


class Words:
    """A mixin: wants self.r, self.bash and self.commands_inside()."""

    def pick(self, *choices):
        return self.r.choice(choices)

    def chance(self, p):
        return self.r.random() < p

    def weighted(self, *rows):
        """One of (weight, function or text)."""
        at = self.r.random() * sum(row[0] for row in rows)
        for weight, value in rows:
            at -= weight
            if at < 0:
                break
        return value if isinstance(value, str) else value()

    def single(self, text):
        return "'" + text.replace("'", "'\\''") + "'"

    def variable(self):
        return self.pick(*VARIABLES, *VARIABLES, *NUMBERS)

    # --- arithmetic ---

    def arith_atom(self):
        if self.bash and self.chance(.12):
            return self.pick("2#101", "16#fF", "36#z", "64#@_", "8#17", "3#9", "r[1]", "r[n]", "r", "n++", "--m", "++n", "m--",
                             "2 ** 3", "1#1", "r[0]++")
        return self.pick("1", "2", "7", "0", "010", "0x10", "n", "m", "n", "$n", "${m:-4}", "9223372036854775807", "unset",
                         "08" if self.chance(.1) else "5", "a" if self.chance(.3) else "m", "$(echo 3)", "${#a}", "'2'"
                         if self.chance(.05) else "3", '"4"' if self.chance(.1) else "4", "$1" if self.chance(.1) else "6")

    def arith(self, depth=0):
        k = self.r.random()
        if depth > 3 or k < .3:
            return self.arith_atom()
        if k < .4:
            return self.pick("-", "!", "~", "+") + self.pick("", " ") + self.arith(depth + 1)
        if k < .5:
            return "(" + self.arith(depth + 1) + ")"
        if k < .55:
            return f"{self.arith(depth + 1)} ? {self.arith(depth + 1)} : {self.arith(depth + 1)}"
        if k < .63:
            op = self.pick("=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|=")
            text = self.pick("n", "m") + self.pick("", " ") + op + self.pick("", " ") + \
                (self.pick("1", "2", "5") if op in ("<<=", ">>=") else self.arith(depth + 1))
            return text if depth == 0 or self.chance(.2) else "(" + text + ")"
        if k < .65 and self.bash:
            return f"{self.arith(depth + 1)} , {self.arith(depth + 1)}"
        if k < .66:  # broken
            return self.pick(self.arith_atom() + self.pick(" ", " + ", " * ", ") ", " @ ", "=", ".", " +* ") + self.arith_atom(),
                     "", "1 +", "n n")
        op = self.pick("+", "-", "*", "/", "%", "<<", ">>", "<", ">", "<=", ">=", "==", "!=", "&", "|", "^", "&&", "||")
        right = self.pick("1", "2", "5") if op in ("<<", ">>") else self.arith(depth + 1)
        space = self.pick("", " ", " ")
        return f"{self.arith(depth + 1)}{space}{op}{space}{right}"

    # --- parameters ---

    def inner_word(self, quoted):
        """The word in ${x-WORD}."""
        return self.weighted(
            (4, lambda: self.pick("a", "b c", "", "$b", "*", "~", "a:b", "\\*", "\\\\", "\\}", "x\\ y", "$n", "-")),
            (1, lambda: '"' + self.pick("$c", "a  b", "*", "", "}", "\\$") + '"'),
            (1, lambda: self.pick("'q r'", "'}'", "it", "'*'", "''") if not quoted else self.pick("it's", "'q'", "a'b'")
             if not self.chance(.3) else "x"),
            (1, lambda: self.parameter(quoted, True)),
            (.5, lambda: "$((" + self.arith(2) + "))"),
            (.5, lambda: self.command_substitution()),
            (.5, lambda: '"$@"' if not quoted else "$@"))

    def name_of_parameter(self):
        return self.weighted((10, self.variable), (3, lambda: self.pick("1", "2", "3", "10")), (2, "@"), (2, "*"),
                             (1, "#"), (1, "unset"), (.5, "?"), (.3, "-"), (.3, "0"), (.3, "IFS"), (.2, "HOME"))

    def parameter(self, quoted, nested=False):
        if self.bash and self.chance(.12):
            return self.array_parameter(quoted)
        name = self.name_of_parameter()
        if name in "#?-0":
            return self.pick("$", "${") + name if False else self.pick("$%s", "${%s}") % name
        k = self.r.random()
        if k < .3:
            return "$" + name if len(name) == 1 and not self.chance(.3) else "${" + name + "}"
        return "${" + self.operation(name, quoted, nested) + "}"

    def operation(self, name, quoted, nested):
        def word():
            return self.inner_word(quoted) if not nested else self.pick("w", "$b", "", "v w")

        def pattern():
            return self.r.choice(PATTERNS)

        rows = [(3, lambda: name + self.pick(":-", "-") + word()), (3, lambda: name + self.pick(":+", "+") + word()),
                (1, lambda: name + self.pick(":=", "=") + word()), (.3, lambda: name + self.pick(":?", "?") + word()),
                (2, lambda: name + self.pick("#", "##") + pattern()), (2, lambda: name + self.pick("%", "%%") + pattern()),
                (1, lambda: "#" + name), (.02 if self.wrong else 0, lambda: name + self.pick(" ", ":", "$", "!", "&", "."))]
        if self.bash or self.wrong and self.chance(.02):
            rows += [(.3, lambda: name + self.pick("/#", "/%") + "/" + self.pick("W", "$b", "-I", "'q r'", "x/y", "&")),
                     (1, lambda: name + self.pick("/", "//", "/#", "/%") + (pattern().replace("/", ".") or "a") +
                      self.pick("", "/", "/" + self.pick("W", "$b", "", "'q r'", "\\&", "x/y", '"$c"', "&"))),
                     (.7, lambda: name + self.pick("^", "^^", ",", ",,") + self.pick("", "", "a", "[a-c]", "?", "*")),
                     (1.5, lambda: name + ":" + self.pick("1", "0", " -1", "n", "(-2)", "$n", "9", "-1" if self.chance(.1) else "2", "1+1") +
                      self.pick("", ":1", ":2", ":0", ":-1", ":n", ": -1" if self.chance(.3) else ":3")),
                     (.5, lambda: "!" + name if name not in "@*" else name)]
        return self.weighted(*rows)

    def array_parameter(self, quoted):
        name = self.weighted((6, ARRAY), (1, "a"), (1, "unset"), (.3, "PIPESTATUS"))
        if name == "PIPESTATUS":
            return "${PIPESTATUS[" + self.pick("@", "0", "*") + "]}"
        index = self.pick("@", "@", "*", "0", "1", "n", "-1", "5", "$n", "1+1")
        place = f"{name}[{index}]"
        if index == "-1" and name != ARRAY:
            place = f"{name}[0]"
        return "${" + self.weighted((3, place), (1, "#" + place), (.7, lambda: "!" + name + "[" + self.pick("@", "*") + "]"),
                                    (.5, name), (3, lambda: self.operation(place, quoted, True).replace("!", ""))) + "}"

    # --- substitutions, quotes ---

    def command_substitution(self):
        text = self.commands_inside()
        if self.chance(.2) and "`" not in text and "\\" not in text and "$" not in text and '"' not in text:
            return "`" + text + "`"
        return "$(" + (" " if text.startswith("(") else "") + text + self.pick("", " ") + ")"

    def double(self):
        parts = []
        for _ in range(self.pick(0, 1, 1, 2, 3)):
            parts.append(self.weighted(
                (3, lambda: self.pick("a", " ", "x y", "*", "'", "~", "#", "\\$", "\\\\", "\\\"", "\\`", "\\n", "\\a", "$", "\n",
                                      "\\\n", "{a,b}", "!", "é", "\\*", "$'", "a:b", "=")),
                (5, lambda: self.parameter(True)), (1, self.command_substitution_if), (.7, lambda: "$((" + self.arith(1) + "))")))
        text = "".join(parts)
        # "$" and a quote would be $".." or end in the middle of nothing
        return '"' + text + '"'

    def command_substitution_if(self):
        return self.command_substitution() if self.depth < 3 else "s"

    def ansi(self):
        return "$'" + "".join(self.pick("a", " ", "\\n", "\\t", "\\\\", "\\'", "\\x41", "\\101", "\\e", "\\\"", "\\cA", "\\u41", "\\z",
                                        "\\0" if self.chance(.1) else "b", "*", "\\?") for _ in range(self.pick(0, 1, 2, 3))) + "'"

    def braces(self, depth=0):
        kind = self.r.random()
        if kind < .3:
            return "{" + self.pick("1..3", "3..1", "a..c", "1..9..4", "01..3", "-1..1", "c..a..2", "1..a", "1..", "a..C" if
                                   self.chance(.2) else "x..z", "1..3..0", "10..8") + "}"
        inner = ",".join(self.pick("a", "b", "", "x$n", "'p q'", '"$a"', "*", "f?", "\\,", "${b}",
                                   self.braces(depth + 1) if depth < 2 else "z") for _ in range(self.pick(1, 2, 2, 3)))
        return self.pick("", "p", "$n", "\\") + "{" + inner + "}" + self.pick("", "s", "{q,r}", "}")

    def word_part(self):
        rows = [(5, lambda: self.pick("a", "b", "foo", "x.y", "*", "f?", "[a-f]*", "1", "-", "/", "\\ ", "\\*", "~", "=", ".*", "d/*",
                                      "*/", "%", "@", ":", "+", "a:~", "\\\\", "\\a", "[!f]*", "[[:alpha:]]*", "\\\n", "no*", "]", ",",
                                      "^", "a#b", "!", "-n", "**")),
                (3, lambda: self.single(self.r.choice(LITERALS))), (4, self.double), (4, lambda: self.parameter(False)),
                (1.5, lambda: "$((" + self.arith() + "))"), (1.2, self.command_substitution_if)]
        if self.bash or self.chance(.02):
            rows += [(1, self.braces), (.7, self.ansi)]
        return self.weighted(*rows)

    def word(self):
        if self.chance(.02):
            return self.pick("~", "~/x", "~root", "~nosuch/y", "a=~", '~"x"', "\\~")
        text = "".join(self.word_part() for _ in range(self.pick(1, 1, 1, 2, 3)))
        return text if not text.startswith("#") else "x" + text

    def words(self, most=3):
        return " ".join(self.word() for _ in range(self.r.choice([0, 1, 1, 2, 3][:most + 2])))
