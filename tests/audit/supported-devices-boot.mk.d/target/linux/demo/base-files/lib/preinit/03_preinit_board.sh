# SPDX-License-Identifier: GPL-2.0-only
name=$(sed -n 's/^machine.*: //p' /proc/cpuinfo)
echo "$name" > /tmp/sysinfo/board_name
