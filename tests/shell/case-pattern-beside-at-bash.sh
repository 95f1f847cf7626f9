# shells: bash
# Of "$@" in a pattern the first counts only; what stands behind it is expanded all the same.
set -- p q
case p in ("$@$(echo d >&2)") echo 1;; ("$@") echo 2;; esac
case "p qd" in ("$@$(echo d)") echo 1;; ("$@") echo 2;; esac
case p in ("$@"'x'"$@") echo 1;; ("$@""${n:=3}") echo "2 $n";; esac
set -- p
case pd in ("$@$(echo d)") echo 1;; ("$@") echo 2;; esac
