# shells: bash
for end in '-- -a' '--' ''; do
	OPTIND=1
	getopts a o -cb y 2>/dev/null; echo $?,$o,$OPTIND,$OPTARG
	getopts :ab: o $end; echo $?,$o,$OPTIND,$OPTARG
	getopts b o -cb y; echo $?,$o,$OPTIND,$OPTARG
done
