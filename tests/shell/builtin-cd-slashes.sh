# shells: bash dash
# Two slashes at the front stay two.
cd //usr/bin; pwd; cd ../lib; pwd; cd ///usr; pwd; cd //; pwd; cd usr; echo "$PWD"
