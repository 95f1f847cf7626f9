# shells: dash
# Each tool has its own words for a descriptor that is closed.
echo one >f
for t in cat 'cat - f' 'tr a b' 'sed p' head 'wc -c' 'cut -c1' tail uniq tac od fold nl md5sum; do $t <&-; echo "$t $?"; done
for t in 'tr a b' 'sed p' 'sort f' 'tee o' 'expr 1 + 1' 'ls f' 'env -i A=1'; do $t <f >&-; echo "$t $?"; done
