# shells: bash
# bash counts characters where the locale has such of several bytes.
x='aéü€𝄞z'
echo "${#x}"
LC_ALL=C.UTF-8
echo "${#x}" "${x:1:2}" "${x:2}" "${x: -2}" "${x:0:-1}" "${x: -9:2}"
echo "$(LC_ALL=C; echo ${#x})${#x}$(LC_ALL=C; echo "${#x}")"
(LC_ALL=C; echo "${#x}" "${x:0:2}"); echo "${#x}"
f() { local LC_ALL=C; echo "${#x}"; }
f; echo "${#x}"
echo "${x%?}" "${x#??}" "${x##*é}" "${x//[éü]/_}" "${x//?/-}" "${x/%?/!}" "${x/#?/!}" "${x/€/e}"
echo "${x^^}" "${x^^[é-ü]}" "${x,,}"
y=Éa; echo "${y,}" "${y@L}" "${y@Q}" "${y@u}"
for c in é ü ß É 1 ' ' € a; do
	case $c in [éü]) echo in ;; [![:alpha:]]) echo no letter ;; [[:upper:]]) echo upper ;; ?) echo one ;; *) echo more ;; esac
done
[[ é == ? ]] && [[ é =~ ^.$ ]] && [[ é =~ ^[[:alpha:]]$ ]] && echo one
printf %s "$x" | { read -r -n 2 y; echo "$y"; read -r -N 2 y; echo "$y"; }
printf '%d %x\n' "'é" "'€"
printf '%q %q\n' "$x" 'é a'
LC_ALL=C printf '%q %d\n' é "'é"
printf '\u20ac \U1d11e\n'
echo -e '\u00e9'
set -x; : "$x" 'a é'; set +x
declare -p x
b=$'\xff\xfea\xc3'; echo "${#b}"; printf '%s\n' "${b//?/x}" "${b@Q}"; printf %s "${b:1:2}" | od -c
touch é ü aa; echo ?; echo [[:alpha:]]; rm é ü aa
LC_ALL=; echo "${#x}"; LANG=C.UTF-8; echo "${#x}"; LC_CTYPE=C; echo "${#x}"; unset LC_CTYPE LANG; echo "${#x}"
LC_ALL=C.UTF-8 eval 'echo ${#x}'; echo "${#x}"
