# shells: bash dash
printf '#!/bin/sh\necho "script $1 $#"\nexit 3\n' > s; chmod +x s; ./s a b; echo $?; printf '#!/bin/bash\nx=(1 2)\necho ${x[1]}\n' > t; chmod +x t; ./t
