# args: -j4
# Recipes that add to one file lose nobody's lines.
names := $(addprefix add-,1 2 3 4 5 6 7 8 9 10 11 12)
all: $(names) ; @sort -u log | wc -l
$(names): ; @for i in 1 2 3 4 5 6; do echo $@ $$i >>log; done; date >/dev/null; echo $@ end >>log
