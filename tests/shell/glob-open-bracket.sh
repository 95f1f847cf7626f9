# a bracket that nothing closes is a letter, also as a command; where it stands with another pattern too
mkdir 'x[y' 'a[b]c'; touch '[' '[a' 'a[b' 'x[y/f1' 'x[y/f2' b ']' '[]' 'a[b]c/g'
echo [ [a a[ a[b [? [?* *[* x[y/f* x[y/f[12] a[b]c/* [] []a] [!] [!a] [b []]
[ -e [a ] && echo there
case '[a' in [a) echo a ;; *) echo no ;; esac
case 'a[b' in *[b) echo b ;; *) echo no ;; esac
v='ab[c/d[e' w='x\c'
echo "${v%[e}" "${v##*[}" "${v#*b[c}" "${v%%/*e}" "${v%e}" "${v##*/}" "${v%x}" "${w%\\c}" "${w%c}" "${w#x}"
