# shells: bash
# ladder
# In ${x:..} single quotes and backslashes stay, and are an error where it is worked out.
a=xyz n=1
echo "${a:'1'}"
echo ${a:'$n'} ${u:'1'} ${a:0:\1}
echo "${a:"1"}"
