# shells: dash
# in a here-document quotes within ${..} do not quote a variable in them
Q='*3' A='[ab]' x=ab3 y=aab
cat <<E
${Q%"$Q"} ${Q#"$Q"} ${Q%"*3"} ${x%"$Q"} ${x%$Q} ${x#"a*"} ${x:-"$Q"}
${y#"$A"} ${y#"[a]"} ${y##"?"} ${y%%"$A"*} ${y%"${A}"} ${y%"$(echo '?')"}
${none-"$Q"} ${none-"a  $y"'b'} ${x+"}"} ${none="$Q"}
E
set -- p 'q r'
cat <<E
${none2-"$@"} ${none2-"$*"} ${x+"$1"'$2'} ${none2:-"${x%"$Q"}"}
E
