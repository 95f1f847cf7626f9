# shells: bash dash
# ladder: behind a redirection nothing is a reserved word
eval 'if :; then { echo no; } >/dev/null fi'
