echo abc | tr a-c x-z | cat; false | true; echo $?; true | false; echo $?; ! true | false; echo $?; echo a | { cat; echo b; } | (cat; echo c); echo x |
cat
