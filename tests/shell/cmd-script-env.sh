# shells: bash dash
# ladder
printf '#!/usr/bin/env bash\n[[ a == a ]] && echo env\n' > u; chmod +x u; ./u
