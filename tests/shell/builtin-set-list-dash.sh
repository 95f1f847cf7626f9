# shells: dash
set | grep -v '^PPID\|^PATH\|^PWD\|^TMPDIR'
set | grep -c '^PPID'
