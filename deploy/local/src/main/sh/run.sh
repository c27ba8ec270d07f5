# Starts, stops and shows the platform. Sourced by ./latchkey.
# shellcheck shell=sh disable=SC2154 # variables of ./latchkey and of the parts before this one

ready_sentence='Latchkey is ready at '

# The process id in a pid file, if that very process still runs: ids are used again.
live_pid() {
  [ -r "$1" ] || return 1
  read -r pid began <"$1" || return 1
  kill -0 "$pid" 2>/dev/null || return 1
  if [ -r "/proc/$pid/stat" ]; then
    stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
    # The name is in parentheses and may hold spaces: count from behind it.
    # shellcheck disable=SC2086 # the fields are words
    set -- ${stat##*) }
    [ "$1" != Z ] || return 1
    shift 19
    [ "$1" = "$began" ] || return 1
  fi
  echo "$pid"
}

launcher_pid() { live_pid "$home/run/launcher.pid"; }

up() {
  detach=
  while [ $# -gt 0 ]; do
    case $1 in
      -d | --detach) detach=yes ;;
      --replicas)
        [ $# -gt 1 ] || die "--replicas needs a number: how many of each service run."
        shift
        LATCHKEY_REPLICAS=$1
        ;;
      --replicas=*) LATCHKEY_REPLICAS=${1#*=} ;;
      *) die "up does not know \"$1\"." ;;
    esac
    shift
  done
  case ${LATCHKEY_REPLICAS:=1} in
    [1-4]) export LATCHKEY_REPLICAS ;;
    *) die "--replicas is a number from 1 to 4, not \"$LATCHKEY_REPLICAS\"." ;;
  esac
  if running=$(launcher_pid); then
    die "Latchkey is already running on $home (process $running). Stop it with ./latchkey down," \
      "or set LATCHKEY_HOME and LATCHKEY_PORT to run another one."
  fi
  use_java
  build
  LATCHKEY_HOME=$home
  export LATCHKEY_HOME
  set -- "-Dlatchkey.checkout=$root" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Xms32m -Xmx192m --enable-native-access=ALL-UNNAMED
  if [ "$java_version" -ge 24 ]; then
    set -- "$@" --sun-misc-unsafe-memory-access=allow
  fi
  set -- "$JAVA_HOME/bin/java" "$@" -cp "$root/deploy/local/target/classes:$(cat "$launcher_class_path")" \
    dev.latchkey.local.Launcher
  [ -n "$detach" ] || exec "$@"
  up_detached "$@"
}

up_detached() {
  (umask 077 && mkdir -p "$home/logs") || die "Latchkey cannot write to $home. Make it writable, or set LATCHKEY_HOME."
  log=$home/logs/launcher.log
  if have setsid; then set -- setsid "$@"; fi
  nohup "$@" >"$log" 2>&1 </dev/null &
  launcher=$!
  while kill -0 "$launcher" 2>/dev/null; do
    if grep -q "^$ready_sentence" "$log"; then
      cat "$log"
      say "It runs in the background: ./latchkey down stops it."
      return
    fi
    sleep 0.2
  done
  cat "$log" >&2
  exit 1
}

down() {
  if ! pid=$(launcher_pid); then
    say "Latchkey is not running on $home"
    return
  fi
  say "Stopping Latchkey"
  kill -s TERM "$pid"
  tries=0
  while launcher_pid >/dev/null; do
    tries=$((tries + 1))
    # What the launcher started ends by itself when the launcher is gone, however it went.
    [ "$tries" -ne 150 ] || kill -s KILL "$pid" 2>/dev/null || true
    sleep 0.1
  done
  say "Stopped"
}

status() {
  if ! launcher_pid >/dev/null; then
    say "Latchkey is not running on $home"
    exit 3
  fi
  if [ -r "$home/run/gateway.url" ]; then
    say "Latchkey is ready at $(cat "$home/run/gateway.url")"
  else
    say "Latchkey is starting"
  fi
  for file in "$home"/run/*.pid; do
    name=$(basename "$file" .pid)
    if pid=$(live_pid "$file"); then
      where=
      if [ -r "$home/run/$name.management.url" ]; then
        where=", metrics at $(cat "$home/run/$name.management.url")/q/metrics"
      fi
      printf '  %-17s running  (process %s%s)\n' "$name" "$pid" "$where"
    else
      printf '  %-17s away\n' "$name"
    fi
  done
  say "State: $home"
}

logs() {
  follow=
  if [ "${1:-}" = -f ] || [ "${1:-}" = --follow ]; then
    follow=-f
    shift
  fi
  if [ $# -gt 0 ]; then
    file=$home/logs/$1.log
    case $1 in */* | .*) die "\"$1\" is not the name of a service." ;; esac
    [ -r "$file" ] || die "There is no log of \"$1\". There are: $(log_names)"
    set -- "$file"
  else
    set -- "$home"/logs/*.log
    [ -r "$1" ] || die "There are no logs in $home yet."
  fi
  # shellcheck disable=SC2086 # no option rather than an empty one
  exec tail -n 100 $follow "$@"
}

log_names() {
  for file in "$home"/logs/*.log; do
    [ ! -r "$file" ] || printf '%s ' "$(basename "$file" .log)"
  done
}

reset() {
  ! launcher_pid >/dev/null || die "Latchkey is running on $home. Stop it first: ./latchkey down"
  if [ "${1:-}" != --yes ]; then
    printf 'Delete all data, keys and logs in %s? [y/N] ' "$home"
    read -r answer || answer=
    case $answer in
      y | Y | yes) ;;
      *) die "Nothing was deleted." ;;
    esac
  fi
  for part in data secrets run logs; do
    rm -rf "${home:?}/$part"
  done
  say "Deleted what was in $home"
}
