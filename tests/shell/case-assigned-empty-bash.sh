# shells: bash
# the word of case, where an operation leaves quotes empty that it has just assigned
r=(a b); e=
for i in 1 2; do
case */"${r[5]=}" in */) echo 1 ;; *) echo no1 ;; esac
case a"${r[6]=}" in a) echo 2 ;; *) echo no2 ;; esac
case a"${x=}" in a) echo 3 ;; *) echo no3 ;; esac
case a"${r[6]-}" in a) echo 4 ;; *) echo no4 ;; esac
case a"${r[6]}" in a) echo 5 ;; *) echo no5 ;; esac
case a"${r[6]+}" in a) echo 6 ;; *) echo no6 ;; esac
case a"${r[6]:+}" in a) echo 7 ;; *) echo no7 ;; esac
case a"${r[6]:=}" in a) echo 8 ;; *) echo no8 ;; esac
case a"${r[6]:-}" in a) echo 9 ;; *) echo no9 ;; esac
case a"${r[6]#x}" in a) echo 10 ;; *) echo no10 ;; esac
case a"${e-}" in a) echo 11 ;; *) echo no11 ;; esac
case a"${e:-}" in a) echo 12 ;; *) echo no12 ;; esac
case a"${r[6]?}" in a) echo 13 ;; *) echo no13 ;; esac
case a"${e?}" in a) echo 14 ;; *) echo no14 ;; esac
case a"${r[9]-}" in a) echo 15 ;; *) echo no15 ;; esac
case a"${r[9]-x}" in ax) echo 16 ;; *) echo no16 ;; esac
case a"${r[9]}" in a) echo 17 ;; *) echo no17 ;; esac
case a in a"${r[6]-}") echo 18 ;; *) echo no18 ;; esac
case a in a"${r[6]}") echo 19 ;; *) echo no19 ;; esac
case a"$(:)""${r[6]-}" in a) echo 20 ;; *) echo no20 ;; esac
case ."${r[@]:5}" in .) echo 21 ;; *) echo no21 ;; esac
case a"${*-}" in a) echo 22 ;; *) echo no22 ;; esac
case a"${1-}" in a) echo 23 ;; *) echo no23 ;; esac
case a"${s[0]-}" in a) echo 24 ;; *) echo no24 ;; esac
case a"${e[0]-}" in a) echo 25 ;; *) echo no25 ;; esac
done
