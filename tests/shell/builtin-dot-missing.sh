# shells: dash
(. /nonexistent/f; echo no); echo $?; . ./nofile; echo no
