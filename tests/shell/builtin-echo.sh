echo a b; echo -n x; echo; echo; echo ''; echo 'a   b'; echo -x; echo - ; echo --; echo "-n"; echo a -n
