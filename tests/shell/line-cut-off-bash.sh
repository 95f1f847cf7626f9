# shells: bash
# late: a word that goes on with a line which is not there
eval 'nosuch\
'
eval 'nosuch a\
'
eval 'case a in esac <none && echo a\
'
eval 'nosuch a\'
nosuch
for ((;;)) do :
done <$((()))
nosuch
