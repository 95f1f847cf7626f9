# shells: bash
# of a variable without value nothing is said
export x; echo "[${!x}]" ${!x}
declare y; echo "[${!y}]"
echo "[${!z}]"
echo on
