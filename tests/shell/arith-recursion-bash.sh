# shells: bash
# the token at which variables begin to go round is blamed
n=-n a='1 a  b' r=' r '
echo $((n))
m=$((a))
echo $((r + 1))
((n)); let r
