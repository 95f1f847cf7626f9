# shells: dash
a='x y'
printf b <<X
$((a + 1))
X
echo $?
f() { echo f; }
f <<X || echo or
${n?bad}
X
( echo sub ) <<X
${n?bad}
X
echo $?
: <<X
${n?bad}
X
echo no
