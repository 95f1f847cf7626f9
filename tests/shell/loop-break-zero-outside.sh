# shells: bash
break 0
break x
echo $?
