for i in; do :; done; echo $?; false; for i in; do :; done; echo $?; for i in 1; do false; done; echo $?; while break; do :; done; echo $?; false; while false; do :; done; echo $?
false; for i in 1; do echo $?; done; false; if false; then :; else echo $?; fi; false; case x in x) echo $?;; esac
