# A backslash does not hide a conversion.
printf '\%d\n' 5
printf '\q%d\n' 5
