# shells: bash
# ladder: a case that a quote leaves open is still open for bash's next texts
eval 'case a in "'; eval '{ echo hi; }'
