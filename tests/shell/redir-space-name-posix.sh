# shells: dash
x='a b'; echo z > $x; ls; cat "a b"
