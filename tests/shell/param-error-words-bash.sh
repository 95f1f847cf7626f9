# shells: bash
# the message of ${x?word} is split and joined; the value of ${x=word} is not
x='a   b *'; r=(a '' b); set -- 'p  q' '' z
(echo ${unset?$x}) ; (echo "${unset?$x}"); (echo ${unset?"$x"}); (echo ${unset?${r[*]}}); (echo ${unset?$@});(echo "${unset?$@}"); (echo "${unset?${r[*]}}"); (echo ${unset?  a   b   }); (echo "${unset? a   b }"); (echo ${unset? "a   b" }); (echo ${unset?~}); (echo "${unset?~}"); (echo "${unset?'x'}"); (echo ${unset?'x  '}); (echo ${unset?$(echo 'a  b')}); (IFS=:; x=a::b; echo ${unset?$x}); (echo ${unset?"$@"});(echo ${unset?a"$@"b}); (echo ${unset?*});  (echo ${unset?\\});  (echo "${unset?\\\}}")
(y=${unset?$x}); (case ${unset?$x} in *) ;; esac); (cat <<E
${unset?$x}
E
)
echo ${v=$x}; echo "$v"; unset v; echo "${v=$@}"; echo "$v"; unset v; echo ${v=$@}; echo "$v"; unset v; echo ${v=a   b}; echo "$v"; unset v; echo ${v=${r[*]}}; echo "$v"; unset v; IFS=; echo ${v=${r[*]}}; echo "$v"; unset v;echo ${v=$*}; echo "$v"; unset v;echo ${v=$@}; echo "$v"; unset v; IFS=:; echo ${v=$*}; echo "$v"; unset v;echo ${v=$@}; echo "$v"
