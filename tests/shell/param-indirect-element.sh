# shells: bash
(echo ${!arz[0]}; echo no)
arz=foo; echo "${!arz[1]}|${!arz[1]-x}"
arz[1]=q; q=v; echo ${!arz[1]} "${!arz[3]:-u}"
