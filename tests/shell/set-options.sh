set -e; set +e; set -u; set +u; set -- -a b; echo "$1" $#; set x y; echo $1 $#; set --; echo $#; set -f; echo *; set +f; set -x; set +x 2>/dev/null; set - p q; echo $1 $2
