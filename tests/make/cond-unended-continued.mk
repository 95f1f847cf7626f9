# The line where an endif is missed when the last line of the file is a continued one without a newline.
ifneq (,)\
 