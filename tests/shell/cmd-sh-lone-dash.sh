# A lone - ends the options of sh and bash, behind -c too.
/bin/sh -c - 'echo $0 $1' name one
/bin/sh -c -e - 'echo $0 $1' name one
/bin/bash -c - 'echo $0 $1' name one
echo 'echo script $1' >script
/bin/sh - script one
