# shells: bash
# A message that ends a stage under set -e lets its EXIT trap run, whatever kind of command the stage is.
if trap 'echo t1' EXIT; then exit 3; fi | cat
if trap 'echo t2' EXIT; then :; fi | cat
set -u
if trap 'echo t3' EXIT; then echo $u; fi | cat
if trap 'echo t4' EXIT; then echo ${u?}; fi | cat
if trap 'echo t5' EXIT; then echo ${!u}; fi | cat
if trap 'echo t6' EXIT; then echo $((1/0)); fi | cat
(set -e; if trap 'echo t7' EXIT; then false; fi | cat)
(set -e; if trap 'echo t8' EXIT; then echo ${!u}; fi | cat)
(set -eu; if trap 'echo t9' EXIT; then echo ${u}; fi | cat)
(set -eu; if trap 'echo t10' EXIT; then [[ $u ]]; fi | cat)
(set -eu; while trap 'echo t11' EXIT; do [[ $u ]]; done | cat)
(set -eu; case a in a) trap 'echo t12' EXIT; exit;; esac | cat)
(set -eu; case a in a) trap 'echo t13' EXIT; exec true;; esac | cat)
(set -e; r=1; readonly r; if trap 'echo t14' EXIT; then r=2; fi | cat)
(r=1; readonly r; if trap 'echo t15' EXIT; then r=2; fi | cat)
set +u
set -eu
if trap 'echo s9' EXIT; then echo ${u}; fi | cat
if trap 'echo s10' EXIT; then [[ $u ]]; fi | cat
if trap 'echo s11' EXIT; then echo ${!u}; fi | cat
if trap 'echo s12' EXIT; then exit; fi | cat
if trap 'echo s13' EXIT; then false; fi | cat
