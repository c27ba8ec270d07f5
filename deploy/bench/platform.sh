# A platform of its own for a measurement, with its owner bench. Sourced by the scripts next to this one.
# shellcheck shell=sh disable=SC2154 # root and work are set by the script

export LATCHKEY_HOME="$work/home" LATCHKEY_PORT=0 LATCHKEY_HOST=127.0.0.1
export LATCHKEY_REPLICAS=1
export LATCHKEY_OWNER_USERNAME=bench LATCHKEY_OWNER_PASSWORD=benchmark-password
client=http://127.0.0.1/

start_platform() {
  "$root/latchkey" up --detach >"$work/up.log" 2>&1 || {
    cat "$work/up.log" >&2
    exit 1
  }
}

stop_platform() { "$root/latchkey" down >/dev/null 2>&1 || true; }

# The address of a part, such as gateway or auth-service.management.
address() { cat "$LATCHKEY_HOME/run/$1.url"; }

value() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }

# must_have WHAT VALUE: ends the script when there is none. The end of a pipe hides that its beginning failed.
must_have() {
  [ -n "$2" ] || {
    echo "The platform gave no $1." >&2
    exit 1
  }
}

# Signs bench in and prints what the token endpoint answers. It costs a password hash, on purpose.
sign_in() {
  auth=$(address auth-service)
  flow=$(curl -fsS "$auth/auth/login_flow" -d '{"client_id":"'$client'","handler":["homeassistant",null],"redirect_uri":"'$client'"}' | value flow_id)
  must_have "login flow" "$flow"
  code=$(curl -fsS "$auth/auth/login_flow/$flow" -d '{"client_id":"'$client'","username":"bench","password":"benchmark-password"}' | value result)
  must_have code "$code"
  curl -fsS "$auth/auth/token" -d grant_type=authorization_code -d "code=$code" --data-urlencode client_id=$client
}
