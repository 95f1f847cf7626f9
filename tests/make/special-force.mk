# SPDX-License-Identifier: GPL-2.0-only
$(shell touch all)
all: FORCE ; @echo all '$?'
FORCE:
