# shells: bash
# a backslash in a value takes the meaning of what follows it, where there is a pattern
mkdir d q; touch foo 'f\oo' d/e 'q/\e' x.y
for a in '\foo*' 'f\oo*' '*\o' '\*' '\d/*' '*/\e' '\./*' 'd/*\' '\d/e' 'x\.*' 'q/\\*' '[f\]*' 'd/[\e]' '*/\'; do
	echo "$a" $a
done
x='\d'
echo $x/* $x"/"* "$x"/*
