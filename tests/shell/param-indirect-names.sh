# shells: bash
# What ${!x} says of names that are none.
echo ${!1}on
x=; echo ${!x}; echo on
x='a b'; echo ${!x}
echo ${!y}
echo on
