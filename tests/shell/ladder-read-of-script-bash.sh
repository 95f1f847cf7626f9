# shells: bash
# ladder
# what bash is fed with is the input of its commands, too
printf 'read x\nabc\necho "[$x]"\n' | bash
bash <<'E'
while read -r x; do echo "[$x]"; done
1
2
E
bash -s word <<<'echo $1; cat
rest'
echo 'echo one line; read x; echo $?' | bash
