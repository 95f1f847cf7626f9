# SPDX-License-Identifier: GPL-2.0-only
$(info [$(dir a/b c /d a/b/ ./x / //x)] [$(notdir a/b c /d a/b/ x)] [$(dir )] [$(notdir )])
all:;@:
