# shells: bash
# ladder
r=(1 2); echo x ${r[]} y
echo z
