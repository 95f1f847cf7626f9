set -e; trap 'echo "leaving $?"' EXIT; false; echo no
