printf '#!/bin/sh\nx=2; cd /; echo "$y" "${z-unset}"; echo err >&2\n' > s; chmod +x s; x=1; export y=exp; z=no; ./s 2>err; echo $x; cat err; pwd | grep -c '^/$'
