echo 'a/b.so c/d.so' | tr ' ' '\n' | while :; do read FILE; [ -z "$FILE" ] && break; echo ${FILE##*/}; done
