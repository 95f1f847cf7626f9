# shells: bash dash
. /dev/stdin <<'EOF'
x=5; echo in $x
EOF
echo $x; . /dev/fd/3 3<<'EOF'
echo three
EOF
echo 'echo f' | . /dev/stdin; . /dev/stdin </dev/null; echo $?
