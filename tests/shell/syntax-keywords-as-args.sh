echo if then else fi for while do done case esac { } ! in; x=if; echo $x; echo { a
