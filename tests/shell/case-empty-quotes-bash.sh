# shells: bash
# quotes that an operation has left empty hold a character that only * matches
b=abc r=(abc '' x); set -- abc
case x in "${b:3}"x) echo m;; *) echo n;; esac
case x in x"${b##*}") echo m;; *) echo n;; esac
case "${b:3}""" in "") echo m;; *) echo n;; esac
case "${b:3}""x" in x) echo m;; *) echo n;; esac
case "${b:3}${b:3}"x in x) echo m;; *) echo n;; esac
case "${b:3}$u"x in x) echo m;; *) echo n;; esac
case "$u${b:3}"x in x) echo m;; *) echo n;; esac
case "${b:3}$(:)"x in x) echo m;; *) echo n;; esac
case "${r[0]:3}"x in x) echo m;; *) echo n;; esac
case "${r[@]:1:1}"x in x) echo m;; *) echo n;; esac
case "${1:3}"x in x) echo m;; *) echo n;; esac
case "${1#*}"x in x) echo m;; *) echo n;; esac
case "${1##*}"x in x) echo m;; *) echo n;; esac
case "${1%%*}"x in x) echo m;; *) echo n;; esac
case "${1%abc}"x in x) echo m;; *) echo n;; esac
case "${1/abc}"x in x) echo m;; *) echo n;; esac
case "${1//?/}"x in x) echo m;; *) echo n;; esac
case "${u#x}"x in x) echo m;; *) echo n;; esac
case "${u/x}"x in x) echo m;; *) echo n;; esac
case "${u:0}"x in x) echo m;; *) echo n;; esac
case "${u^^}"x in x) echo m;; *) echo n;; esac
case "${u-}"x in x) echo m;; *) echo n;; esac
case "${b+}"x in x) echo m;; *) echo n;; esac
case "${b+$u}"x in x) echo m;; *) echo n;; esac
case "${b+${b:3}}"x in x) echo m;; *) echo n;; esac
case "${u:-${b:3}}"x in x) echo m;; *) echo n;; esac
case "$*"x in abcx) echo m;; *) echo n;; esac
set --
case "$*"x in x) echo m;; *) echo n;; esac
case "$@"x in x) echo m;; *) echo n;; esac
case "${*#x}"x in x) echo m;; *) echo n;; esac
case "${@#x}"x in x) echo m;; *) echo n;; esac
case "${*:1}"x in x) echo m;; *) echo n;; esac
set -- ''
case "${*#x}"x in x) echo m;; *) echo n;; esac
case "${@#x}"x in x) echo m;; *) echo n;; esac
case "${*/x}"x in x) echo m;; *) echo n;; esac
case "${r[*]/x}"x in "abc  x") echo m;; *) echo n;; esac
y='a b'; case ${y:3}x in x) echo m;; *) echo n;; esac
case ""${b:3}x in x) echo m;; *) echo n;; esac
case "${b:3}"* in *) echo m;; esac
