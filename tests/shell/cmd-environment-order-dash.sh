# shells: dash
# What dash has from the start stands before others that it keeps in the same place.
export zfz=1 zap=2 MAIL=3 zkz=4 zay=5 MAILPATH=6 zae=7 PS1=8 zaf=9 PS2=10 zah=11 PS4=12 zaa=13 TERM=15 zam=16
unset FROM_OUTSIDE
zax=17 env | sed 's/^\([A-Z]*\)=[./].*/\1/'
