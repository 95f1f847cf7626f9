# SPDX-License-Identifier: GPL-2.0-only
# A shell hands the environment on in the order of its own table, without names that it cannot have.
export x-y = 1
export a = 1
export b = 2
export lo_ng = 3
unexport LC_ALL
all:
	@env | sed s,^P.*,,
	@env -u PATH sh -c "/usr/bin/env" | sed "s/PWD=.*//"
	@b=3; c=4; export c; unset a; d=5 env; cd /; (q=1; export q; env | sed 's/P.*=.*//')
	@env | xargs -n 1 env | sed 's/=.*//'
