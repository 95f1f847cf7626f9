# shells: bash
# & in the replacement is what was matched; quotes and a backslash take that away.
x=abc y='&' z='\&'
echo "${x/b/[&]}" "${x/b/[\&]}" "${x/b/$y}" "${x/b/"$y"}" ${x/b/"&"} ${x/b/&&} "${x//?/<&>}"
echo "${x/#a/&&}" "${x/%c/&&}" ${x/b/$z} ${x/b/\\&}
a=(one two); echo "${a[@]/o/(&)}"
