# shells: bash
# ladder
declare -A m; m[k]=v; echo ${m[k]}; shopt -s extglob; case abc in @(abc|d)) echo ext;; esac
