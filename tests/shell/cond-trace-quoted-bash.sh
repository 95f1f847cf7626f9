# shells: bash
# set -x shows each character of a quoted pattern behind a backslash
set -x
x='a(b)*'
[[ $x = 'a('"$x"\)* ]]
[[ $x =~ '{a}(' ]]
