echo to-stderr > /dev/stderr; { echo to-stdout > /dev/stdout; } | cat; echo in | cat /dev/stdin; read x < /dev/null; echo "$? <$x>"; echo gone > /dev/null
