# shells: bash
# ladder: what set -x shows of -v, and ${ within quotes of arithmetic
set -- one '' four
set -x
[[ -v a$@ ]]
((('${')))
