# shells: bash
x=3; ((x > 2)) && echo yes; ((x == 4)) || echo no; ((x++)); echo $x $?; ((0)); echo $?; ((x=7, y=8)); echo $x $y; if (( x % 2 )); then echo odd; fi; ((1/0)); echo $?
