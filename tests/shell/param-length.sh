x=hello; echo ${#x} ${#nothing} ${##} ${#1} $#
