# SPDX-License-Identifier: GPL-2.0-only
"""What --from FOLDER draws: a text of that folder with a few changes, each at a random place. Such cases are nearer to what
somebody mistypes than programs drawn from nothing, and meet with more of a parser."""
import glob
import os
import sys

ANY = ["\n", "\t", " ", "\\\n", "#", "$", "(", ")", "{", "}", "'", '"', ";", "|", "&", "<", ">", "=", "*", "?", "[", "]", "~", "!", "%",
       ",", ":", "-", "+", "/", "."]
MAKE = ["$$", "::", ":=", "?=", "+=", "!=", "&:", "$(", "${", "define x\n", "endef\n", "ifdef x\n", "else\n", "endif\n", "ifeq (,)\n",
        "include foo\n", "-include ", "export ", "override ", "unexport ", "private ", "undefine ", "vpath %.c .\n", "$@", "$<", "$^",
        "$(@D)", "$(call x,", "$(eval ", "$(foreach i,a b,", "$(if ", "$(subst a,b,", "$(patsubst %.c,%.o,", "$(wildcard *", "$(info ",
        "$(or ", "$(value ", "$(origin ", "$(flavor ", ".PHONY:", ".SECONDEXPANSION:\n", ".ONESHELL:\n", ".POSIX:\n", ".SUFFIXES:\n",
        ".DEFAULT:\n\techo d $@\n", ".RECIPEPREFIX=>\n", "lib(a.o)", "-l", "\r\n", "\0"]
SHELL = ["$x", "${x}", "${x", "`", "\\", ";;", "&&", "||", "{ ", "((", "))", "[[ ", " ]]", "[ ", " ]", "if ", "then ", "else ", "fi",
         "while ", "do ", "done", "for i in ", "case x in ", "esac", "<<E\n", "E\n", "<<<", ">&2", "2>&1", ">>", "[a-c]", "a=(1 2)",
         "${a[@]}", "$((", '"$@"', "$*", "IFS=:", "set -e\n", "set -u\n", "set -- a b\n", "eval ", "local x\n", "return ", "exit ",
         'trap "echo t" EXIT\n', "shift", "break", "continue", "echo ", 'printf "%s\\n" ', "read x ", "export x", "unset x", "${x:-",
         "${x#", "${x%%", "${x/", "${#x}", "${x:1", "{a,b}", "f() ", "$?", "$#", "declare -a ", "readonly x", ". ./foo\n", "$'\\n'"]


def texts(folder, ending):
    """The files of FOLDER that end in ENDING, byte by byte, in the order of their names."""
    found, names = [], sorted(glob.glob(os.path.join(folder, "*" + ending)))
    if not names:
        sys.exit(f"{folder} has no file that ends in {ending}")
    for name in names:
        with open(name, encoding="latin-1") as f:
            found.append(f.read())
    return found


def change(r, text, words):
    """TEXT with one change: a line or some bytes less, twice or elsewhere, or one of WORDS more."""
    lines, n, how = text.split("\n"), len(text), r.randrange(9)
    if how < 3:
        i, k = r.randrange(len(lines)), r.randrange(len(lines))
        if how == 0:
            del lines[i]
        elif how == 1:
            lines.insert(k, lines[i])
        else:
            lines[i], lines[k] = lines[k], lines[i]
        return "\n".join(lines)
    at = r.randrange(n + 1)
    if how < 5:
        return text[:at] + text[at + r.choice([1, 1, 2, 5, 11]):]
    if how == 5:
        to = r.randrange(n + 1)
        return text[:to] + text[at:at + r.randrange(20)] + text[to:]
    return text[:at] + r.choice(words) + text[at:]


def mutate(r, text, words):
    for _ in range(r.choice([1, 1, 1, 2, 2, 3, 5])):
        text = change(r, text, words)
    return text
