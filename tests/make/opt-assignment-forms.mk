# args: a:=x::=y b?c=1 +d+=2 $(subst	x:,y,x:)=3
$(info $(MAKEFLAGS)|$(a)|$(b?c)|$(+d)|$(y))
all:
