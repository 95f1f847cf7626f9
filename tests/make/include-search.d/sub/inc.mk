A = sub
