# shells: bash
# ladder
# What is wrong in a here-document bash tells when it expands that, and goes on.
echo over
eval 'cat <<E
$((1
E
echo next'
