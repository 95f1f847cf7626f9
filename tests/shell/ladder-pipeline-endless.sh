# Stages run one after another otherwise.
# ladder: a stage without an end needs them all at once
yes | sed 1q
while :; do echo y; done | head -1
until false; do echo z; done | { read -r x; echo "$x"; }
