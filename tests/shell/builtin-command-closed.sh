# bash does not look whether what `command -v` says could be written.
exec 3>&1 >&-
command -v cat; echo $? >&3
command -V echo; echo $? >&3
type echo; echo $? >&3
