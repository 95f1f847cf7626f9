trap 'echo bye $?' EXIT; echo hi; (trap 'echo sub' EXIT; echo in); (echo nosub); trap; x=$(trap 'echo c' EXIT; echo b); echo "$x"; exit 3
