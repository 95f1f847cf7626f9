printf '\x00\x01\xfe' | od -An -tx1; printf '%b' '\x80\0377' | od -An -tx1; printf "$(echo 0badcafe | sed 's/../\\x&/g')" | od -An -tx1
