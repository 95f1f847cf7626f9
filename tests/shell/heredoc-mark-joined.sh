# shells: bash
# Lines are joined before bash looks for the mark.
cat <<E_2
\
E_2
echo a
cat <<E_2
a\
E_2
E\
_2
cat <<-E_2
	b
	E_\
2
