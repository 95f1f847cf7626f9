# shells: dash
# A command's line is the one on which its first word, or its first operator, ends.
"no
such" x
nosuch\
 x
>\
none/x :
true |
( nosuch ) <none |
{ nosuch; } <none
f()

{ nosuch; } <none
f
