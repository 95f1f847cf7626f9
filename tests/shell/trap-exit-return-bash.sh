# shells: bash
# A bare return within the EXIT trap gives the status before, however deep.
trap 'g() { return; }; false; g; echo $?; (exit 9); g; echo $?; x=$(false; g; echo $?); echo $x' EXIT; (exit 7)
