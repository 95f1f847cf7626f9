# shells: dash
# What `hash` remembers, in its table's order; a star where a cd may have changed that.
hash
cat /dev/null; ls > /dev/null; sed q /dev/null; tr a b < /dev/null
hash
(cd /; hash)
hash -r; hash
x=$(expr 1; hash); echo "$x"
nosuch; echo a | tr a b; hash
