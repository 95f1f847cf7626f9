if true
then
	echo a
else
	echo b
fi
for i in 1 \
	2
do
	echo $i
done
true &&

echo c
echo d |

cat
{
echo e
}
(
echo f
)
case x in

x) echo g

;;

esac
f()
{
echo h
}
f
