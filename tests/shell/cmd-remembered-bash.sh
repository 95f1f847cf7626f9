# shells: bash
# A command stays where it was found until PATH changes, as long as it is there.
mkdir a b
for d in a b; do echo "echo $d" >$d/x1; done
chmod +x b/x1
PATH=$PWD/a:$PWD/b:$PATH
x1
chmod +x a/x1
x1; (x1); command -v x1 | sed 's#.*/b/#b/#'
hash -r; x1
PATH=$PATH; x1
