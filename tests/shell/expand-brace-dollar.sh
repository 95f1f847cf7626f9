# shells: bash
# ladder
# A dollar that braces put in front of something is its beginning: the word is read once more.
b=a:b x=1
echo {a,$}b {$,a}{b,c} {a,$}{b} {$,a}"x" {$,a}. {a,b}$ a$.{b,c}
x='echo 0$\*{ {$,b}\* $\a{c,d} {a,$}\\b'; eval "$x"
