# shells: dash
# Where a command was found is where it is looked for from then on, until PATH changes or a cd.
mkdir p q
printf '#!/bin/echo p\n' >q/tool; chmod +x q/tool
PATH=$PWD/p:$PWD/q:$PATH
tool
sed s/p/P/ q/tool >p/tool; chmod +x p/tool
tool; type tool | sed "s#$PWD##"
(tool); echo "$(tool)"
rm q/tool; type tool | sed "s#$PWD##"; command -v tool | sed "s#$PWD##"; tool; echo $?
hash -r; tool | sed "s#$PWD##"
cat p/tool >/dev/null
printf '#!/bin/echo mine\n' >p/cat; chmod +x p/cat
cat q/tool
PATH=$PATH; cat q/tool | sed "s#$PWD##"
