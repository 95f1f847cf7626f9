# shells: bash
# ladder
exec 3>trace
BASH_XTRACEFD=3
set -x
echo a
set +x
cat trace
FUNCNEST=2
f() { f; }
(f)
POSIXLY_CORRECT=1
x=3 export y
echo "[$x]"
