# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d '+1 hour' src)
out: src ; @echo out | sed s/x/y/
