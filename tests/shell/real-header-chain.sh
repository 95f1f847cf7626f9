( echo -n -e "ELECOM\x00\x00MKV" | dd bs=40 count=1 conv=sync; echo -ne "0.00" | dd bs=16 count=1 conv=sync; cat /dev/null ) 2>/dev/null > f; od -An -tx1 f
