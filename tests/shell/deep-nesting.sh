# shells: bash dash
# late
x=$(echo $(echo $(echo $(echo $(echo deep))))); echo $x; ((((echo p)))) 2>/dev/null; f() { [ $1 = 0 ] || f $(($1-1)); }; f 200; echo done; { { { { echo g; }; }; }; }
