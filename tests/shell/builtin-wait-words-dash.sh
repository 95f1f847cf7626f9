# shells: dash
# The first word that is no number ends it.
for w in x 99999 '' ' 5 ' -x %1 % %- %% '--' '-- 7'; do
	# shellcheck disable=SC2086
	wait $w; echo "$w: $?"
done
wait ''; echo $?
wait 1 2 x 4; echo $?
