# SPDX-License-Identifier: GPL-2.0-only
demo_board_detect() {
	case "$machine" in
	*"Acme Box 2")
		name="box-2m"
		;;
	esac
}
