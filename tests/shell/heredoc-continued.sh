cat <<EOF
joined \
line
two \\
EOF
cat <<'EOF'
not \
joined
EOF
