case xx in aa|\
xx|\
bb) echo found;; esac
