# shells: bash dash
for w in if then else elif fi for in while until do done case esac { } ! ; do
	command -v "$w"
	type "$w"
done
