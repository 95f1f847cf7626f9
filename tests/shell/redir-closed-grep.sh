# What grep -q cannot say makes its status 0.
echo text >have
grep -q x none 2>&-
echo $?
grep -sq x none 2>&-
echo $?
grep -q x none have 2>&-
echo $?
grep -c t none have 2>&-
echo $?
