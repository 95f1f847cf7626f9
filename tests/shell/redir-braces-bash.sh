# shells: bash
echo x > {a,b}; echo $?
echo x > {a,}; echo $?
echo x >> out{,}; echo $?
cat < f{oo}; echo $?
cat <<< {a,b}
