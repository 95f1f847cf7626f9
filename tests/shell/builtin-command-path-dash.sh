# shells: dash
# command -p does not remember where it found it
command -p cat </dev/null
command -V cat
command cat </dev/null
command -V cat
