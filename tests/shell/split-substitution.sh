for i in $(printf 'a b\nc  d\n'); do echo "<$i>"; done; set -- "$(printf 'x\n\n\n')"; echo "<$1>"
