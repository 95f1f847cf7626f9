# What command -pv and -pV tell of a command that is remembered, and what they remember.
command -pv cat >/dev/null
type cat | grep -c -e hashed -e tracked
cat /dev/null
command -pV cat | grep -c -e hashed -e tracked
command -V cat | grep -c -e hashed -e tracked
