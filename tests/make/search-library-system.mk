# SPDX-License-Identifier: GPL-2.0-only
all: -lc ; @echo $(notdir $^)
