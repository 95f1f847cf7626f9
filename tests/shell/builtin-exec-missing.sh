exec nosuchcommand; echo no
