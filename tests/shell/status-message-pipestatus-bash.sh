# shells: bash
# PIPESTATUS within the message of ${x?}
! case $(IFS=:; echo ${10?${PIPESTATUS[@]}}) in (x) ;; esac
