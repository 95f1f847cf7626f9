# shells: bash
echo {1..5} {5..1} {01..03} {a..e} {1..10..3} {-2..2} {a..c}{1..2} {1..x} {1.5..3}; for i in {1..3}; do echo $i; done
