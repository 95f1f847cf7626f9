# shells: bash
echo "${unset: )}" ${unset#$(echo x >&2)} ${unset/$(echo y >&2)/} ${#unset[1+]}
a=1
echo ${a: )}
echo ${a[0]: )}
echo ${*: )}
