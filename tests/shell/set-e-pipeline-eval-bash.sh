# shells: bash
# late: in a stage of a pipeline eval and . are not told that their status is asked for
set -e
echo 'false; echo no' > l
if eval 'false; echo no' | cat; then echo t; fi
! . ./l | cat
if command eval 'false; echo no' | cat; then echo t; fi
if eval 'false; echo yes'; then echo t; fi
f() { false; echo yes; }
if f | cat; then echo t; fi
! eval 'a b (' | cat
