# shells: dash
# nor behind a pattern
(eval 'case x in a if)')
eval 'f(while'
