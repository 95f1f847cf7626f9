x=val; cat <<EOF
plain $x ${x} $(echo sub) `echo back` $((1+1)) \$x \` \\ "quoted" 'single' \n
EOF
cat <<'EOF'
literal $x $(echo sub) \$x
EOF
cat <<"E F"
also $x
E F
cat <<\END
and $x
END
