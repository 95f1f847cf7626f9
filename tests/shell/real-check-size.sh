imagesize="$(stat -c%s "$0")"; limitsize="$((64 * 1024))"; [ $limitsize -ge $imagesize ] || { { printf 'WARNING: too big: %s > %s\n' "$imagesize" "$limitsize" >&9 || printf 'fallback\n'; } >&2 2>/dev/null; rm -f x; }
imagesize=99999999; [ $limitsize -ge $imagesize ] || { { printf 'WARNING: too big: %s > %s\n' "$imagesize" "$limitsize" >&9 || printf 'fallback\n'; } >&2 2>/dev/null; rm -f x; }
