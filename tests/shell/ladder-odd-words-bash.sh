# shells: bash
# ladder
# Words that make a whole text one for the real shell.
echo over
i=3; declare x[$i]=~; declare -p x
declare +a y[1]=3
(x['1']=3); (echo ${x['0']}); declare -p x
type --help | head -n 1
(PS4='\# '; set -x; : a) 2>&1 | wc -l
