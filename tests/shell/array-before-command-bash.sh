# shells: bash
# ladder
# an array before a command is a text in its environment
r=(a   "b c") env | grep '^r='
r=(0); r+=(x) eval 'echo $r'; echo "${r[@]}"
n=( )'' ; echo "$n"
