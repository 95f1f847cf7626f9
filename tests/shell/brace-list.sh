# shells: bash
echo a{b,c}d {x,y}{1,2} {a} {} {a,} pre{,s} a{b{1,2},c}d "{a,b}" \{a,b} {a\,b,c} $HOME{1,2}x {a,b
mkdir -p r/{bin,dev,lib}; echo r/*; x={a,b}; echo $x
