# shells: bash
# the line named for what a group, loop or function opens
if :; then
	{
		:
	} > none/x
	while :; do :; done < none
fi
for x in 1
do
	:
	{ :; } < none
done
case x in
x)
	{ :; } < none ;;
esac
f()
{
	if :; then
		:
	fi
} < none

f
[[ a == a &&
   b == b ]] > none/x
((
1 )) > none/x
echo "a
b" < none
nosuch "a
b" c
x=1 nosuch "a
b"
cat <<E | nosuch
a
b
E
nosuch
nosuch a \
b \
c
nosuch \

