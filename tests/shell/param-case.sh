# shells: bash
x='hello World'; echo "${x^}" "${x^^}" "${x,,}" "${x,}" "${x^^[lo]}"; y=ABC; echo ${y,,} ${y,}
