# shells: dash
set -- 'p q' r; echo ${#@} ${#*} ${##}; set --; echo ${#@}
