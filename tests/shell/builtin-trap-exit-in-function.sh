f() { trap 'echo cleanup; rm -f tmpf' EXIT; touch tmpf; }; f; ls; trap 'echo replaced' 0; trap - EXIT; trap 'echo "final $x"' EXIT; x=5; false
