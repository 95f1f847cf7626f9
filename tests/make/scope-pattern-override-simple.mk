# A pattern's := does not win over another's override.
%: override a = $(b)
%: a := 2
b = 1
all:;@echo '$(a)' '$(origin a)' '$(flavor a)'
