echo "$IFS" | od -An -c; x=a:b; echo $x
