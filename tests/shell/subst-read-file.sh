# shells: bash
echo content > f; echo "$(<f)"; x=$(< f); echo $x; echo "$(</nonexistent)"; echo $?
