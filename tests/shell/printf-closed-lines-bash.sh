# shells: bash
# With nothing to write to, the end of a line is an error: one in an argument ends printf there, one
# in the format is forgotten when the next argument is written, but not by %b and %q.
exec 3>&1
t() { printf "$@" >&-; echo "$?" >&3; }
t '%s%d\n' 'x
' one
t 'a\n%d%d\n' one two three
t '%d%b%d' 1 'a\nb' two
t '%c%d' '
' two
t '%s%d%z' '
' 2
t 'a\n%z' 2
t 'a\n%n' 2
t 'a\n%s%n' ab 3.x
t '\n%s' ''
t '\n%b%d' '' one
t '\n%s%b' '' '\c' x
t '%s\xq' '
' b
t '\n%q%d' '' one
t '\n%Q%d' a one
t '%d\n%s' one '' three '' four
: >in
exec 4<in
printf '%s%d' 'a
' one >&4
echo $?
