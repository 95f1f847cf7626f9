zz='a b'; set | grep '^zz='; set | grep '^FROM_OUTSIDE='; q="it's"; set | grep '^q='
