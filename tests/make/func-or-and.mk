# SPDX-License-Identifier: GPL-2.0-only
$(info [$(or ,a,b)] [$(or ,,)] [$(or  , x )] [$(and a,b)] [$(and a,,b)] [$(and a)] [$(or a)] [$(and  a , b )])
$(info [$(or a,$(info never))] [$(and ,$(info never))])
all:;@:
