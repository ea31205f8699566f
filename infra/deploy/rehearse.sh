#!/usr/bin/env bash
# Rehearses a stack's life: its first deployment, an account's way through it, an update of its parameters, a broken
# version that must not get traffic, a roll of the signing key, and its end; prints what held, how long it took and what
# it cost. For whoever has an AWS account: what AWS alone does is shown by nothing else here.
#
#   infra/deploy/rehearse.sh                      in the account and region of AWS_PROFILE and AWS_REGION
#   infra/deploy/rehearse.sh --localstack [URL]   on a LocalStack, as far as that goes
#
#   --stack NAME   the stack's name (default quantchat-rehearsal-DATE); nothing of that name may be there
#   --keep         leave the stack where it is
#
# The stack is one of its own, with tables that may be deleted and no browser client. All that it makes is deleted in the
# end, also when a step fails or somebody breaks off; packages in sam's own bucket go with it. What can't be deleted then
# is said, with the commands that do. On AWS it takes most of an hour. What each step said is in target/rehearsal. Ends
# with 1 if a step failed, 2 if nothing was played. Works with bash 3.2.
set -euo pipefail

# Whoever breaks off does so while a step writes into its log: what is said then is for the terminal all the same.
exec 3>&1 4>&2

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
folder="$root/target/rehearsal"

parameters="DeploymentType=Canary10Percent5Minutes Alarms=false DeletionProtection=false LogRetentionDays=1 WebClient=false"
# The parameter that is updated. Another value is another release.
updated="AccessTokenMinutes=16"
# What a broken version takes for its table.
missing="no-such-table"
# CloudWatch, us-east-1: an alarm for a month. All else is counted by requests, of which there are a few hundred.
dollars_an_alarm="0.10"

stack="quantchat-rehearsal-$(date +%Y%m%d-%H%M%S)"
localstack=""
keep=""
where=()
# One line a step: how it went, its seconds, its name.
results=()
failed=""
deployed=""
# The step that is being played, and since when.
playing=""
playing_since=0

say() { printf '%s\n' "$*" >&4; }

misused() {
  say "$1"
  sed -n '2,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

read_options() {
  while [ "$#" -gt 0 ]; do
    case "$1" in
      --localstack)
        localstack="http://127.0.0.1:4566"
        case "${2:-}" in
          http://* | https://*)
            localstack="$2"
            shift
            ;;
        esac
        ;;
      --stack)
        [ -n "${2:-}" ] || misused "--stack needs a name."
        stack="$2"
        shift
        ;;
      --keep) keep=yes ;;
      --help | -h) misused "What it does:" ;;
      *) misused "There is no option $1." ;;
    esac
    shift
  done
  where=(--env dev --stack "$stack")
  [ -z "$localstack" ] || where+=(--localstack "$localstack")
}

# ---- steps -----------------------------------------------------------------------------------------------------------

# Plays a step if those before it left something to play it on.
#   $1: its name; the rest is the command
step() {
  local name="$1" began="$SECONDS" how=held log
  shift
  log="$folder/${#results[@]}.log"
  playing="$name"
  playing_since="$began"
  if [ -z "$deployed" ] && [ "${#results[@]}" -gt 0 ]; then
    results+=("not played	-	$name: there is no stack")
    playing=""
    return 0
  fi
  say "$name ..."
  if ! "$@" >"$log" 2>&1; then
    how=FAILED
    failed=yes
    say "It failed; what it said is in $log:"
    tail -n 5 "$log" >&2
  fi
  results+=("$how	$((SECONDS - began))	$name")
  playing=""
}

#   $1: its name; $2: why
skip() {
  results+=("skipped	-	$1: $2")
}

# The packages lie apart from other stacks', which would miss what is deleted with this one.
#   its arguments are parameters, beside those of every deployment
deploy() {
  "$root/quantchat" deploy "${where[@]}" --no-check -- --parameter-overrides "$parameters${1:+ $1}" \
    --s3-prefix "$stack"
}

first_deployment() {
  deploy && deployed=yes
}

journey() {
  "$root/quantchat" check "${where[@]}"
}

# The stack has the new value, and works.
update() {
  local said="$folder/update.txt"
  deploy "$updated" >"$said" 2>&1 || {
    cat "$said"
    return 1
  }
  cat "$said"
  if ! grep -q "^$updated" "$said"; then
    echo "The stack doesn't say that it has $updated."
    return 1
  fi
  journey
}

# Nothing has changed, so nothing is released.
again() {
  deploy "$updated" && journey
}

# A version that can't reach its messages: the check before traffic must find that, and the version before it stay.
broken_version() {
  local template="$folder/template.yaml" said="$folder/broken.txt"
  sed -e "s|^\( *RELAY_MESSAGES_TABLE:\).*|\1 $missing|" \
    -e "s|^\( *CodeUri:\).*|\1 $root/functions/target/quantchat-functions.zip|" -e "s|^\( *TemplateURL:\) *\([^/ ].*\)|\1 $root/\2|" \
    "$root/template.yaml" >"$template"
  if ! grep -q "$missing" "$template"; then
    echo "The template has no RELAY_MESSAGES_TABLE to break."
    return 1
  fi
  if sam deploy --template-file "$template" --stack-name "$stack" --config-env rehearsal --resolve-s3 --s3-prefix "$stack" \
    --capabilities CAPABILITY_IAM --no-confirm-changeset --no-progressbar \
    --parameter-overrides "$parameters $updated Release=$(date +%s)" >"$said" 2>&1; then
    cat "$said"
    echo "The broken version was deployed."
    return 1
  fi
  cat "$said"
  if ! grep -q ROLLBACK "$said"; then
    echo "It was refused, but nothing was rolled back: the broken version was never tried."
    return 1
  fi
  journey
}

roll_key() {
  "$root/quantchat" roll-key "${where[@]}" && journey
}

deletion() {
  sam delete --stack-name "$stack" --no-prompts && left_nothing
}

# Deletes what is left of a stack that was deleted or never worked, and looks whether that was all.
left_nothing() {
  printf '%s\n' "$stack" | "$root/quantchat" deploy --clean-up "${where[@]}" &&
    "$root/quantchat" deploy --clean-up "${where[@]}" </dev/null | tee "$folder/left.txt" &&
    grep -q "Nothing is left" "$folder/left.txt"
}

# Ends where there is something of that name: all that is found of it in the end is deleted.
look_first() {
  local said
  said="$("$root/quantchat" deploy --clean-up "${where[@]}" </dev/null 2>&1)" || true
  case "$said" in
    *"Nothing is left of the stack $stack."*) return 0 ;;
  esac
  # But the question that nobody was there to answer.
  printf '%s\n' "$said" | grep -v "^This can't be undone" >&2 || true
  case "$said" in
    *"stack $stack"*) say "A rehearsal deletes its stack in the end, so it makes one of its own: name another by --stack." ;;
  esac
  say "Nothing was played."
  exit 2
}

# ---- the whole -------------------------------------------------------------------------------------------------------

on_aws() {
  step "first deployment" first_deployment
  step "an account's way, by REST and socket" journey
  step "update of a parameter, by a canary" update
  step "the same again" again
  step "a broken version, which must not get traffic" broken_version
  skip "a version that fails only under traffic" "nothing here breaks one that the check before traffic passes"
  step "roll of the signing key" roll_key
}

on_localstack() {
  step "first deployment" first_deployment
  step "an account's way, by REST" journey
  skip "sockets" "LocalStack's free version has no WebSocket APIs"
  step "another parameter, in a stack made anew" update
  step "the same again" again
  skip "canary and broken version" "LocalStack runs no CodeDeploy"
  step "roll of the signing key" roll_key
}

# LocalStack is reached by these alone, whatever credentials there are.
use_localstack() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN
  export AWS_ENDPOINT_URL="$localstack" AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
  export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
}

say_what_is_left() {
  if [ -n "$localstack" ]; then
    say "
The stack $stack may still be there, until LocalStack ends."
    return 0
  fi
  say "
The stack $stack may still be there, and costs while it is. Once nothing is being done to it any more, delete it by
  sam delete --stack-name $stack
if it works, and then, or if it never did, what is left of it by
  ./quantchat deploy --clean-up ${where[*]}"
}

end() {
  local line alarms deletes
  exec >&3 2>&4
  # Who breaks off once more leaves what is there.
  trap 'say_what_is_left; exit 130' INT
  trap 'say_what_is_left; exit 143' TERM
  [ -z "$playing" ] || results+=("broken off	$((SECONDS - playing_since))	$playing")
  deletes="${#results[@]}"
  if [ -n "$keep" ]; then
    skip "deletion" "the stack $stack was to be kept"
  elif [ -n "$deployed" ] && [ -n "$localstack" ]; then
    skip "deletion" "sam deletes no stack whose templates lie outside of AWS; $stack stays until LocalStack ends"
  elif [ -n "$deployed" ]; then
    step "deletion" deletion
  else
    deployed=yes
    step "clean-up of the failed deployment" left_nothing
  fi
  trap 'exit 130' INT
  trap 'exit 143' TERM
  printf '\n%-10s %8s  %s\n' how seconds step
  for line in "${results[@]}"; do
    printf '%s\n' "$line" | awk -F '\t' '{ printf "%-10s %8s  %s\n", $1, $2, $3 }'
  done
  if [ -z "$localstack" ]; then
    alarms="$(grep -c 'AWS::CloudWatch::Alarm' "$root/template.yaml" || true)"
    awk -v alarms="$alarms" -v price="$dollars_an_alarm" -v seconds="$SECONDS" 'BEGIN {
      printf "\nEstimated cost: %.3f dollars for %d alarms in %d minutes (each %s a month), and requests, writes and\nstorage of a few hundred calls, below 0.01 by docs/cost.md. The bill knows better, a day later.\n",
        alarms * price / 730 * seconds / 3600, alarms, (seconds + 59) / 60, price
    }'
  fi
  case "${results[$deletes]}" in
    FAILED*) say_what_is_left ;;
  esac
  if [ -n "$failed" ]; then
    say "Not all of it held; what each step said is in $folder."
    exit 1
  fi
}

read_options "$@"
command -v sam >/dev/null 2>&1 || {
  say "This needs the AWS SAM CLI, the command sam: see ./quantchat deploy."
  exit 2
}
# sam reads only the second of the two.
[ -z "${AWS_REGION:-}" ] || export AWS_DEFAULT_REGION="$AWS_REGION"
[ -z "$localstack" ] || use_localstack
look_first
rm -rf "$folder"
mkdir -p "$folder"
# What was begun is taken down, too, when somebody breaks off.
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -n "$localstack" ]; then
  on_localstack
else
  on_aws
fi
