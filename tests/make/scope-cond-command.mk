# args: b=1
# env: b=sub
# The same of one that the command line set again; what only the command line set is exported.
x:; @env | grep '^b='; echo '$(b) $(origin b)'
%: b ?= 2
