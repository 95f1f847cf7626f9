f() { echo "<$v>"; env | grep ^v=; }; v=1 f; echo "<${v-unset}>"; v=0; v=2 f; echo $v
