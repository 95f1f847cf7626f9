# shells: bash
( echo a ) <<< $((1+)) || echo or
