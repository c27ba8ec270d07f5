# Ends the processes it was told of once the pipe on its standard input closes,
# which the kernel does however the launcher died.
# Lines in: "+ name pid began" and "- name". "began" is field 22 of /proc/<pid>/stat.
set -u
watched=''

began_of() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name is in parentheses and may hold spaces: count from behind it.
  set -- ${stat##*) }
  # A zombie has ended; only nobody has asked for its exit status yet.
  [ "$1" != Z ] || return 1
  shift 19
  echo "$1"
}

# True when the process still is the one that was meant: ids are used again.
is_same() {
  case $2 in
    @*) kill -0 "$1" 2>/dev/null ;;
    *) [ "$(began_of "$1")" = "$2" ] ;;
  esac
}

without() {
  printf '%s\n' "$watched" | while read -r name pid began; do
    if [ -n "$name" ] && [ "$name" != "$1" ]; then echo "$name $pid $began"; fi
  done
}

signal_all() {
  printf '%s\n' "$watched" | while read -r name pid began; do
    if [ -n "$name" ] && is_same "$pid" "$began"; then
      # PostgreSQL ends in good order on INT without waiting for its clients.
      if [ "$1" = TERM ] && [ "$name" = postgres ]; then kill -s INT "$pid"; else kill -s "$1" "$pid"; fi
      echo "$name"
    fi
  done 2>/dev/null
}

while read -r action name rest; do
  watched=$(without "$name")
  if [ "$action" = + ]; then
    watched="$watched
$name $rest"
  fi
done

left=$(signal_all TERM)
tries=0
while [ -n "$left" ] && [ "$tries" -lt 50 ]; do
  sleep 0.1
  tries=$((tries + 1))
  left=$(signal_all 0)
done
signal_all KILL >/dev/null
