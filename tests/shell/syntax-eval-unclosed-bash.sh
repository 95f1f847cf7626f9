# shells: bash
# late: What a text that ends within a quote leaves is of no account to the next text on the line.
eval 'x"'; eval '{ r=(1); echo hi; }'
eval 'if `'; : $(:); (eval 'if :; then echo hi; fi')
for i in 1 2; do eval 'a="'; x=$(eval 'for x in a; do echo $x; done'); echo "$x"; done
if eval "echo '"; then :; fi; eval 'eval "{ echo a; }"'
