# shells: dash
# quotes of nothing in a here-document are no message
(cat <<D
${3?""}
D
)
(cat <<D
${3:?""}${4?"a"}
D
)
(cat <<D
${4?"$c"}
D
)
(: ${3?""})
