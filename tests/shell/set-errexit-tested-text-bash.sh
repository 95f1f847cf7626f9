# shells: bash
# set -e within a text that is tested counts behind it, and in a $(..) there.
if eval 'set -e; echo $-; false; eval "false; echo $-"; x=$(set -e; false; echo sub); echo "[$x]"; f() { false; echo f; }; f; (false; echo par)'; then echo then; fi
echo $-
false
echo no
