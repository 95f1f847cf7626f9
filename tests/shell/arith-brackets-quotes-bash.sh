# shells: bash
# ladder
# Between quotes $[ ] ends for bash at the next quote, once it is expanded.
echo over
echo "$[ "1" ]" x
