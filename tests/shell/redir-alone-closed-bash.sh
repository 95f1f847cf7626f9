# shells: bash
# an assignment with a closed standard input is made apart; the lines of redirections
[ -x ! -o '(' -lt -a ]; echo $?
x=$([ -x ! -o '(' -lt -a ]) <&-; echo $?
x=$(exit 3) <&-; echo $?
x=$(exit 3) </dev/null; echo $?
x=$(exit 3) >o; echo $?
x=$(exit 3) 3<&-; echo $?
x=$(exit 3) <<< a; echo $?
x=$(exit 3) <<A
A
echo $?
x=$(exit 3) 3</dev/null; echo $?
x=$(exit 3) <&0; echo $?
<&-; echo $?
(exit 4); <&-; echo $?
(exit 4); x=1 <&-; echo $?
(exit 4); x=1 </dev/null; echo $?
x=$(exit 3) <none; echo $?
if ( [[ a ]] <<<`let '~ 0' < d/*`
:
false
)
then :; fi
( [[ a ]] <<<$((1%0))
:
false
)
[[ a ]] <<<`let '~ 0' < d/*`
if :; then [[ a ]] <<<`let '~ 0' < d/*`
:
fi
( ((1)) <<<`let '~ 0' < d/*`
:
)
( : <<<`let '~ 0' < d/*`
:
)
( [[ a ]] < d/*
:
)
( { :; } <<< `let '~ 0' < d/*`
:
)
( [[ a ]] <<<$(let '~ 0' < d/*)
:
)
