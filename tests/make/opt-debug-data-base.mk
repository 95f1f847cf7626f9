# The version is said once, though -d and -p both do.
all: ; @$(MAKE) -r --no-print-directory --debug=b -p -f /dev/null 2>&1 | grep -c '^\(# \)*License'
