$(warning read)
