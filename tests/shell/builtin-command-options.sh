# shells: bash
command -vb x; command --verbose x; command -v; echo $?
command -pv cat; command -Vv cd; command -vV cd; command -v -- cd
command -v alias pushd; type -t mapfile; command -V fc
