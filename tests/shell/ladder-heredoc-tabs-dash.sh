# shells: dash
# ladder: no tabs are taken away within a substitution of a here-document
cat <<-END
	a $(echo "
	b"
	) c
	END
