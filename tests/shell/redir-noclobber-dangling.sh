# set -C makes nothing behind a link that leads nowhere
ln -s nope link
ln -s loop loop
set -C
(echo a >link)
echo $?
(echo a >loop)
echo $?
: >>link
ls
echo b >|link
cat nope
