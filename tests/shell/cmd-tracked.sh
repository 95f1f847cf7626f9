# shells: dash
# type names what dash found on PATH before, until PATH changes; a pipeline's stages are looked for first.
type cat | sed 's# /.*# PATH#'
cat /dev/null
show() { type cat | sed 's# /.*# PATH#'; }
show
PATH=$PATH; show
command -v cat >/dev/null; show
hash -r; show
cat </dev/null | :; show
(PATH=$PATH; show); show
PATH=$PATH cat /dev/null; show
hash cat; command -V cat | sed 's# /.*# PATH#'
hash nosuch ./none; echo $?
