# shells: dash
# trap lists its actions in quotes: several ' together stand within "".
for t in "'" "a''b'" "'a" 'a b'; do
	trap "$t" INT
	trap
done
