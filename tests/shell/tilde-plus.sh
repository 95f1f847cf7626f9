# shells: bash
PWD=/pwd; echo ~+ ~+/x; unset PWD; echo ~+
