touch f; f/x; echo $?; ./f/x; echo $?; exec f/x
