set $(echo "512 1024 2048"); OFF="$(($1 / 512))"; echo $OFF $2 $3 $#; for part in "a=1" "b=2"; do echo ${part%%=*} ${part#*=}; done
