true; echo $?; false; echo $?; :; echo $?; : a b > f; ls; true && : || echo no; if :; then echo y; fi
