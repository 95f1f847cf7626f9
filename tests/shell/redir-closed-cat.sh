# cat looks at its output before it reads.
cat </dev/null >&-; echo $?
cat none >&-; echo $?
{ : | cat; } >&-; echo $?
