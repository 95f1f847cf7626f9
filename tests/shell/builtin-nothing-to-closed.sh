# Nothing to write is no error, closed or not.
{ printf "%s"; } >&-; echo $?
printf '' >&-; echo $?
printf '%s' '' >&-; echo $?
