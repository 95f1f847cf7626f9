# shells: bash
echo 'echo $1 $#' > f; . ./f a b; source ./f c; echo $1 $#; . /nonexistent/f; echo $?; source nofile; echo $?
