# shells: bash
cat <<-END
	\
	b
	\
	END
cat <<-END
\
	\
	END
echo a
