# shells: bash
# A place within a word that is past the end of another one.
getopts ab:c o -ab; echo $o,$OPTIND,$OPTARG
getopts :ab: o -b; echo $o,$OPTIND,$OPTARG
