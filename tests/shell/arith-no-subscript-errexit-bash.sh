# shells: bash
# with -e what bash reports ends it at once, an element without an index too
(set -e; echo $((r[])); echo over); echo $?
(set -e; echo $((r[])) || echo else; echo over); echo $?
(set -e; f() { x=$((r[])); }; f && echo x; echo over); echo $?
(set -e; a[r[]]=2; echo over); echo $?
(set -e; cat <<< $((r[])); echo over); echo $?
echo $((r[]))
set -e
r+=(a) && printf '<%s>\n' /p$((r[]))
echo over
