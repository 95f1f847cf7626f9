# shells: bash
a=' y :'
echo ${a[@]:2} "${a[*]:1}"
