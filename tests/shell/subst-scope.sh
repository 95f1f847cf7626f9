x=1; y=$(x=2; cd /; echo $x); echo $x $y; pwd >/dev/null; z=$(f() { echo f; }; f); type f >/dev/null 2>&1 || echo nofunc $z
