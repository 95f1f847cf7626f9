if true; then echo a; fi; { echo b; }; (echo c;); for i in 1; do echo d; done; case x in x) echo e;; esac; f() { echo g; }; f;
