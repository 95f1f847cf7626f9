# shells: bash dash
# ladder
trap 'echo child' CHLD
/bin/true
echo end
