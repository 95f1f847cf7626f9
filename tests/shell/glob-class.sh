touch f1 f2 fa fB f-; echo f[0-9] f[!0-9] f[[:upper:]] f[a-] f[]x]; case ] in []]) echo br;; esac
