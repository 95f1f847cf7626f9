i=0; s=; while [ $i -lt 2000 ]; do i=$((i+1)); s=$s.; done; echo ${#s} $i; for i in $(seq 1000); do t=$(echo $i); done; echo $t
