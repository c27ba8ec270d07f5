# Runs the tests, after getting what they need. Sourced by ./latchkey.
# shellcheck shell=sh disable=SC2154 # variables of ./latchkey and of the parts before this one

least_node=20
node_tests=deploy/local/src/test/node
browser_advice='sudo apt-get install chromium'
node_advice="sudo apt-get install nodejs npm   (or https://nodejs.org, when that is older than $least_node)"

find_browser() {
  for name in "${LATCHKEY_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && have "$name" && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  for name in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome; do
    if [ -x "$name" ] && "$name" --version >/dev/null 2>&1; then
      say "$name"
      return
    fi
  done
  return 1
}

# Playwright's own download; it fails quickly where its host cannot be reached.
download_browser() {
  say "Downloading a browser with Playwright"
  # shellcheck disable=SC2086 # the arguments are words
  ./mvnw -q -B -pl deploy/local -am test-compile dependency:build-classpath -Dspotless.check.skip=true \
    -Dmdep.outputFile=target/test-class-path ${LATCHKEY_MAVEN_ARGS:-} >/dev/null || return 1
  "$JAVA_HOME/bin/java" -cp "$(cat deploy/local/target/test-class-path)" \
    com.microsoft.playwright.CLI install chromium >/dev/null 2>&1
}

get_browser() {
  if ! browser=$(find_browser); then
    say "There is no Chromium or Chrome on this machine"
    download_browser || true
    if ! browser=$(find_browser); then
      install_packages chromium || true
      browser=$(find_browser) || die "The tests need a browser. Install one: $browser_advice" \
        "(or set LATCHKEY_CHROMIUM, or run ./latchkey test --quick)"
    fi
  fi
  LATCHKEY_CHROMIUM=$browser
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  export LATCHKEY_CHROMIUM PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD
  say "Browser: $browser"
}

node_is_new_enough() {
  have node && have npm && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$least_node" ]
}

get_node() {
  if ! node_is_new_enough; then
    say "There is no Node $least_node or newer, with npm, on this machine"
    install_packages nodejs npm || true
    node_is_new_enough || die "The tests need Node $least_node or newer, with npm. Install it: $node_advice" \
      "(or run ./latchkey test --quick)"
  fi
  say "Node: $(node --version)"
  if [ -r "$node_tests/package-lock.json" ]; then
    say "Getting the JavaScript clients for the tests"
    (cd "$node_tests" && npm ci --no-audit --no-fund --loglevel=error) ||
      die "npm ci failed in $node_tests: is the npm registry within reach?"
  fi
}

# The gateways whose recipes are tested; Debian has nginx where only root looks.
get_gateways() {
  PATH=$PATH:/usr/sbin:/usr/local/sbin
  for gateway in nginx caddy; do
    if ! have "$gateway"; then
      say "There is no $gateway on this machine"
      install_packages "$gateway" || true
      have "$gateway" || die "The tests need $gateway. Install it: sudo apt-get install $gateway" \
        "(or run ./latchkey test --quick)"
    fi
  done
  say "Gateways: nginx and Caddy"
}

# The tests that failed, for whoever reads only the end of the log, and the sum of the modules' result lines in the same form.
summarize() {
  sed -n 's/^\[ERROR\] \([A-Za-z0-9_.$]*\.[A-Za-z0-9_]*.*\) -- Time elapsed: .* <<< \(FAILURE\|ERROR\)!$/Failed: \1/p' "$1" | sort -u
  sed -n 's/^\[[A-Z]*\] \(Tests run: [0-9]*, Failures: [0-9]*, Errors: [0-9]*, Skipped: [0-9]*\)$/\1/p' "$1" |
    awk -F '[:,]' '
      { run += $2; failures += $4; errors += $6; skipped += $8 }
      END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", run, failures, errors, skipped }'
}

run_tests() {
  quick=
  for argument in "$@"; do
    case $argument in
      --quick) quick=yes ;;
      *) die "test does not know \"$argument\"." ;;
    esac
  done
  use_java
  say "JDK: $JAVA_HOME"
  if [ -n "$quick" ]; then
    set -- -DexcludedGroups=platform
  else
    get_browser
    get_node
    get_gateways
    set --
  fi
  mkdir -p target
  test_log=target/test.log
  test_status=target/test.status
  {
    result=0
    # shellcheck disable=SC2086 # the arguments are words
    ./mvnw -B --fail-at-end verify "$@" ${LATCHKEY_MAVEN_ARGS:-} 2>&1 || result=$?
    echo "$result" >"$test_status"
  } | tee "$test_log"
  summarize "$test_log"
  exit "$(cat "$test_status")"
}

doctor() {
  missing=0
  found=$(newest_java)
  if [ "${found%% *}" -ge "$least_java" ]; then
    say "ok       JDK ${found%% *}: ${found#* }"
  else
    missing=1
    say "missing  JDK: $java_advice"
  fi
  if have curl || have wget; then
    say "ok       curl or wget, for the Maven wrapper"
  else
    missing=1
    say "missing  curl or wget, for the Maven wrapper: sudo apt-get install curl"
  fi
  if [ "$(id -u)" -ne 0 ] || { have unshare && unshare -U true 2>/dev/null; }; then
    say "ok       PostgreSQL can run without root's powers"
  else
    missing=1
    say "missing  unshare with user namespaces, for PostgreSQL as root: run ./latchkey as another user"
  fi
  if browser=$(find_browser); then
    say "ok       browser, for tests: $browser"
  else
    say "missing  browser, for tests: $browser_advice"
  fi
  if node_is_new_enough; then
    say "ok       Node, for tests: $(node --version)"
  else
    say "missing  Node $least_node or newer with npm, for tests: $node_advice"
  fi
  for gateway in nginx caddy; do
    if have "$gateway" || [ -x "/usr/sbin/$gateway" ]; then
      say "ok       $gateway, for tests"
    else
      say "missing  $gateway, for tests: sudo apt-get install $gateway"
    fi
  done
  exit "$missing"
}
