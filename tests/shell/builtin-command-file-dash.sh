# shells: dash
# What is named with a slash need only be there.
mkdir d; echo x >f
for w in ./f d/ ./d / ./none "$PWD/f" f d; do command -v "$w"; echo $?; command -V "$w"; type "$w"; echo $?; done
