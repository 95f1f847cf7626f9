# } between inner quotes does not end it.
x=; echo "${x:-"}"}" "${y-"a}b"c}" "$(echo "${x:-"}"}")"
