# shells: bash
# What the redirections of a command assign is lost where it is a process of its own.
m=1
cat <<< $((m = 2)); echo $m
cat <<E
$((m = 3)) ${q=1}
E
echo $m $q
nosuch <<< $((m = 4)); echo $m
read x <<< $((m = 5)); echo $m
f() { cat; }
f <<< $((m = 6)); echo $m
{ cat; } <<< $((m = 7)); echo $m
env true <<< $((m = 8)); echo $m
