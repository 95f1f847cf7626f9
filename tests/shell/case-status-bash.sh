# shells: bash
# the status is the last command's, whatever a substitution in a later pattern gives
case x in x) (exit 3) ;;& $(true)y) ;; esac
echo $?
case x in x) true ;;& $(exit 4)y) ;; esac
echo $?
case $(exit 5) in y) ;; esac
echo $?
