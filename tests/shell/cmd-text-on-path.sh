# shells: bash dash
# A file without #! on PATH comes before the command that it is called like.
mkdir bin; echo 'echo own "$@"' >bin/tr; chmod +x bin/tr
PATH=$PWD/bin:$PATH
echo aaa | tr a b; tr x
echo 'echo hello' >bin/hello; chmod +x bin/hello
command -p hello 2>/dev/null; echo $?
