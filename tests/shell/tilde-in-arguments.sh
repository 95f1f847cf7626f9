# shells: bash
HOME=/h; echo a=~ b=~:~/x a=b:~ 1=~ "a"=~ a=\~
