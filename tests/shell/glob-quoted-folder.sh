# The folder of a pattern stands in quotes, slashes and all.
mkdir -p 'a b/c' d/e
touch 'a b/c/1.x' 'a b/c/2.x' d/e/3.x d/e/'[4].x' d/'-f'
dir=$PWD/d
for f in "$dir"/e/*.x; do echo "${f#"$PWD"/}"; done
echo "a b/c"/*.x 'a b'/*/1.x "d/e/"*[34]*
printf '<%s>\n' "d/e"/[[]4* d"/"e/* "./d/-"* "$dir/e/"nothing*
x="a b/c/"
echo "$x"*.x $x*.x
case "a/b/c" in "a/b"/*) echo yes ;; esac
echo "${dir%"/d"*}" | wc -l
for f in "/etc/pass"w*d /"etc"/passw?; do echo "$f"; done
