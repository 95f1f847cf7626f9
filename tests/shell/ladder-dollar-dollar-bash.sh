# shells: bash
# ladder
n=$(echo "$$(echo a)" | tr -d 0-9); echo "$n"
echo "$$(echo a"
