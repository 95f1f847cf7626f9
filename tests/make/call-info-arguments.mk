# What $(info) and $(warning) get by $(call) may be several arguments.
$(call info,a, b,c)
$(call info,,)
$(call warning,a,b)
all:
	$(call error,no,more)
