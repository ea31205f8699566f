# shellcheck shell=bash
# Builds the browser client where Node is. Read by ./quantchat, by its deploy and by web/test.sh, which set root and have
# say.
# Works with bash 3.2, which is what macOS has.

web="${root:?}/web"
# What is served.
web_client="$web/target/dist"
# The digest of the sources that it was built from.
web_sources="$web/target/sources"
web_log="$web/target/build.log"
web_turn="$web/target/turn"
node_needed="Node 20.19, 22.12 or newer is needed, with npm, from https://nodejs.org"

# Builds the client unless it is there already. Where it can't be built, says in one line why; the rest runs without it,
# or with the one that was built before. Whether there is one, is_web_built answers.
build_web() {
  local digest
  digest="$(web_digest)"
  if is_web_built && [ "$digest" = "$(cat "$web_sources" 2>/dev/null)" ]; then
    return 0
  fi
  if ! has_node; then
    leave_out_web "$node_missing"
  elif ! mkdir -p "$web/target" 2>/dev/null || [ ! -w "$web/target" ]; then
    leave_out_web "$web/target can't be written"
  else
    take_turn "$web_turn" "builds the browser client"
    # Whoever had the turn before may have built it.
    if ! is_web_built || [ "$digest" != "$(cat "$web_sources" 2>/dev/null)" ]; then
      make_web "$digest" || leave_out_web "$web_failure; all of what it said is in $web_log"
    fi
    end_turn "$web_turn"
  fi
}

# Says why there is no client of these sources.
#   $1: why
leave_out_web() {
  if is_web_built; then
    say "The browser client stays as it was built before: $1."
  else
    say "The browser client is left out: $1. Everything else runs."
  fi
}

# Whether a client is there; perhaps of older sources.
is_web_built() {
  [ -s "$web_client/build.json" ]
}

# Prints a digest of all that a build reads.
web_digest() {
  (
    cd "$web" || exit
    # A folder that isn't there has nothing in it.
    { find ./*.* src public build -type f ! -name '*.test.ts' ! -name '*.test.tsx' 2>/dev/null || true; } |
      LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
  )
}

# Sets node_missing to what is missing, if something is.
has_node() {
  local version major minor
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    node_missing="$node_needed"
    return 1
  fi
  version="$(node --version 2>/dev/null)" || version=""
  version="${version#v}"
  major="${version%%.*}"
  minor="${version#*.}"
  minor="${minor%%.*}"
  case "$major.$minor" in
    [0-9]*.[0-9]*) ;;
    *) major=0 minor=0 ;;
  esac
  if [ "$major" -gt 22 ] || { [ "$major" -eq 22 ] && [ "$minor" -ge 12 ]; } ||
    { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }; then
    return 0
  fi
  node_missing="$node_needed, and this is Node ${version:-of no known version}"
  return 1
}

# Waits until no other process has the turn. A turn is a link that leads to the number of its process: it is made, with
# what it says, in one step.
#   $1: the link, in a folder that is there; $2: what whoever has it does
take_turn() {
  local turn="$1" holder waits=""
  until ln -s "$$" "$turn" 2>/dev/null; do
    holder="$(readlink "$turn" || true)"
    if [ -z "$holder" ]; then
      [ -w "${turn%/*}" ] || return 0
    elif kill -0 "$holder" 2>/dev/null || ps -p "$holder" >/dev/null 2>&1; then
      [ -n "$waits" ] || say "Waiting for process $holder, which $2 ..."
      waits=yes
      sleep 0.2
    elif mv "$turn" "$turn.$$" 2>/dev/null; then
      # Left by one that was killed, unless another took it over in between: then it gets it back.
      [ "$(readlink "$turn.$$")" = "$holder" ] || mv "$turn.$$" "$turn" 2>/dev/null || true
      rm -f "$turn.$$"
    fi
  done
}

end_turn() {
  rm -f "$1"
}

# Needs the turn. Sets web_failure if it fails; what was there stays then.
#   $1: the digest of the sources
make_web() {
  local began="$SECONDS" built="$web/target/building.$$" old="$web/target/old.$$"
  # Of those that were killed.
  rm -rf "$web"/target/building.* "$web"/target/old.* "$web"/target/install.*
  printf 'Building the browser client (the first time, its packages are fetched) ...' >&2
  if ! install_web >"$web_log" 2>&1; then
    web_failure="npm could not install its packages"
  elif ! (cd "$web" && node node_modules/vite/bin/vite.js build --outDir "target/${built##*/}") >>"$web_log" 2>&1 ||
    [ ! -s "$built/build.json" ]; then
    web_failure="its build failed"
  else
    rm -f "$web_sources"
    { [ ! -e "$web_client" ] || mv "$web_client" "$old"; } && mv "$built" "$web_client" &&
      printf '%s\n' "$1" >"$web_sources"
    rm -rf "$old"
    say " done in $((SECONDS - began)) s."
    return 0
  fi
  rm -rf "$built"
  say " failed."
  return 1
}

# Installs the packages that the lock file names, unless they are there. Needs the turn. They are put in place whole:
# what was there stays where they can't be had.
install_web() {
  local home="$web/target/install.$$"
  (cd "$web" && node packages.mjs) && return 0
  if [ -L "$web/node_modules" ]; then
    printf '%s\n' "$web/node_modules is a link: what it leads to isn't touched."
    return 1
  fi
  mkdir -p "$home" && cp "$web/package.json" "$web/package-lock.json" "$home" || return 1
  # No package has a script to run when it is installed; one that gets one shall not.
  if (cd "$home" &&
    npm ci --ignore-scripts --no-audit --no-fund --fetch-retries 1 --fetch-retry-mintimeout 1000 </dev/null); then
    rm -rf "$home/replaced"
    { [ ! -e "$web/node_modules" ] || mv "$web/node_modules" "$home/replaced"; } &&
      mv "$home/node_modules" "$web/node_modules"
  fi
  rm -rf "$home"
  (cd "$web" && node packages.mjs)
}
