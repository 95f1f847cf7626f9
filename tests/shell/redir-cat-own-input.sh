echo x >out
cat <out >>out
cat out
{ read x; cat; } <out >>out
echo a >new
cat <new 1<>new
{ echo b; cat; } >new 3>new 0<&3
cat new
