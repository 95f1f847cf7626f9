# shells: dash
printf '%d %x\n' "'é" '"Î' "'"
