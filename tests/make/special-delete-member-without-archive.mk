# A member of an archive that is not there counts as changed when its recipe fails.
lib.a(o):
	false
.DELETE_ON_ERROR:
