# shells: bash
# a letter that set knows though its usage does not name it
letters=r{
set -$letters
echo $? $-
