# shells: bash
# Without an IFS several empty values are nothing to "${*:-x}".
set -- '' ''; a=('' '')
for IFS in '' ' '; do
	x="${*:-m}"; echo "[$x]"; echo "<${*:+m}> <${a[*]:-m}> <${@:-m}>"; x=${*:-m}; echo "[$x]"
done
