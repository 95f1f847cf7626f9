# shells: bash dash
# ladder
# What a trap of nothing ignores, whatever is started ignores too: processes, scripts, what an applet runs
p='kill USR1, $$; print qq(alive\n)'
trap '' USR1
perl -e "$p"
perl -e "$p" | cat
echo "$(perl -e "$p")"
find . -maxdepth 0 -exec perl -e "$p" \;
bash -c 'trap; (trap "echo caught" USR1; trap)'
env dash -c 'trap "echo caught" USR1; kill -USR1 $$; echo end'
(trap 'echo caught' USR1; perl -e "$p") 2>/dev/null
echo $?
trap - USR1
bash -c trap
