# Many slashes at the end are one, two behind a name of one letter; two at the front are one before a single name.
$(shell mkdir -p sub d.x/y e; touch d.x/y/f g; ln -s none dangling)
show = $(info $1: [$(wildcard $1)])
$(foreach p,/ // /// sub/ sub// sub/// s*// ./ .// ..// e/ e// e/// ?// g/ g// d*/y// d.x//y// //proc //proc// ///proc //[p]roc //p*/version \
  //proc/ver* .//*/ a// dangling dangling/ dangling// dang*/,$(call show,$p))
all: ;
