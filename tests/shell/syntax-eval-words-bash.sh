# shells: bash
# late: what bash says of a wrong text within eval, with the lines before it run
e() ( eval "$1"; echo "= $?" )
e "a '"; e 'a "b'; e 'a `b'; e 'a ${b'; e 'a $(b'; e 'a $((b'; e '((b'; e 'a |'; e 'if a'; e '{ a'; e '(a'
e 'a <'; e 'a < | b'; e '; a'; e 'a ;; b'; e 'a )'; e '}'; e 'fi'; e 'a ( b'; e 'a () b'; e 'for'; e 'for i in a; b'
e 'case a b'; e 'case a in b'; e 'case a in b) c;; d'; e 'if a; then; fi'; e 'while a; do done'; e '()'; e '{ }'
e 'a && && b'; e '<<'; e 'function'; e 'f()'; e '! '; e '! !'; e 'x=1 (b)'; e $'echo one\necho (two\necho three'
e $'\n\n)'; e $'a |\n\n'; e 'echo \'; e 'nosuch\'
trap ')' EXIT
