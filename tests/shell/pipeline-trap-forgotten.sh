# shells: bash
# late: A stage that is to forget its traps gives them to no stage within.
if trap 'echo t4' EXIT; then n=$((4 & 1 +)) | cat; fi | cat
