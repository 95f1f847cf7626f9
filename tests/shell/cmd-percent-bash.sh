# shells: bash
# job control comes before redirections, and not in a pipeline
%1 > out; echo $?; ls
false | %1 > out; echo $?; ls
