# env: b=sub c=sub
# A target's ?= of a variable from the environment takes its export away.
all: x y; @env | grep '^[bc]='; echo end
x:; @env | grep '^b='; echo '$(b) $(origin b)'
y:; @env | grep '^c='; echo '$(c) $(origin c)'
x: b ?= 2
%: c ?=
