# SPDX-License-Identifier: GPL-2.0-only
$(info [$(sort c b a b)] [$(sort )] [$(sort B a A b _ - 10 9 1)] [$(sort a ab a.b a-b a/b)])
all:;@:
