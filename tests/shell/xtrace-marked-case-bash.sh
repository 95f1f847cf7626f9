# shells: bash
# bash shows the byte that it marks others with twice, also in a case within $(..)
set -x
x=$'\cA'
case $'b\cA' in a) ;; esac
case "$x" in a) ;; esac
case $'\cA'b"$x" in a) ;; esac
case $'\x01' in a) ;; esac
case $'\001\177' in a) ;; esac
case `case $'b\cA' in a) ;; esac` in a) ;; esac
case $(case $'b\cA' in a) ;; esac) in a) ;; esac
case "$(echo $'b\cA')" in a) ;; esac
for i in $'b\cA'; do :; done
for i in $(echo $'b\cA'); do :; done
: $'\cA'
r=($'\cA')
[[ $'\cA' = a ]]
case `echo $'\cA'` in a) ;; esac
case ${y-$'\cA'} in a) ;; esac
case ${y-$(echo $'\cA')} in a) ;; esac
