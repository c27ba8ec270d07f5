# What every command uses. Sourced by ./latchkey.
# shellcheck shell=sh

say() { printf '%s\n' "$*"; }

complain() { printf 'latchkey: %s\n' "$*" >&2; }

die() {
  complain "$@"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root, or fails when nobody here may.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs Debian packages, saying so; fails when this is not Debian or nobody here is root.
install_packages() {
  have apt-get || return 1
  say "Installing $* with apt-get"
  apt_log=$(mktemp)
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$apt_log" 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >>"$apt_log" 2>&1; then
    rm -f "$apt_log"
    return 0
  fi
  tail -n 5 "$apt_log" >&2
  rm -f "$apt_log"
  return 1
}
