# shells: dash
# A line of a body that is a backslash alone: dash looks for the end right behind it, unless a tab was taken away.
cat <<E
\
E
echo 1
cat <<-E
	\
	E
	E
nosuch
cat <<-'E'
	\
	E
cat <<E
a\
E
E
