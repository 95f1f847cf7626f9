# shells: bash
# an empty pattern at the start or the end
x=abc r=(a '' b)
echo ${x/#/-D} ${x/%/.c} ${x//#/Q} ${x/#} ${x/%} ${x/#//y}
printf '[%s]' "${r[@]/#/-I}" "${r[@]/%/.c}"; set -- x y; printf '[%s]' "${@/#/-L}" "${*/%/;}"
y=; echo "[${y/#/a}]" "[${y/%/b}]" "[${u/#/a}]"
