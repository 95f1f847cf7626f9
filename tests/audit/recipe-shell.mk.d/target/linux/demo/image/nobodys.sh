#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
[[ $1 ]] && let x=1
