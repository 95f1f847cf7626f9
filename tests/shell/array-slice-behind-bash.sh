# shells: bash
# a slice that begins behind all elements
r=(0 1 2 3) s=([2]=x [7]=y) a=xyz
p() { echo $#; }
for i in 3 4 7 8; do (p "${r[@]:i:-1}"); (p "${s[@]:i:-1}"); p "${a[@]:i:1}" "${r[@]:i:1}"; done
