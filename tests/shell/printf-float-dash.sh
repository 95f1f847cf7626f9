# shells: dash
# numbers are doubles
printf '[%a] [%A] [%10.3a] [%-12a] [%+.0a]\n' 1 2 3.5 0x10 -0
printf '[%.20f] [%.20g] [%e]\n' .1 .1 1e300
printf '[%a]\n' '"a' '' 1e308
