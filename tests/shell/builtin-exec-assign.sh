# What is assigned before exec is in the environment of what takes the shell's place, not before exec without a command.
(A=1 exec printenv A); (A=2; A=3 exec env | grep '^A='); (A=4 exec 5>&1; printenv A; echo "$A" >&5); (PATH=/nowhere:$PATH exec printenv PATH | cut -c1-8)
echo 'B=5 exec printenv B' >script; chmod +x script; ./script
A=6 exec printenv A
