# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wildcard *.x)] [$(wildcard *.nope)] [$(wildcard c.y nope a.x)] [$(wildcard ./*.x d/*)] [$(wildcard d)] [$(wildcard d/)] [$(wildcard a.x/)])
$(info [$(wildcard [ab].x)] [$(wildcard ?.x ?.y)] [$(wildcard */)] [$(wildcard */*.x)] [$(wildcard .*.x)] [$(wildcard *.y *.x)])
all:;@:
