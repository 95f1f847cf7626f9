# A command that a relative folder of PATH has is called by that folder and its name.
mkdir t; printf '#!/bin/sh\necho "$0"\n' > t/s; printf 'echo "$0"\n' > t/u; printf '#!/bin/cat\n' > t/v; chmod +x t/*
cp t/s t/u .
PATH=t:$PATH s
PATH=t:$PATH u
PATH=t:$PATH v
PATH=./t:$PATH s
PATH=t/:$PATH s
PATH=t//:$PATH s
PATH=:$PATH s
PATH=.:$PATH s
PATH=.:$PATH u
cd t
PATH=..:$PATH s
PATH=../t:$PATH s
PATH=../t:$PATH; type s; command -v s
./s
../t/s
(PATH=../t; s)
