# shells: dash
# no word is reserved where a ")" should be
eval 'o(in'
