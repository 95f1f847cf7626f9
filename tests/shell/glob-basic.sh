touch b.txt a.txt c.log .hidden 'sp ace.txt'; mkdir d; touch d/x d/y
echo *; echo *.txt; echo [ab].txt; echo ?.log; echo .h*; echo d/*; echo */; echo nomatch*; echo "*"; echo \*
for f in *.txt; do echo "<$f>"; done; x='*.log'; echo $x "$x"
