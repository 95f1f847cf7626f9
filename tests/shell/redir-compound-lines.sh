# shells: bash
# The line named when a compound command cannot open its file.
{
:
} <none
(
:
) <none
for i in 1; do
:
done <none
case x in
x) : ;;
esac <none; echo on
