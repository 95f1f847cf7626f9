# shells: bash
# behind an eval whose text ends in a backslash { is no reserved word, unless it ran another text
eval 'eval :\
'
{ echo a; }
eval 'x=$(eval :); true\
'
{ echo b; }
