load sub/short
