# shells: bash
# of two "!" in [[ ]] nothing is left where bash writes a command anew
f() { [[ ! ! a && ! ( ! b ) ]]; }; type f
set -x; case a$([[ ! ! a ]])b$([[ ! ! ! a ]]) in *) ;; esac
