echo "${x=one}" "$x"; echo "${x:=two}" "$x"; y=; echo "${y=three}|${y:=four}|$y"
