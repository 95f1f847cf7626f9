# shells: bash
# ladder
LC_ALL=C.UTF-8
echo $'\u00e9'
