# shells: bash
# a script whose interpreter is missing
printf '#!/nowhere/at/all\n' >script
chmod +x script
./script
echo $?
PATH=.:$PATH
script
echo $?
