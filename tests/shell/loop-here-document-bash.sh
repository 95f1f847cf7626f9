# shells: bash
# a here-document that counts is expanded in a process, which is in the loops still
for i in 1 2; do cat <<X
$(continue)$((n += 1))
X
done
f() { for i in 1 2; do cat <<< $(break; echo x)$((i++)); done; }
for k in a b; do f; done
for i in 1 2; do (cat <<< $(continue; echo subshell)$((n = 1))); done
