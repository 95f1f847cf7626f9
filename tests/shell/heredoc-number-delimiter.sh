# shells: bash dash
# late: A number before < or > is that redirection's, and no delimiter.
(eval 'cat <<0>x'); echo $?
(eval 'cat <<-2>&1'); echo $?
(eval '<<0>><<0>>'); echo $?
