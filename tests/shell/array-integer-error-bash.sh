# shells: bash
# what declare -i cannot evaluate drops the evals around, too
declare -i x
eval 'x=1+; echo no
echo no'; echo no
eval 'x+=1+; echo no'; echo no
for x in 1+ 2; do echo no; done; echo no
echo yes $?
set -e
if "${unset[@]:=}"; then :; fi; echo no
