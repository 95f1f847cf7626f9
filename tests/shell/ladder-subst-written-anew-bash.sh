# shells: bash
# ladder: bash reads it once more as it writes it
echo $(</dev/null then x)
echo `</dev/null then x`
