# shells: bash
hw_id=01040016; echo -ne "\x${hw_id:0:2}\x${hw_id:2:2}\x${hw_id:4:2}\x${hw_id:6:2}" | od -An -tx1; data_size_crc="$(printf '%08x%08x' 305419896 2596069104)"; echo -ne "$(echo "${data_size_crc:8:8}" | sed 's/../\\x&/g')" | od -An -tx1
