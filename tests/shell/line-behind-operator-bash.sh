# shells: bash
# A command of one word has the line that bash is on once it has read the operator behind that, and
# looked at what follows ; | ) and ;;
nosuch;\
nosuch2;\
\
 nosuch3 && \
nosuch4
nosuch |\
cat
( nosuch )\
; nosuch2
( : ; nosuch a )\
 && :
case a in a) nosuch;;\
esac
: $(nosuch)\

f() { nosuch;\
nosuch2; }; f
eval 'nosuch;\
nosuch2 ;\
nosuch3'
x=$(nosuch;\
nosuch2)
