# shells: dash
set -efau; echo $-
set -C; echo $-
