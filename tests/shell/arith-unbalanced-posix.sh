# shells: dash
# $(( is arithmetic, whatever is in it.
(eval "echo \$(( 3) : ((08)) ))")
echo $(( (1) + (2) ))
