# shells: bash
type cat; cat < /dev/null; type cat | sed 's/(.*)/(x)/'; (type cat) | sed 's/(.*)/(x)/'; command -V cat | sed 's/(.*)/(x)/'
PATH=$PATH; type cat | sed 's/is .*/is x/'; sed --version > /dev/null | cat; type sed | sed 's/is .*/is x/'
hash cat; type cat | sed 's/is ha.*/is x/'; hash -r; type cat | grep -c hashed
(tail < /dev/null); type tail | grep -c hashed; tail < /dev/null | :; type tail | grep -c hashed; PATH=$PATH tail < /dev/null; type tail | grep -c hashed
