# bash's EXIT trap is still there while it runs, and does not run again.
( trap 'trap; exit 3' 0 ); echo $?
( trap 'trap - 0; trap; trap "echo x" 0; trap' 0 )
trap 'trap' 0
exec >&-
