echo "$(echo "a b" 'c d')" "`echo "q w"`" $(echo ")") $(echo \)) "$(case x in x) echo in;; esac)"
