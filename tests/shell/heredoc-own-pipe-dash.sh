# shells: dash
# a here-document is a pipe, both ends of which are open while it is expanded, and stay so when that fails
cat <<X
$(echo first >&4)second
X
cat <<X
$(ls none 2>&3; echo $?)
X
cat <<X
$((1%0))
X
echo yes >&4; read a <&3; echo "$a"
cat <&3 <<'Y'
there
Y
cat 3<<X <&3
$(echo "$a" >&6)third
X
(
cat <<X
${x?bad}
X
echo yes >&6 && echo wrote
echo no >&7
)
echo no >&5
echo $?
