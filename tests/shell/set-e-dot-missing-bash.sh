# shells: bash
# a file that `.` does not find ends the shell under -e with the status before
(set -e; (exit 7) || . ./none; echo no); echo "$?"
(set -e; trap 'command . ./none' EXIT; (exit 7)); echo "$?"
(set -e; . ./none || echo "b $?"; (. ./none); echo no); echo "$?"
