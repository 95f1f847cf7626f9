# shells: bash
# .* leaves . and .. out
>.hid; echo .*
