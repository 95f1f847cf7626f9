# With set -n nothing more runs.
echo a
set -n
echo b
exit 3
