# shells: bash
# A line may go on right behind a reserved word.
if\
 nosuch
then\
 :; elif\
 nosuch2
then :; else\
 nosuch3
fi\

for\
 x in\
 a
do\
 nosuch
done\

case\
 a in\
 a) nosuch;;
esac\

{\
 nosuch
}\
 ; nosuch2
while\
 ! nosuch
do break; done\
; nosuch2
eval 'case a in a) nosuch;; esac\
; for x in\
 a; do nosuch; done\
'
