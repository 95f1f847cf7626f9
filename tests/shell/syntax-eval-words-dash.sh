# shells: dash
for text in ')' ';;' 'echo )' 'echo "' 'fi' '&& a' '(a) b' '{ a' 'for x in y; a' then 'a ;; b'; do
	(eval "$text")
done
