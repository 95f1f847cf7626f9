# shells: bash
# ${!n} of an n that names $!, of which there is none: the word or the quotes around it are cited.
n='!'
set -u
(echo "ab${!n}cd" x)
(echo ab"x${!n}y"cd x)
(echo "\a${!n}")
(echo \\${!n}\\)
(echo 'a'${!n}"b")
(r=(a\b${!n}))
(echo "${x-a${!n}b}")
(cat <<< "a${!n}") 
