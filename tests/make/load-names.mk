# env: HOME=/none
# Objects are named as files are.
-load ~/a b.so(start)
load ~/*(start) c
all:
