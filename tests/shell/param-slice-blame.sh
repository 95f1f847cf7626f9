# shells: bash
# Whom bash blames for an offset: the parameter as it is written.
r=(1 2 3) q='1 2'
for i in 1; do echo "${r[@]:0:q}"; done
for i in 1; do echo ${r[*]:q}; done
for i in 1; do echo x${q[@]:q}; done
for i in 1; do echo "${@:q}"; done
for i in 1; do echo ${r[1]:q}; done
