# shells: bash
case a in a) echo 1;& b) echo 2;; c) echo 3;; esac; case abc in a*) echo x;;& *b*) echo y;;& *z*) echo z;; *c) echo w;; esac
