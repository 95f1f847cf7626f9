# shells: bash
# late
if eval 'echo $((1 +)); echo no'; then echo yes; else echo "eval failed $?"; fi
echo 'echo $((2 +)); echo no
echo next line' > f; . ./f; echo "dot $?"
(eval 'echo $((3 +))'; echo "sub $?"); echo end
