# shells: bash
cat <<< a:~
cat <<< "a":~/x:~
cat <<< a=~
