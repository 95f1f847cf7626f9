W := %
define unended
$(A)
