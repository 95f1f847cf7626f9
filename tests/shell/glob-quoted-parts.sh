touch 'a*b' axb; echo a"*"b; echo a\*b; echo a*b; x='a*'; echo "$x"b; echo $x; set -f; echo *; set +f; echo *
