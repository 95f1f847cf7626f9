# Blanks as a number are zero.
e =
$(info [$(word $(e) ,a b)])
