set -e; echo "$(false; echo after)"; echo end
