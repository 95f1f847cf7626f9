# shells: bash
trap 'echo a' TERM 0; trap -p TERM; trap -p foo; echo $?; trap -p EXIT INT
trap 'echo T; exit 3' TERM; kill $$; echo no
