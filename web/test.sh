#!/usr/bin/env bash
# Checks and tests the browser client, as far as this machine has what that needs: Node with npm, the packages, a
# Chromium. What it leaves out it says; whatever it plays must pass.
#
#   web/test.sh             what `mvn verify` runs: of the tests in a browser, those that are named @smoke
#   web/test.sh --strict    all of them; and fails where the packages can't be had, or the first load is above its budget
#
# A Chromium that isn't on the PATH is named in CHROMIUM, a folder with Wycheproof's files in QUANTCHAT_VECTORS.
# Works with bash 3.2, which is what macOS has.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
strict="${1:-}"

say() { printf '%s\n' "$*"; }

fail() {
  say "$*" >&2
  exit 1
}

# shellcheck source=web/build.sh
. "$root/web/build.sh"

# Ends well: the rest of the project doesn't need it.
leave_out() {
  say "The browser client's tests are left out: $1."
  exit 0
}

# Whether this machine has a browser; e2e/support/chromium.ts chooses.
has_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

# Runs a program of the packages, behind whatever else this machine does.
run() {
  local program="$1"
  shift
  (cd "$web" && nice "node_modules/.bin/$program" "$@")
}

relay_said="$web/target/relay.txt"
relay_data="$web/target/relay"

# Sets relay: one that the tests ask, until this ends. What is missing for it is built first.
start_relay() {
  rm -rf "$relay_data"
  # What an earlier run said is no answer.
  : >"$relay_said"
  "$root/quantchat" up --data "$relay_data" --port 0 --parameter RateLimits=false >"$relay_said" 2>&1 &
  relay="$!"
  trap 'kill "$relay" 2>/dev/null || true; wait "$relay" || true' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Sets where it is, and where its mails land.
await_relay() {
  until grep -q '^QuantChat is ready' "$relay_said"; do
    kill -0 "$relay" 2>/dev/null || fail "The relay did not start; what it said is in $relay_said."
    sleep 0.2
  done
  QUANTCHAT_RELAY="$(sed -n 's|^QuantChat is ready: REST \(.*\)/api/v1, socket .*|\1|p' "$relay_said")"
  export QUANTCHAT_RELAY QUANTCHAT_MAILS="$relay_data/mail"
}

has_node || leave_out "$node_missing"
mkdir -p "$web/target"
take_turn "$web_turn" "builds the browser client"
if ! install_web >"$web/target/npm.log" 2>&1; then
  end_turn "$web_turn"
  [ -z "$strict" ] || fail "npm could not install the browser client's packages; what it said is in $web/target/npm.log."
  leave_out "npm could not install its packages; what it said is in $web/target/npm.log"
fi
end_turn "$web_turn"
browser=yes
has_chromium || browser=""

# It is built beside what is checked.
start_relay
run tsc --noEmit
run biome check --error-on-warnings .
build_web
[ "$(web_digest)" = "$(cat "$web_sources" 2>/dev/null)" ] || fail "The browser client could not be built."
[ -z "$strict" ] || (cd "$web" && node first-load.mjs)
await_relay
run vitest run
if [ -z "$browser" ]; then
  say "The tests in a browser are left out: they need a Chromium. Install one, or name it in CHROMIUM."
elif [ -n "$strict" ]; then
  run playwright test
else
  run playwright test --grep @smoke
fi
