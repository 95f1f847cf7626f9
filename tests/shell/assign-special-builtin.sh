x=1 :; echo "${x-unset}"; y=2 export z=3; echo "${y-unset} $z"; w=3 true; echo "${w-unset}"; v=4 eval 'echo $v'; echo "${v-unset}"
