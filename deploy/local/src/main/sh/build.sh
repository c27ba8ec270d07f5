# Builds what ./latchkey up runs, when the sources have changed. Sourced by ./latchkey.
# shellcheck shell=sh disable=SC2154 # variables of ./latchkey and of the parts before this one

launcher_class_path=deploy/local/target/launcher.classpath
build_stamp=deploy/local/target/latchkey-build.stamp
build_lock=.latchkey-build.lock
services="auth-service flow-service signing-service"

# One line that changes with every source file, and with the names of them.
fingerprint() {
  find . \( -name target -o -name .git -o -name .latchkey -o -name node_modules \) -prune -o \
    -type f \( -name pom.xml -o -path '*/src/main/*' -o -path './.mvn/*' \) -print |
    LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
}

# The class path names files in the local Maven repository, which may have been cleared since.
class_path_is_there() {
  [ -r "$launcher_class_path" ] &&
    tr ':' '\n' <"$launcher_class_path" | while read -r file; do [ -e "$file" ] || exit 1; done
}

is_built() {
  class_path_is_there && [ -r "$build_stamp" ] && [ "$(cat "$build_stamp")" = "$1" ] || return 1
  for service in $services; do
    [ -r "$service/target/quarkus-app/quarkus-run.jar" ] || return 1
  done
}

# Two checkouts never meet here, but two homes of one checkout may start at once.
lock_build() {
  until mkdir "$build_lock" 2>/dev/null; do
    owner=$(cat "$build_lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$build_lock"
    else
      sleep 1
    fi
  done
  echo $$ >"$build_lock/pid"
}

unlock_build() { rm -rf "$build_lock"; }

build() {
  if is_built "$(fingerprint)"; then
    return
  fi
  lock_build
  trap 'stop_maven; unlock_build; exit 130' INT TERM
  print=$(fingerprint)
  if ! is_built "$print"; then
    say "Building Latchkey (the first time, Maven downloads what it needs: some minutes)"
    rm -f "$build_stamp"
    build_began=$(date +%s)
    if ! build_with_progress; then
      unlock_build
      grep -E '^\[(ERROR|FATAL)\]' "$build_log" | head -n 20 >&2 || tail -n 20 "$build_log" >&2
      die "The build failed. Everything it said is in $build_log"
    fi
    say "$print" >"$build_stamp"
    say "Built in $(($(date +%s) - build_began)) s"
  fi
  unlock_build
  trap - INT TERM
}

maven_pid=

stop_maven() { [ -z "$maven_pid" ] || kill "$maven_pid" 2>/dev/null || true; }

# Maven in the background; every module it begins is a line, and every quiet quarter of a minute too.
build_with_progress() {
  (umask 077 && mkdir -p "$home/logs") || die "Latchkey cannot write to $home. Make it writable, or set LATCHKEY_HOME."
  build_log=$home/logs/build.log
  # shellcheck disable=SC2086 # the arguments are words
  ./mvnw -B package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl "deploy/local,$(printf '%s' "$services" | tr ' ' ',')" -am \
    ${LATCHKEY_MAVEN_ARGS:-} >"$build_log" 2>&1 &
  maven_pid=$!
  shown=0
  quiet=0
  while kill -0 "$maven_pid" 2>/dev/null; do
    sleep 1
    quiet=$((quiet + 1))
    show_modules
    if [ "$quiet" -ge 15 ]; then
      quiet=0
      say "  still working after $(($(date +%s) - build_began)) s$(maven_step)"
    fi
  done
  show_modules
  wait "$maven_pid"
}

show_modules() {
  modules=$(sed -n 's/^\[INFO\] Building \(Latchkey.*\[[0-9]*\/[0-9]*\]\).*/\1/p' "$build_log" | tr -s ' ')
  count=$(printf '%s' "$modules" | grep -c . || true)
  if [ "$count" -gt "$shown" ]; then
    printf '%s\n' "$modules" | tail -n +$((shown + 1)) | sed 's/^/  /'
    shown=$count
    quiet=0
  fi
}

maven_step() { sed -n 's/^\[INFO\] --- \([^ ]*\).*/ (\1)/p' "$build_log" | tail -n 1; }
