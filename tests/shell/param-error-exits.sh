echo before
: ${nope:?is missing}
echo after
