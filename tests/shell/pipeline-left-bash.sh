# shells: bash
# Who writes more than a pipe holds to a reader that ends is ended by SIGPIPE.
seq 100000 >big
seq 20000 >middle
seq 100 >small
t() { eval "$1; echo \"\$1: \${PIPESTATUS[*]}\""; }
t 'cat big | head -n1'
t 'cat middle | head -n1'
t 'cat small | head -n1'
t 'cat big | :'
t 'cat middle | read x'
t 'cat middle | sed q'
t 'cat big | sed -n 1p'
t 'cat big | grep -q 1'
t 'cat big | grep -q nowhere'
t 'cat big | grep 1 >/dev/null'
t 'cat big | grep -l 1'
t 'cat big | grep -m 1 1'
t 'cat big | grep -c 1 >/dev/null'
t 'cat big | grep -l 1 >/dev/null'
t 'cat big | grep -c -m 1 1'
t 'cat big | grep -o -m 2 1 >/dev/null'
t 'cat big | sort | head -n1'
t 'seq 100000 | dd count=1 2>/dev/null >/dev/null'
t 'printf "%0200000d" 1 | head -c 3'
t 'for i in 1 2 3; do cat big; done | head -n 1'
t '(cat big) | head -n 1'
t '{ cat big; true; } | head -n 1'
t 'for ((i=0;i<60000;i++)); do echo $i; done | head -n 1'
t '(for ((i=0;i<60000;i++)); do echo $i; done; true) | head -n 1'
t 'f() { cat big; return 3; }; f | head -n 1'
t 'g() { printf "%0200000d" 1; return 3; }; g | head -c 1'
t 'cat big | { head -n1; cat >/dev/null; }'
t 'cat big | { head -n1; }'
t 'cat big | cat small >/dev/null'
t 'cat /dev/zero | head -c 5 >/dev/null'
t 'cat big | exit 3'
t '{ cat big | cat; } | head -n 1'
t 'cat big | head -n -99999'
t 'cat big | od -N4 -c'
t 'cat big | hexdump -n4 -C'
t 'cat big | while read x; do break; done'
t 'cat big | while read x; do :; done'
set -o pipefail
cat big | head -n 1
echo $?
set -e
cat big | head -n 1
echo never
