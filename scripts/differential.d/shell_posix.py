# SPDX-License-Identifier: GPL-2.0-only
"""What is drawn for dash alone: folders before patterns, loops of getopts and shift, set -e wherever a command
may stand, here-documents at odd places, descriptors that stay, folders, umask, and lines as recipes have them."""

FILES = {"t/u/1.x": b"one\n", "t/u/2.x": b"key: val ue\nk2:  v2\n", "t/a b/3.x": b"three 3\n", "t/[z]/4.x": b"", "t/.h/5": b"5",
         "t/u/*": b"star\n", "l2": b"local q=1 2>/dev/null\necho l2 $#\nfalse\n[ -z \"$1\" ] || return 4\necho end $b\n",
         "l3": b"break\necho not\n", "bin": bytes(range(256)), "csv": b"a,b,,d\n1, 2 ,3,4\n  x:y , z\\\n w,\nlast"}
UTILITIES = ("stat", "ln", "cp", "mv", "dd", "chmod", "cmp", "md5sum", "rmdir", "fold", "nl")
FOLDERS = ['"$PWD"', '"$T"', "t", '"t"', "'t'", "$T", "${T}", '"${T%/}"', "./t", '"./t"', "t/u", '"t"/u', 't"/"u', '"t/u"', '"$PWD/t"',
           '"$PWD"/t', "$PWD/t/u", '"$U"', "$U", "'t/a b'", '"$T/a b"', "t/a\\ b", '"$T"/u', "t/?", "t/*", "*/u", "[t]/u", "/", "/etc", '"/etc"',
           '"t/[z]"', "t/[z]", "t/\\[z]", '"$N"', "$N", "t/u/..", "t//u", '"t//"u', "t/u'/.'", "~", '"$HOME"', ".", "..", '"$(echo t)"', "`echo t`",
           "$(pwd)", '"$(pwd)/t"', "${none:-t}", '"${none:-t/u}"', "${T#*/}", '"$1"', "$1"]
GLOBS = ["*", "?", "*.x", "[12]*", "[!1]*", "*'.'x", '"1"*', "*/", "*/*", '"*"', "$Q", '"$Q"', ".*", ".[!.]*", "[[:alnum:]].x", '"a b"/*', "\\*", "a\\ b/*",
         "*'/'*", '*"/"[0-9]*', "[$R]*", '["$R"]*', "pass[w]d", "*$(echo .x)", "[1-2].[x]", "?'.'*", "nothing*", "[1'-'3]*", "*[.]x", "${Q}", '*"$Q"', "*\\.x",
         "[]z]*", "[\\[]*", "u/*", '"u"/*', '"$(echo u)"/*', "?/?.?", "*\\/*", "**", "[a/b]*"]
SIGNALS = ["EXIT", "0", "EXIT"]


class Posix:
    """A mixin beside Words: wants what Generator has."""

    def preamble(self):
        """Variables that the productions here name; a path, patterns, texts."""
        return ["T=t U=t/u N=none Q='*.x' R=1-2 s=' lead  mid  trail ' l='a:b::c d' e='echo \"$a\"; x=3'"]

    def folder_pattern(self):
        if self.chance(.15):
            return self.pick(*FOLDERS) + "/" + self.pick("*", "a b", "u", "[z]", "'*'") + "/" + self.pick(*GLOBS)
        return self.pick(*FOLDERS) + self.pick("/", "/", "/", '"/"', "//", "") + self.pick(*GLOBS)

    def trimmed(self):
        """${x%pattern} as people write them, quotes at all places."""
        name = self.pick("s", "l", "a", "b", "T", "U", "PWD", "1", "c", "Q")
        op = self.pick("#", "##", "%", "%%")
        inner = self.pick("*:", ":*", "/*", "*/", '"*"', "'*'", "[! ]*", "*[! ]", '"${%s%%%%[! ]*}"' % name, '"${%s##*[! ]}"' % name, '"$b"', "$b", "$Q", '"$Q"',
                          "\\*", '"${b%:*}"', "${b%:*}*", "*[\\]:]", "[[:space:]]*", "*[[:space:]]", '" "', "' '*", "*' '", "\\ *", "*\\ ", "?", "??",
                          "*\"$b\"*", "$(echo '*:')", '"$(echo a)"*', "`echo '*'`", "[a\"-\"z]*", "[\"$a\"]*", "x\\ *", '"x y"', "*\\}", "'}'*", "$((1))*", "~*", "*/u")
        text = "${" + name + op + inner + "}"
        return self.pick("%s", '"%s"', '"%s"', "x%sy", '"<%s>"') % text

    def backquoted(self):
        """` ` with what needs backslashes within, and $( ) inside it."""
        return self.pick(
            "`echo \\`echo in\\``", "`echo \\$a \\\\$a`", '"`echo \\"$a\\"`"', "`echo '$a' \"$a\"`", "`printf '%s' \"$(echo \"$b\")\"`", '"`echo "$s"`"',
            "$(echo \"$(echo \")\")\")", "$(case x in x) echo y;; esac)", "$(case x in (x) echo \"$(echo z)\";; esac)", "`case a in a) echo c;; esac`",
            "$(echo `echo \\\\\\\\x`)", "`echo \\\\\\`echo \\\\$b\\\\\\``", "$(printf '%s\\n' a b '' '')", "\"$(printf 'q\\n\\n')\"x", "$( (echo sub) )", "$( { echo g; } )",
            "`echo a; echo b`", "$(echo a # c)\n)" if not self.flat else "$(echo a)", "\"$(echo '\"')\"", "\"`echo '\\`'`\"", "$(echo \\$b)", "\"$(echo \"\\$b\" '\\$b')\"",
            "$(cat <<X\n$b $(echo h)\nX\n)" if not self.flat else "$(cat l2)", "$(f1 \"$@\")", "$(set -- 1 2; echo $#)", "$(exit 3)$?", "$(a=inner; echo $a)$a", "$(< foo cat)",
            "$(eval 'echo \"$b\"')", "$(trap 'echo bye' EXIT; echo hi)", "$(return 3; echo no)$?", "$(false; echo $?)", "$($none)$?", "$(echo one; exit 4; echo two)")

    def posix_word(self):
        return self.weighted((4, self.folder_pattern), (3, self.trimmed), (2, self.backquoted), (1, self.word))

    def posix_words(self):
        return " ".join(self.posix_word() for _ in range(self.pick(1, 1, 1, 2, 3)))

    # --- here-documents at odd places ---

    def here_text(self, quoted, tabs):
        lines = []
        for _ in range(self.pick(0, 1, 2, 3)):
            line = "".join(self.weighted(
                (3, lambda: self.pick("a:b c", " lead", "k = v", "'$a'", '"$a"', "\\$b", "\\\\", "*", "~", "#no", "`echo bq`", "$(echo \"$b\")", "tail ", "\\\"", "${a%y}",
                                      "${b#*:}", "\"${a-\"x\"}\"", "${none:-'d'}", "${none-\"d\"}", "$((n * 2))", "\\`x\\`", "$1", "$*", "$@", "$#", "a\\b", "${s}", "\\\nnext")),
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
            self.pending.append(self.here_text(mark != end, tabs).replace("&3", "&7") + ("\t" if tabs and self.chance(.5) else "") + end + "\n")
        return command

    def here_command(self):
        return self.weighted(
            (3, lambda: self.with_here("cat")), (2, lambda: self.with_here(f"while {self.pick('', 'IFS= ', 'IFS=: ')}read {self.pick('', '-r ')}a b; do echo \"[$a|$b]\"; done")),
            (1, lambda: self.with_here("read a b c") + " && echo \"$a,$b,$c\""), (1, lambda: self.with_here("{ read a; read b; cat; }")),
            (1, lambda: self.with_here("sed 's/a/[&]/'") + (" | tr a-z A-Z" if self.pipes else "")), (.5, lambda: self.with_here("f1 \"$(cat)\"")),
            (.5, lambda: self.with_here("x=$(cat)") + "; echo \"$x\""), (.5, lambda: self.with_here("(cat; echo st $?)")), (.3, lambda: self.with_here("cat <&3")),
            (.3, lambda: self.with_here("cat >out") + " && cat out"), (.3, lambda: self.with_here("for x in 1 2; do read a || break; echo $x$a; done")),
            (.3, lambda: self.with_here("case x in x) cat;; esac")), (.3, lambda: self.with_here("if read a; then echo \"$a\"; fi")), (.2, lambda: self.with_here(":")))

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
        return start + "; " + self.pick(
            "while [ $# -gt 0 ]; do echo \"$#:$1\"; shift; done", "while [ $# -gt 0 ]; do case $1 in --*=*) echo \"${1%%=*} ${1#*=}\";; --) shift; break;; -*) echo opt $1;; *) break;; esac; shift; done; echo \"rest $*\"",
            "until [ -z \"$1\" ]; do printf '<%s>' \"$1\"; shift 2 || break; done", "for x; do shift; set -- \"$@\" \"$x.\"; done; echo \"$@\"", "shift $#; echo $#", "while shift; do echo $#; done",
            "for x in \"$@\"; do [ \"$x\" = b ] && continue; echo \"$x\"; done", "set -- \"$@\" last; eval \"echo \\${$#}\"", "echo \"${1-none}\" \"${2:-none}\" \"$*\"", "IFS=,; echo \"$*\"; set -- $*; echo $#; unset IFS",
            "while [ \"$1\" ]; do x=\"$x${x:+,}$1\"; shift; done; echo \"$x\"")

    def read_loop(self):
        read = self.pick("IFS=, read -r a b c", "IFS=: read a b", "read -r a b", "IFS= read -r a", "IFS=' ,' read a b c x", "IFS=',:' read -r a b", "read a", "IFS=\"$R\" read a b", "IFS=\\\\ read a b")
        end = self.pick("", "", " || [ -n \"$a\" ]")
        return f"while {read}{end}; do echo \"[$a|$b|$c]\"; {self.pick('a=', 'x=$a', ':', 'b= c=')}; done < {self.pick('csv', 'csv', 'foo', 't/u/2.x', 'd/e')}; echo \"$?$a\""

    def case_of(self):
        def arm():
            pattern = self.pick("$Q", '"$Q"', "$b*", '"$b"', "$b", "*\"$b\"*", "[$R]*", "*[\"$a\"]", "$(echo '*')", "${Q#?}", "a$none*", "'*'", "\"*\"", "\\*", "[!$R]", "?\"\"", "''", '"$1"', "$1", "*.x|1*", "t/*",
                                "$T/*", '"$T"/*', "${none:-*}", '"${none:-*}"', "*\\ *", "*' '*", "[[:upper:]]*", "[a-c]*", "[]-]", "*[!]]", "\\[*", "[\\]]", "[a", "*")
            return self.pick("", "(") + pattern + ") echo " + self.pick("m1", "m2", '"$?"', "m4") + ";;"
        word = self.pick("$a", '"$a"', "$T/1.x", "1.x", "'*.x'", "$b", "a:b", "$Q", '"$Q"', "$1", "", "''", "$s", "t/u/1.x", "]", "[", "-", "x]", "\\*", "B", "$(echo b)", "~", "$none", "\"$@\"", "$*")
        return f"case {word or chr(34) * 2} in {' '.join(arm() for _ in range(self.pick(1, 2, 3)))} " + self.pick("", "*) echo none;; ") + "esac"

    # --- set -e, set -u, statuses ---

    def failing(self):
        return self.pick("false", "false", "(exit 3)", "fe", "[ a = b ]", "nosuch", "! true", "x=$(false)", "false | true" if self.pipes else "false", "true | false" if self.pipes else "false", "{ false; }", "(false)",
                         "eval false", "eval 'false; true'", "command false", ". ./l2", "cat none", "fe || false", "false || false", "true && false", "false && true", "fe && :", "if false; then :; fi",
                         "for i in 1 2; do false; done", "case x in x) false;; esac", "local x=$(false)", "export x=$(false)", "readonly rx=$(false)", "while false; do :; done", "until true; do :; done", "f1 <none", ": <none",
                         "echo x >none/y", "{ :; } <none", "x=$(exit 4) :", "x=$(exit 4) true", "cd none", "shift 9", "unset -v a", "test", "expr 1 = 2", "return 3", "set -- $(false)", "echo \"$(false)\"", "$(false)", "$none",
                         "while :; do false; break; done", "read x <fob", "! fe", "! { false; }", "! (false)", "fe | cat" if self.pipes else "fe", "return", "exit 3", "eval 'return 2'", "trap 'echo t $?' EXIT; false")

    def errexit(self):
        """Does set -e end it there?"""
        fail = self.failing()
        around = self.pick("%s", "%s", "%s", "%s && echo and", "%s || echo or", "if %s; then echo then; else echo else $?; fi", "! %s", "while %s; do break; done", "until %s; do break; done", "{ %s; echo in; } || echo or",
                           "(%s; echo in) || echo or", "(%s; echo in)", "{ %s; echo in; }", "x=$(%s; echo in); echo \"$x\"", "echo \"$(%s; echo in)\"", "eval '%s; echo in'", "eval '%s; echo in' || echo or", "fx() { %s; echo in; }; fx",
                           "fx() { %s; echo in; }; fx || echo or", "fx() { %s; echo in; }; if fx; then echo y; fi", "fx() { %s; echo in; }; x=$(fx); echo \"$x\"", "fx() { %s; echo in; }; ! fx", "fx() ( %s; echo in ); fx || echo or",
                           "for y in 1 2; do %s; echo $y; done", "case a in a) %s; echo in;; esac", "%s; echo $?", "{ %s; } && echo and", "true && { %s; echo in; }", "false || { %s; echo in; }", "true && (%s)", "if true; then %s; fi",
                           "if %s && :; then :; fi; echo on", ": $(%s)", "x=$(%s) y=1; echo on", "{ %s; echo in; } <foo", "(%s; echo in) | cat" if self.pipes else "(%s)", "{ %s; echo in; } | cat" if self.pipes else "{ %s; }",
                           "true | { %s; echo in; }" if self.pipes else "{ %s; }", "! (%s; echo in)", "! { %s; echo in; }", "command eval '%s; echo in'", "set +e; %s; set -e; echo on", "fx() { %s; }; fx && :; echo on", "fx() { %s; }; { fx; } || :",
                           "{ { %s; echo in; } && :; echo mid; }", "x=`%s; echo in`; echo \"$x\"", "trap 'echo T $?' EXIT; %s; echo in", "fx() { trap 'echo F' EXIT; %s; }; fx", "fx() { local z=1; %s; echo $z; }; z=2; fx; echo $z")
        if around.count("'") and "'" in fail:
            fail = "false"
        text = "fe() { return 5; }; " + around % fail + "; echo reached"
        flag = self.pick("set -e", "set -e", "set -e", "set -o errexit", "set -eu", "set -ef", "true")
        return self.pick(f"( {flag}; {text}; ); echo \"st $?\"", f"{flag}; {text}", f"( {flag}; {text}; ) || echo out $?", f"x=$({flag}; {text}); echo \"$? $x\"", f"({flag}; {text})")

    def nounset(self):
        use = self.pick("$none", "\"$none\"", "${none}", "${none-d}", "${none:-d}", "${none+d}", "${none:+d}", "${none=d}", "${#none}", "${none%x}", "$9", "${10}", "$@", "\"$@\"", "$*", "$!", "$((none))", "$((none + 1))", "${none?msg}",
                        "${none:?}", "$(echo $none)", "`echo $none`", "${a-$none}", "${none-$none}", "${a+$none}", "${#9}", "${9-x}", "${@-x}", "${*:-x}", "${none#\"$a\"}")
        place = self.pick("echo %s", "x=%s", ": %s", "case %s in *) echo m;; esac", "for x in %s; do echo l; done", "[ -n %s ]", "cat <foo >%s", "f1 %s", "export x=%s", "eval 'echo %s'", "if echo %s; then :; fi", "x=%s :", "echo \"a%sb\"", "local x=%s")
        if use.startswith('"') and '"a' in place:
            place = "echo %s"
        text = place % use
        return self.pick(f"( set -u; {text}; echo on $?; ); echo $?", f"set -u; {text} || echo or; set +u", f"( set -u{self.pick('', 'e')}; {text} ) || echo $?", f"x=$(set -u; {text}; echo on); echo \"$? $x\"",
                         f"fu() {{ set -u; {text}; }}; (fu; echo $?); echo $?")

    def statuses(self):
        a, b = (self.pick("true", "false", "(exit 3)", "echo x", "cat foo", "exit 4", "fob", "! true", "{ false; }", "return 2", "read x", "nosuch", ": >none/y", "grep -q one", "kill -0 $$", "f1 q", "test -e foo") for _ in range(2))
        return self.pick(f"{a} | {b}; echo $?", f"! {a} | {b}; echo $?", f"{a} | {b} && echo y || echo n", f"if {a} | {b}; then echo y; else echo n; fi", f"({a} | {b}); echo $?", f"x=$({a} | {b}); echo \"$?$x\"",
                         f"{a} | {b} | cat; echo $?", f"{{ {a}; }} | {{ {b}; }} || echo $?") if self.pipes else f"({a}); echo $?"

    # --- functions, eval, ., exec, traps ---

    def posix_function(self):
        return self.pick(
            "fr() { [ $1 -le 0 ] && return $2; local k=$1; fr $((k - 1)) $2; echo $k $?; }; fr 3 4; echo $?", "fl() { local a b=$1 c; a=in; echo \"$a$b${c-u}\"; }; fl q; echo \"$a$b\"",
            "fl() { local a; echo \"${a-unset}\"; a=1; fm; echo $a; }; fm() { a=2; local a=3; echo $a; }; fl; echo $a", "fl() { set -- 7 8; echo $# $1; }; fl a; echo $# $1", "fl() { for i; do echo $i; return 6; done; }; fl x y; echo $?",
            "fl() { while :; do return 3; done; }; fl; echo $?", "fl() { local x=$1; shift; echo \"$x/$#\"; }; fl 'a b' c; echo \"${x-u}\"", "fl() { return; }; (exit 4); fl; echo $?", "fl() { echo out; echo err >&2; } 2>&1 >out; fl; cat out",
            "fl() ( a=sub; exit 5 ); fl; echo $?$a", "fl() if :; then echo if; fi; fl", "fl() { unset -f fl; echo gone; }; fl; fl", "fl() { fl() { echo new; }; echo old; }; fl; fl", "fl() { local IFS=:; echo $l; }; fl; echo $l",
            "fl() { local -; set -f; echo *; }; fl; echo f*", "fl() { break; }; for i in 1 2; do fl; echo $i; done", "fl() { echo $#; }; fl \"$@\" $*; fl $l; IFS=:; fl $l; unset IFS", "fl() { eval \"echo \\$$1\"; }; fl a; fl b",
            "fl() { readonly loc=1; local loc=2; }; (fl); echo $?", "a=1 fl; fl() { echo $a; }; a=5 fl; echo $a", "fl() { local OPTIND a=$a; echo $a; }; fl", "fl() { return 1 || echo no; }; fl || echo $?", "fl() { exit 3; }; (fl; echo no); echo $?",
            "fl() { trap 'echo in' EXIT; }; (fl; echo body); echo $?", "fl() { cat; }; echo x | fl" if self.pipes else "fl() { :; }", "fl() { echo \"$0\" | wc -l; }; fl" if self.pipes else ":", "fl() { false; return; }; fl; echo $?",
            "fl() { local a=x; unset a; echo \"${a-u}\"; }; fl; echo \"${a-u}\"", "fl() { . ./lib; echo after; }; fl q; echo $?", "fl() { . ./l2 1; echo a$?; }; fl", "fl() { shift; [ $# -gt 0 ] && fl \"$@\"; echo $#; }; fl 1 2 3",
            "f-x() { echo dash; }; f-x", "fl() { case $1 in a) return 2;; *) echo $1;; esac; }; fl a || fl b", "fl() { export a=ex; }; fl; env | grep '^a='" if self.pipes else ":", "echo() { printf 'E:%s\\n' \"$*\"; }; echo q; unset -f echo; echo q",
            "fl() { local n=$((n + 1)); [ $n -gt 5 ] || fl; echo $n; }; fl", "fl() { x=$(fm); echo \"$x$?\"; }; fm() { echo m; return 7; }; fl", "fl() { printf '%s ' \"$@\"; }; fl ${l%%:*} \"${l#*:}\" ''", "fl() { :; }; fl; echo $?; type fl")

    def evaluated(self):
        return self.pick(
            "eval \"$e\"; echo $x", "eval 'x='\"'$a'\"; echo \"$x\"", "eval \"x=\\$b\"; echo $x", "eval \"$(echo 'echo sub')\"", "eval 'echo a\necho b'" if not self.flat else "eval 'echo a'", "eval eval echo \\$b", "eval 'for i in 1 2; do echo $i; done'",
            "for i in 1 2; do eval 'break'; echo no; done; echo $i", "for i in 1 2; do eval continue; echo no; done", "eval; echo $?", "false; eval; echo $?", "false; eval ''; echo $?", "eval false || echo $?", "eval 'f9() { echo nine; }'; f9", "eval \"v_$n=7\"; eval echo \\$v_$n",
            "eval 'if'; echo no", "(eval 'echo )'; echo no); echo $?", "eval 'exit 3'", "(eval 'exit 3'); echo $?", "eval 'echo $1' x", "eval \"set -- $s\"; echo $#", "eval set -- '\"$a\" b'; echo \"$1\"", "eval \"case \\$a in x*) echo m;; esac\"",
            "eval 'echo \"$LINENO\"'", "x='echo hi'; $x; \"$x\"", "x='a=5'; $x; echo $?", "eval 'cat <<X\n$b\nX'" if not self.flat else "eval :", "eval \"a=1\" b=2; echo $a", "a=9 eval 'echo $a'; echo $a", "eval \"$none\"; echo $?", "eval 'return 4'; echo $?",
            "eval '\n\necho l $LINENO'" if not self.flat else "eval 'echo $LINENO'", "eval 'echo x >&3' 3>&1", "eval 'read x' <foo; echo $x", "eval '(exit 6)'; echo $?", "eval 'echo \"' || echo syn", "eval 'trap \"echo ev\" EXIT'", "eval echo '*'")

    def sourced(self):
        return self.pick(
            ". ./l2; echo $?", ". ./l2 q w; echo $? $#", "set -- p; . ./l2; echo $?", "for i in 1 2; do . ./l3; echo $i; done", "echo 'x=5; return 4; x=6' >l4; . ./l4; echo $?$x", "echo 'set -- n e w' >l4; . ./l4; echo $#", "echo 'false' >l4; . ./l4 || echo or $?",
            "echo 'exit 7' >l4; (. ./l4; echo no); echo $?", ": >l4; false; . ./l4; echo $?", "echo 'return' >l4; (exit 3); . ./l4; echo $?", "echo 'f7() { echo 7; }' >l4 && . ./l4 && f7", "PATH=$PATH:. . l2; echo $?", "(. nosuchfile; echo no); echo $?",
            "(. ./none; echo no); echo $?", "command . ./none; echo $?", "if . ./none; then echo y; fi; echo no", "echo 'echo \"$LINENO\"' >l4; . ./l4", "echo 'if' >l4; (. ./l4; echo no); echo $?", "printf 'echo a\\necho b' >l4; . ./l4", "echo 'read x; echo $x' >l4; . ./l4 <foo",
            "echo 'continue 2; echo no' >l4; for i in 1 2; do for j in 1 2; do . ./l4; done; echo no; done; echo $i$j", "echo 'local z=1' >l4; . ./l4; echo $?", "echo 'echo $0 $1' >l4; . ./l4 arg | wc -l" if self.pipes else ":", "x=$(. ./lib); echo \"$x$?\"", ". ./l2 >out; cat out", ". ./d; echo $?",
            "echo 'cat <<X' >l4; echo '$b' >>l4; echo X >>l4; . ./l4", "echo 'trap \"echo dot\" EXIT' >l4; (. ./l4; echo b)", "a=pre . ./l4; echo $a", "echo 'echo $a' >l4; a=pre . ./l4; echo $a")

    def exec_redirection(self):
        text = self.pick(
            "exec 3>out; echo a >&3; echo b >&3; exec 3>&-; cat out", "exec 3<foo; read a <&3; read b <&3; echo \"$a,$b\"; exec 3<&-", "exec 7>&1; echo x >&7; exec 7>&-; echo y >&7", "exec 3>>out 7>&3; echo q >&7; cat out", "exec <foo; read a; cat", "exec <none; echo no", "exec >out; echo in",
            "exec 2>&1; cat none", "exec 3<>new; echo w >&3; cat new", "exec 3>&1 >out; echo f; exec >&3 3>&-; echo s; cat out", "exec 3>&2 2>&1; ls none; exec 2>&3", "exec 2>/dev/null; cat none; nosuch", "a=1 exec 3>out; echo $a", "exec 5<foo 6<d/e; cat <&6; cat <&5", "exec 3>out; (echo s >&3); cat out",
            "exec 3>out; { echo g >&3; } 3>&1; cat out", "exec 0</dev/null; read a; echo $?", "exec >&-; echo lost", "exec 9>out; f1 x >&9; cat out", "exec true; echo no", "exec echo \"$b\"", "exec nosuch; echo no", "exec ./foo; echo no", "exec env -i A=1 env", "exec", "command exec 3>out; echo z >&3; cat out",
            "exec 3<foo; while read -r a <&3; do echo \"<$a>\"; done", "exec 3<<X\nhere $b\nX\ncat <&3" if not self.flat else "exec 3<foo; cat <&3", "exec 3>none/x; echo no", "command exec 3>none/x; echo $?", "exec 3>out; exec 3>out2; echo t >&3; cat out out2", "set -C; exec 3>out; exec 3>out; echo $?")
        if "\n" in text:
            return text
        return self.pick("( %s; ); echo $?", "( %s; )", "%s", "{ %s; }", "x=$( %s ); echo \"$x\"", "( %s; ) >out2; cat out2") % text

    def redirected_compound(self):
        body = self.pick("echo a; echo b >&2; cat", "read a; echo \"$a\"; cat", "cat", "echo x; echo y", "f1 q; false", "cat none", "exit 3", "echo to3 >&3", "read a <&3; echo $a")
        form = self.pick("{ %s; }", "( %s; )", "for x in 1 2; do %s; done", "while [ $((wz+=1)) -le 2 ]; do %s; done", "if :; then %s; fi", "case a in a) %s;; esac", "until [ $((wz+=1)) -gt 2 ]; do %s; done", "{ { %s; } <d/e; }", "( { %s; } )", "ff() { %s; }; ff", "ff() { %s; } 3>out; ff")
        redirs = " ".join(self.pick("<foo", ">out", ">>out", "2>&1", "2>out2", "3<foo", "3>out", "3>&1", ">&2", "2>/dev/null", "<d/e", "<none", ">none/x", "0<&3", "<&-", ">|out", "<>new", "1>&7", "3>&-", "<\"$U\"/1.x", "<t/u/*.x", ">\"$none\"", "<$Q")
                          for _ in range(self.pick(1, 1, 2, 3)))
        return f"{form % body} {redirs}; echo \"$?\"" + self.pick("", "; cat out")

    def trapped(self):
        return self.pick(
            "(trap 'echo t $?' EXIT; exit 3); echo $?", "(trap 'exit 5' EXIT; exit 3); echo $?", "(trap 'echo t; false' EXIT; true); echo $?", "(trap 'echo t' EXIT; trap - EXIT; echo b)", "(trap 'echo t' EXIT; trap '' EXIT)", "x=$(trap 'echo t' EXIT; echo b); echo \"$x\"", "(trap 'echo $a' 0; a=late)",
            "(trap 'echo t' EXIT; (echo sub); echo b)", "(trap 'echo t' EXIT; exec true)", "(trap 'echo t' EXIT; nosuch); echo $?", "(set -e; trap 'echo t $?' EXIT; false; echo no); echo $?", "(set -u; trap 'echo t $?' EXIT; echo $none; echo no); echo $?", "(trap 'echo 1' EXIT; trap 'echo 2' EXIT)",
            "(trap 'echo t $?' EXIT; return 4); echo $?", "ft() { trap 'echo ft' EXIT; echo body; }; (ft; echo after)", "(trap 'trap \"echo in\" EXIT; echo out' EXIT)", "(trap 'echo t >&3' EXIT; echo b) 3>&1", "(trap 'cd /; pwd' EXIT; cd t); pwd >/dev/null", "(trap 'echo $LINENO' EXIT)", "(trap; trap 'a b' EXIT INT; trap)",
            "(trap 'echo t' EXIT; : ${none?m}); echo $?", "(trap 'echo t $?' EXIT; eval 'if'); echo $?", "(trap 'echo t' TERM; kill -TERM $$; echo on)" if False else "(trap '' TERM; trap)", "(trap 'set -e; false; echo no' EXIT); echo $?", "trap 'echo end $?' EXIT; (exit 3)", "trap 'echo end' EXIT; exec echo over",
            "(trap 'rm -f tmp; echo gone' EXIT; echo x >tmp; cat tmp); ls tmp", "(trap 'echo t' EXIT; exit 3) | cat" if self.pipes else ":", "{ trap 'echo t' EXIT; echo b; } | cat" if self.pipes else ":", "(trap 'exit' EXIT; exit 3); echo $?", "(trap 'return 3' EXIT; exit 2); echo $?", "(trap 'echo t' EXIT; while :; do break; done)")

    # --- folders, modes ---

    def folder_command(self):
        text = self.pick("cd t && pwd", "cd t/u; cd ..; pwd", "cd t/u && cd - && pwd", "cd none || echo $?", "cd; echo $?", "cd ''; echo $?", "cd t/./u/../u//; pwd", "cd \"$T/a b\" && pwd && ls", "cd .. && cd - >/dev/null && pwd", "cd /; pwd; cd //; pwd", "cd -P t; pwd -P", "cd -L t; pwd -L", "cd -- t; pwd",
                         "CDPATH=t cd u; pwd", "CDPATH=:t; cd u; pwd; unset CDPATH", "cd t; echo $OLDPWD; echo \"$PWD\"", "cd t && echo *", "cd t/u && echo ../*/*.x", "cd foo; echo $?", "cd t d; pwd", "HOME=$PWD/t cd; pwd", "HOME=$PWD/t; cd; pwd; echo ~ ~/u", "PWD=x; cd t; pwd; echo $PWD", "OLDPWD=$PWD/d; cd -", "unset OLDPWD; cd -; echo $?",
                         "cd t; cat u/1.x ../foo", "cd t; . ../l2; pwd", "ln -s t/u ln; cd ln; pwd; pwd -P; cd ..; pwd", "ln -s t/u ln; cd -P ln; pwd; cd ..; pwd", "cd t/u; cd ../..; ls -d t", "cd $T; cd \"$OLDPWD\"; pwd", "mkdir -p n/e; cd n/e && pwd; cd ../..; rmdir n/e; ls n", "cd t; echo x >n; cd ..; cat t/n", "cd ./t/../t/u; pwd", "pwd; pwd x",
                         "cd ..; pwd; cd \"$OLDPWD\"; pwd", "cd ~/x; echo $?", "cd d/..; pwd", "cd nonexist/..; echo $?", "cd -x; echo $?", "pwd -x; echo $?", "cd t 2>/dev/null && (cd u && pwd); pwd", "chdir t; pwd", "export PWD; cd t; env | grep ^PWD=" if self.pipes else "cd t", "cd t; env | grep PWD= | sort" if self.pipes else "cd t")
        return self.pick("( %s; )", "( %s; )", "%s", "x=$(%s); echo \"$x\"") % text

    def mode_command(self):
        text = self.pick("umask", "umask 027; umask; umask -S", "umask g-w,o=; umask", "umask 077; echo x >n1; stat -c %a n1", "umask 0; mkdir m; stat -c %a m", "umask u=rwx,g=rx,o=; umask", "umask 999; echo $?", "umask a+x; umask -S", "umask -S 022; echo $?", "umask 22; umask", "umask 0777; umask; umask 0022", "umask x; echo $?",
                         "umask =; umask", "umask ug=r; umask", "umask +w; umask -S", "umask -- 033; umask", "umask u+s; echo $?", "umask g=u; umask", "umask -; echo $?", "umask -p; echo $?", "umask o=g; umask", "umask u-rw,g+x; umask", "umask 1000; echo $?", "umask ''; echo $?", "umask 7; >n2; stat -c %a n2", "umask a=rX; echo $?", "umask g+; umask")
        return self.pick("( %s; )", "( %s; )", "(%s); umask", "%s") % text

    # --- as in recipes ---

    def recipe_line(self):
        size = self.pick("4", "7", "16", "1k", "256")
        count = self.pick("1", "2", "3")
        source = self.pick("foo", "bin", "t/u/2.x", "csv", "fob", "none")
        return self.pick(
            f"dd if={source} bs={size} count={count} 2>/dev/null" + (" | wc -c" if self.pipes else " >out"), f"dd if={source} of=out bs={size} conv=sync 2>/dev/null; wc -c < out", f"dd if={source} bs={size} skip=1 2>/dev/null >> out; cat out" + (" | od -An -tx1 | head -n 2" if self.pipes else " >out2"),
            f"cat {source} >> out && mv out out2; ls out*", f"( cat {source}; dd if=/dev/zero bs=1 count={size} 2>/dev/null ) > out; stat -c %s out", f"printf '%08x' $(stat -c %s {source})", f"printf '%d\\n' 0x$(printf '%x' $(stat -c%s {source}))", f"[ $(stat -c %s {source}) -le {size} ] && echo fits || echo \"too big\" >&2",
            f"cut -d: -f2 {source}", f"cut -c2-4 < {source}", f"sed -n -e 's/^\\(.*\\):.*/\\1/p' {source}", f"sed -e '1d;s,a,/,g' {source}", f"grep -c . {source}", f"grep -q ne {source} && echo has", f"grep -v '^k' {source} || true", f"tail -c +3 {source}" + (" | head -c 5" if self.pipes else ""), f"head -n 1 {source}", f"head -c {count} {source}",
            f"expr $(stat -c %s {source}) / {count} + 1", "expr 7 % 3 '*' 2", "expr length abc", "expr substr abcde 2 3", "expr \"$b\" : '\\(.*\\):'", f"tr -d '\\n' < {source}", f"tr a-z A-Z < {source}", "printf '\\001\\377\\0' > out; od -An -tx1 out", f"printf '%s\\n' \"$(cat {source})\"",
            f"for f in \"$T\"/*/*.x; do echo \"${{f##*/}}\" \"$(cat \"$f\")\"; done", f"for f in {self.folder_pattern()}; do [ -e \"$f\" ] && echo \"${{f##*/}}\"; done", f"mkdir -p o/{count} && cp {source} o/{count}/ && ls o/{count}", f"rm -f out; [ ! -e out ] || exit 1; touch out; ls out", f"ln -sf {source} lk && [ -L lk ] && cat lk",
            f"test -f {source} || {{ echo \"missing {source}\" >&2; false; }}", f"if [ -s {source} ]; then echo data; else echo empty; fi", f"set -- $(wc -c {source}); echo \"$1\"", f"x=$(cat {source}) && echo ${{#x}}", f"echo \"$(basename {source} .x) $(dirname t/u/{source})\"", f"cp {source} out && cmp out {source} && echo same",
            f"md5sum {source}" + (" | cut -d' ' -f1" if self.pipes else ""), f"( cat {source}; echo end ) > out 2>&1; cat out" + (" | tail -n 1" if self.pipes else ""), "seq 1 5" + (" | tr '\\n' ' '" if self.pipes else ""), f"echo \"$l\"" + (" | cut -d: -f4 | tr ' ' '_'" if self.pipes else ""), f"sort {source}" + (" | uniq -c" if self.pipes else ""),
            f"test $(( $(stat -c %s {source}) % {count} )) -eq 0; echo $?", f"y=$(( ($(stat -c %s {source}) + 15) / 16 * 16 )); dd if={source} of=out bs=$y conv=sync 2>/dev/null; stat -c %s out", f"while read -r k v; do echo \"$v=$k\"; done < {source}", f"echo 'A=1 B=\"q r\"' > cfg; . ./cfg; echo $A $B",
            f"cat {source}" + (f" | ( read a; echo \"first $a\"; cat ) | sed 's/^/> /'" if self.pipes else ""), f"printf '%s' \"$a\"" + (" | od -An -c | tr -s ' '" if self.pipes else ""), f"dd if=/dev/zero bs={size} count={count} 2>/dev/null" + (" | tr '\\000' '\\377' > out; stat -c %s out" if self.pipes else ">out"), f"chmod 600 {source} && stat -c %a {source}",
            "rm -rf n; mkdir n; (cd n; touch a b; ls); ls n/*", f"cat {source} 2>/dev/null > out || rm out; ls out", f"tee out < {source} > /dev/null; cat out", f"[ -z \"$(cat {source} 2>/dev/null)\" ] && echo none", f"touch -d @0 out; stat -c %Y out", f"od -An -tx1 -N4 {source}", f"fold -w 5 {source}", f"nl {source}", f"rev {source}", f"tac {source}")

    # --- the rest ---

    def assorted(self):
        return self.pick(
            "wait", "wait x", "wait -x", "wait %1", "wait 99999", "wait ''", "exit ' 7 '", "exit +7", "return ' 3 '", "shift +1", "type cat nosuch if f1 :", "command -v cat", "command -v ./foo; echo $?", "command -V nosuch; echo $?", "command -v t; echo $?", "command -v ./t d/e; echo $?", "type ./foo; echo $?",
            "hash cat; type cat", "hash -r", "hash nosuch; echo $?", "hash echo; echo $?", "cat foo >/dev/null; type cat", "command -p cat foo", "command -pv cat >/dev/null; echo $?", "kill -l 1 2>/dev/null", "kill -l 15; kill -l 130", "kill; echo $?", "kill -l TERM", "kill x; echo $?",
            "read; echo $?", "read -r; echo $?", "read -p prompt a <foo; echo \"$a\"", "read 1x <foo; echo $?", "read a b <d/e; echo \"$a|$b\"", "read -x a; echo $?", "read -r a- <foo; echo $?", "export 1x; echo $?", "export -p >/dev/null; echo $?", "readonly zz=1; zz=2; echo no", "(readonly zz=1; zz=2; echo no); echo $?", "(readonly zz=1; unset zz; echo no); echo $?",
            "unset 1x; echo $?", "unset a b; echo ${a-u}${b-u}", "unset -x a; echo $?", "times >/dev/null; echo $?", "ulimit -n >/dev/null; echo $?", "alias q=echo" if False else ":", "echo $-", "set -o | grep errexit" if self.pipes else "echo $-", "set -o nosuch; echo no", "(set -Z; echo no); echo $?", "set +o >/dev/null; echo $?", "set -a; va=1; env | grep ^va" if self.pipes else "set -a",
            "[ a -nt foo ]; echo $?", "[ foo -ef ./foo ]; echo $?", "test 1 -eq 1x; echo $?", "[ -t 0 ]; echo $?", "[ ! ]; echo $?", "[ -n ]; echo $?", "[ a = a -a b = c -o x ]; echo $?", "[ \\( a \\) ]; echo $?", "[ ]; echo $?", "[ a b c ]; echo $?", "[ 9223372036854775808 -gt 0 ]; echo $?", "test ! a = b; echo $?", "test -e t/u -a -d t/u; echo $?", "[ 010 -eq 10 ]; echo $?",
            "printf '%s,%5.2s|%-6s|\\n' abc def", "printf '%b' 'a\\tb\\n\\0101\\c' x", "printf '%d %i\\n' 0x1f 010 \"'a\" '\"b'", "printf '%x %X %o %u\\n' 255 255 8 -1", "printf '%5d|%-5d|%05d\\n' 42 42 42", "printf '%c%c\\n' abc ''", "printf '%s\\n'", "printf -- '-x\\n'", "printf '%*s\\n' 5 a", "printf '%%%s' a; echo", "printf '%d\\n' abc; echo $?", "printf '%z\\n'; echo $?", "printf '\\x41\\u41\\e\\n'",
            "printf '%s %s\\n' a b c", "printf '%.3f %g %e\\n' 3.14159 1e10 0.5", "printf; echo $?", "printf 'a\\", "printf '%d\\n' 99999999999999999999; echo $?", "printf '%d %d\\n' 1", "echo -n a; echo", "echo 'a\\tb\\n'", "echo 'x\\cy'; echo", "echo -e a", "echo '\\0101\\101'", "echo -- a", "echo a\\\\b 'a\\\\b'",
            "echo $((1+2*3)) $(( (1+2)*3 )) $((7%3)) $((-7/2)) $((1<<4)) $((255>>4))", "echo $((5&3)) $((5|3)) $((5^3)) $((~5)) $((!5)) $((!0))", "echo $((1<2)) $((2<=2)) $((3>4)) $((1==1)) $((1!=1)) $((1&&0)) $((0||2))", "echo $((n=5)) $((n+=2)) $((n-=1)) $((n*=3)) $((n/=2)) $((n%=5)) $n", "echo $((n<<=2)) $((n>>=1)) $((n&=7)) $((n|=8)) $((n^=1)) $n",
            "echo $((n>0?n:-n)) $((0?1:2?3:4))", "echo $((0x1F)) $((017)) $((-0x10)) $(( - - 3)) $((- -n)) $((!!n))", "echo $((9223372036854775807+1)) $((-9223372036854775807-1))", "echo $((1/0)); echo no", "(echo $((1%0)); echo no); echo $?", "echo $((08)); echo no", "echo $((a)); echo no", "x=n; echo $((x)) $(($x+1))", "x='1 + 1'; echo $(($x * 2)) $((x)); echo no",
            "echo $((n,1)); echo no", "echo $((n++)); echo no", "echo $((1 +)); echo no", "echo $(( )); echo $?", "echo $((\"3\" + '4')); echo no", "echo $((${none:-2} + ${#a}))", "echo $(($(echo 4) * `echo 2`))", "x=$((1)) && echo $x", "echo $((1\n+2))" if not self.flat else ":", "echo \"$((n))\"$((m))'$((n))'",
            "echo ${a:-x}${a:+y}${none:=z}$none", "echo ${#} ${#a} ${#@} ${#*} ${#1} ${#none}", "echo \"${none-$(echo d)}\" ${none-'q r'} \"${none-'q r'}\"", "echo ${none?}; echo no", "(: ${none:?gone away}); echo $?", "echo \"${a#x}\" \"${a%\"y\"}\" ${b##*:} ${b%%:*}", "IFS=; echo $s; echo \"$*\"; unset IFS", "IFS=:; set -- $l; echo $#; echo \"$*\"; echo $*; unset IFS", "IFS=' :'; set -- $l; printf '<%s>' \"$@\"; echo; unset IFS",
            "x='  a  b '; set -- $x; echo $#; set -- \"$x\"; echo $#", "set -- a 'b c'; for i in $* \"$*\" $@ \"$@\"; do printf '<%s>' \"$i\"; done; echo", "set -- ''; echo $# \"$@\"; set -- $none; echo $#; set -- \"$none\"; echo $#", "echo \"$@\"x x\"$@\" \"a$@b\"", "set -f; echo *; set +f", "echo t/u/*.x | wc -w" if self.pipes else "echo t/u/*.x", "x=*; echo $x \"$x\"", "echo \"$Q\" $Q t/u/$Q",
            "echo ~ ~root ~nosuch a~ \"~\" x=~ ~/x", "x=~:~/y; echo $x", "echo {a,b}", "echo $'a'", "echo a\\\nb" if not self.flat else ":", "echo 'a\nb'" if not self.flat else ":", "echo \"a\\\nb\\c\\$\"" if not self.flat else ":", "echo # c", "echo a#b '#'", "! :; echo $?", "! ! :; echo $?", "{ echo a; echo b; } | { read x; echo $x; cat; }" if self.pipes else ":", "(echo a; (echo b)); ((n)); echo $?",
            "[[ a ]]; echo $?", "x=5 y=$x; echo $y", "x=1 x=2 env | grep ^x=" if self.pipes else "x=1", "a=$(echo 'b c') ; echo $a", "a=b:$b; echo $a", "a=\"$@\"; echo \"$a\"", "a=$*; echo \"$a\"", "while read x; do echo $x; break; done <foo; echo $x", "for i in; do echo no; done; echo $?", "for i in a b; do for j in 1 2; do [ $j = 2 ] && continue 2; echo $i$j; done; done", "while :; do while :; do break 2; done; done; echo out",
            "i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done", "i=0; until [ $i -ge 2 ]; do i=$((i+1)); done; echo $i", "if false; then :; elif (exit 2); then :; else echo $?; fi", "if ! false; then echo y; fi", "echo $LINENO", "f1() { echo $LINENO; }; f1", "set -x; echo $b; set +x", "PS4='> '; set -x; a=1; set +x", "echo $PPID >/dev/null; echo $?", "echo \"$IFS\" | od -An -c" if self.pipes else ":")

    def posix_command(self):
        """A simple line of the above; several commands at times."""
        return self.weighted(
            (4, lambda: self.pick("printf '<%s>\\n' ", "echo ", "ls -d ", "cat ", "set -- ", "f0 ") + self.posix_words()), (1, lambda: f"for x in {self.posix_words()}; do echo \"$x\"; done"), (1, lambda: f"x={self.posix_word()}; echo \"$x\" $x"),
            (2, self.here_command), (1, self.getopts_loop), (1, self.shift_loop), (1, self.read_loop), (2, self.case_of), (3, self.errexit), (1.5, self.nounset), (1, self.statuses), (2, self.posix_function), (1.5, self.evaluated), (1.5, self.sourced),
            (1.5, self.exec_redirection), (1.5, self.redirected_compound), (1.5, self.trapped), (1.5, self.folder_command), (.7, self.mode_command), (4, self.recipe_line), (5, self.assorted))
