# shells: bash
# What `command exec` opens stays.
command exec 3<<\EOF
here
EOF
cat <&3
command command exec 4>o; echo x >&4; cat o
