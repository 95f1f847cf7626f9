# shells: bash
# the line of for (( )) is the one of the last within it
mkdir d
if false
then for ((w1 = 0; w1 < 0; w1++)); do
false; done 7> d; fi
if true
then for ((w1 = 0; w1 < 0; w1++)); do
false; done 7> d; fi
for ((w1 = 0; w1 < 0; w1++)); do
false; done 7> d
for ((w1 = 0; w1 < 0; w1++)); do
for ((w2 = 0; w2 < 0; w2++)); do :
done; false; done 7> d
for ((w1 = 0; w1 < 0; w1++)); do { :
}
for ((w2 = 0; w2 < 0; w2++)); do :
done; false; done 7> d
for ((w1 = 0; w1 < 0; w1++)); do for ((w2 = 0; w2 < 0; w2++)); do :
:
done 7>d; false; done 7> d
for ((w1 = 0; w1 < 1; w1++)); do :
for ((w2 = 0; w2 < 0; w2++)); do :
:
done 7>d; false; done
for ((w1 = 0; w1 < 1; w1++)); do :
for ((w2 = 0; w2 < 1; w2++)); do echo $LINENO
:
done; echo $LINENO; x=$((1%0)); done
for ((w1 = 0; w1 < 1; w1++)); do :
for ((w2 = 0; w2 < 1; w2++)); do echo $LINENO
:
done; done >$((1%0))
for ((w1 = 0; w1 < 1 %0; w1++)); do :
for ((w2 = 0; w2 < 1; w2++)); do echo $LINENO
:
done; done
