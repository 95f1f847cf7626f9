# shells: bash
# an error that leaves a subshell whose text another process reads leaves its redirections to the EXIT trap
$BASH -c '( { trap "echo t" EXIT; echo ${9=c}; } >/dev/null
)'
eval '( { trap "echo u" EXIT; echo ${9=c}; } >/dev/null
)'
( { trap "echo v" EXIT; echo ${9=c}; } >/dev/null
)
x=$( ( { trap "echo w" EXIT; echo ${9=c}; } >/dev/null
) ); echo "$x"
(eval '{ trap "echo x" EXIT; echo ${9=c}; } >/dev/null')
