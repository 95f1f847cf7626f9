# shells: dash
getopts ab o -ab; echo $o,$OPTIND
getopts ab o -ab; echo $o,$OPTIND
getopts ab o -ab; echo $?,$OPTIND
