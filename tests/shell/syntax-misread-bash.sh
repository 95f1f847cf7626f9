# shells: bash
# after a text that ends within a word, or whose last newline a backslash takes, bash sees no reserved word next
$BASH -c 'eval "a \"b"
if true; then echo no; fi'; echo $?
$BASH -c 'eval "echo a \\
"
{ echo no; }'; echo $?
$BASH -c 'eval \\
! true
echo $?
eval "\""

if true; then echo yes; fi
eval "\""
((1)); echo $?
eval "eval \"\\\"\"
if true; then echo no; fi"
(eval "\"")
[[ a ]] && echo yes
eval "\""
r=(1 2)'; echo $?
