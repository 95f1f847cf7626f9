# shells: bash
# break and continue in a loop's condition
until [ $((w += 1)) -gt 2 ] || { ! continue; }; do :; done; echo $?
for i in 1 2; do while break; do echo no; done; echo "$i $?"; done
for i in 1 2; do until ! break; do echo no; done; echo "$i $?"; done
for i in 1 2; do while [ $((u += 1)) -lt 9 ] && continue 2; do echo no; done; echo never; done; echo "$? $u"
