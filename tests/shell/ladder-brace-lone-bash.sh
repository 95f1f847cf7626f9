# shells: bash
# ladder: bash finds the ends of braces by those in ${..}, too
set -- 'p q' r
printf '<%s>' p{'p q',${*,{1..3..0}}}
