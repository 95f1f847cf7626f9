# shells: bash dash
echo x >a
ln a b
ln b c
[ a -ef c ]; echo $?
[ b -ef a ] && stat -c %h c
cp a d
[ a -ef d ]; echo $?
ln b c; echo $?
ln nothing e; echo $?
rm a
cat b c
