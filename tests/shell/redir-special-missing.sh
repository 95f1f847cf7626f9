: > /nonexistent/f
echo "after $?"
