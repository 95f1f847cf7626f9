# shells: bash
# ladder: assignments before a command that see each other
b=old
b=new a="$(IFS=; echo $b)" c=$b eval 'echo $a $c'
b=5 a=$([[ $b == 5 ]] && echo five; echo $b) eval 'echo $a'
