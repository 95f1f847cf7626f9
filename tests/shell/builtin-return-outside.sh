echo a; return 4; echo "b $?"
