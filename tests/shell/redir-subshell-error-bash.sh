# shells: bash
# late
( echo a ) <<< $((1+)) || echo or
