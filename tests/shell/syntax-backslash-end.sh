# shells: bash
# late: A backslash at the end of a text is closed before the message is made.
eval 'a( b\'
echo $?
eval 'echo ( \'
echo $?
