# shells: bash
# The same in the lines of the program itself.
x='[[ < a ]]'
f() { [[ -n q ]] && echo f; }
(eval "$x"
echo in; [[ -n q ]]; echo $?)
eval "$x"; f
# [[ a comment
echo a # ]]
cat <<E1
[[ x ]]
E1
for i in [[ ; do echo $i; done
for i in ]] ; do echo $i; done
echo no
