# shells: bash
{ echo o; echo e >&2; } &> f; cat f; { echo o2; echo e2 >&2; } &>> f; cat f; { echo o3; echo e3 >&2; } >& g; cat g; x=h; echo z >& $x; cat h
