HOME=/home/me; echo ~ ~/x "~" '~' a~ ~nosuchuser/x; x=~/y; echo $x; y=a:~/b:~; echo "$y"; echo ${u:-~/z}; echo --opt=~/q
