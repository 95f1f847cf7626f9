# shells: bash
# what is no ${..} in a text for eval is told when it is expanded, with the word that it is in
t='echo ok; echo a${b c}d; echo no'; eval "$t"; echo $?
t='x=1 y="a${b!}$c"; echo no'; eval "$t"; echo $? $x
t='echo "${x-y${}z}"'; eval "$t"; echo $?
t='echo ${x-$((1+${a b}))}'; eval "$t"; echo $?
t='(echo ${a b}; echo s); echo `echo ${}`'; eval "$t"; echo $?
f() { eval "$t"; echo f; }; for t in 'echo ${a[1}' 'echo ${#a b}' 'r=(1 ${=})' '[[ ${a:} ]]' 'echo <${-a}'; do f; done
for t in '${' 'echo "${a b' 'echo ${ "' "echo \${a'" 'echo ${a`' 'echo ${#-'; do eval "$t"; echo $?; done
t='echo ${a b}; echo no'; (eval "$t"; echo s); echo $?
t="echo \${a b
c}; echo no"; eval "$t"; echo $? $LINENO
