true && echo a || echo b; false && echo c || echo d; false || false || echo e; true && true && echo f; ! true || echo g; ! false && echo h; false; ! false; echo $?; ! true; echo $?
true ||
echo no &&
echo yes
