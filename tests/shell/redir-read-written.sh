# A file that is open for reading is read as it is by then.
echo a > f
{ cat; echo b >> f; cat; echo c >> f; read x; echo $x; } < f
{ echo new > f; cat; } < f
{ rm f; echo other > f; cat; } < f
{ mv f g; echo more > f; cat; } < f
for i in 1 2; do if [ $i = 1 ]; then echo "$i" "$(cat)"; else cat; fi; done >> f < f
cat f
