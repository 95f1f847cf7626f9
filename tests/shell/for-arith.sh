# shells: bash
for ((i=0; i<3; i++)); do echo $i; done; for ((;;)); do break; done; for (( j = 5 ; j > 3 ; j-- )) { echo $j; }; n=2; for ((i=1;i<=$n;i++)); do echo n$i; done; for ((i=0;i<5;i++)); do ((i==2)) && continue; ((i==4)) && break; echo i$i; done
