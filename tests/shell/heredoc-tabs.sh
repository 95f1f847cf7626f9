cat <<-EOF
	one tab
		two tabs
	 tab space
	EOF
cat <<-'X'
	lit $y
	X
