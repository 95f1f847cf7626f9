break; echo $?; continue; echo $?; f() { break; echo in; }; for i in 1 2; do f; echo $i; done
