# the way out of a folder that is there no more
mkdir a a/b
cd a/b
rm -r ../../a
cd ../.. || cd ..
echo "${PWD##*/}" >here
cd "$PWD" && ls
