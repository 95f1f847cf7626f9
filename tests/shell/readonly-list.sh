# shells: bash
# Those of bash itself are listed, too.
readonly x=1
readonly -p | grep -v -e PPID -e OPTS
f() { local a b=2; local c; c=(1 2); g; local; }; g() { local x1=1; local; }
f
