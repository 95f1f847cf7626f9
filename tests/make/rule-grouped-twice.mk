# The last name of a group is looked at first.
a b a c b &: ; @echo '$@'
