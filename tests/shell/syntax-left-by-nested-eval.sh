# shells: bash
# late: An eval on the last line of another one leaves bash's reader as it was there.
eval 'eval \"'
for x in a b; do echo $x; done
