# SPDX-License-Identifier: GPL-2.0-only
X = 1
