# shellcheck shell=bash
# The commands of ./quantchat that need the AWS SAM CLI: deploy, roll-key, and check of a stack by its name. Sourced by it; works with bash 3.2.

functions_zip="$root/functions/target/quantchat-functions.zip"
# Where template.yaml has it: there only while this runs. Of sam alone a stack would keep its release, so that nothing
# that has changed would reach anybody, and sam would call it a success. So it finds nothing, and says this name.
released_zip="$root/functions/target/sam-alone-releases-nothing-run-quantchat-deploy.zip"
# What is in the zip: written by each build.
functions_class_path="$root/functions/target/class-path.txt"
# Whose turn it is to deploy from here.
deploy_turn="$root/target/deploying"
# The digest of the sources that the zip was made of.
package_sources="$root/functions/target/package-sources"
localstack_log="$root/target/localstack/deploy.log"
# LocalStack serves every region; commands only have to agree on one.
localstack_region="eu-west-1"
# What make_room.py ends with where nothing is to be deployed.
already_there=3
# What released.py ends with where the stack has another release.
other_release=4

# What the command line asked for: read_target sets them. Settings of the environment are read from samconfig.toml here;
# config_env is the one that sam itself reads.
environment=dev
config_env=""
stack=""
localstack=""
guided=""
cleaning=""
unchecked=""
more=()
# Parameters that follow from what the account has already: look_beforehand sets it.
looked=""
# Values of the template's parameters, as sam takes them: NAME=VALUE NAME="VALUE" ...; and the one that is the digest of
# all that is deployed. read_overrides sets them.
overrides=""
release=""
# What is known of the stack once it is there.
outputs=""
has_web=""

export SAM_CLI_TELEMETRY="${SAM_CLI_TELEMETRY:-0}"
# sam reads only the second of the two.
[ -z "${AWS_REGION:-}" ] || export AWS_DEFAULT_REGION="$AWS_REGION"

# ---- what was asked for ----------------------------------------------------------------------------------------------

misused() {
  say "$1"
  say "What there is: ./quantchat help"
  exit 2
}

#   $1: the command; the rest are its arguments
read_target() {
  local asked="$1"
  shift
  while [ "$#" -gt 0 ]; do
    case "$1" in
      --guided)
        [ "$asked" = deploy ] || misused "$asked takes no --guided."
        guided=--guided
        ;;
      --clean-up)
        [ "$asked" = deploy ] || misused "$asked takes no --clean-up."
        cleaning=yes
        ;;
      --no-check)
        [ "$asked" = deploy ] || misused "$asked takes no --no-check."
        unchecked=yes
        ;;
      --env | --stack)
        [ -n "${2:-}" ] || misused "$1 needs a name."
        if [ "$1" = --env ]; then environment="$2"; else stack="$2"; fi
        shift
        ;;
      --localstack)
        localstack="http://127.0.0.1:4566"
        case "${2:-}" in
          http://* | https://*)
            localstack="${2%/}"
            shift
            ;;
        esac
        ;;
      --)
        shift
        more=("$@")
        break
        ;;
      *) misused "$asked knows no option $1. What is meant for sam goes behind --." ;;
    esac
    shift
  done
  config_env="$environment"
  if [ -n "$localstack" ]; then
    [ -z "$guided" ] || misused "There is nothing to be asked about LocalStack: leave out --guided."
    use_localstack
  fi
}

# Prints a setting of this environment in samconfig.toml, whichever command it stands under; nothing if it has none, or
# if it is not a plain string.
#   $1: the setting's name
configured() {
  [ -f "$root/samconfig.toml" ] || return 0
  awk -v environment="$environment" -v setting="$1" '
    /^\[/ { here = index($0, "[" environment ".") == 1 }
    here && $1 == setting && $2 == "=" && $3 ~ /^"/ {
      sub(/^[^"]*"/, "")
      sub(/"[^"]*$/, "")
      gsub(/\\"/, "\"")
      print
      exit
    }
  ' "$root/samconfig.toml"
}

# Prints the value of an option among those for sam; nothing if it isn't there.
#   $1: the option, such as --region
given() {
  local option previous=""
  for option in ${more[@]+"${more[@]}"}; do
    if [ "$previous" = "$1" ]; then
      printf '%s' "$option"
      return 0
    fi
    case "$option" in
      "$1="*)
        printf '%s' "${option#*=}"
        return 0
        ;;
    esac
    previous="$option"
  done
}

# Sets stack_options to the options that name the stack and how to reach it, for every command of sam, and region and
# profile to what is among them.
name_stack() {
  local name
  region="" profile=""
  name="$stack"
  [ -n "$name" ] || name="$(given --stack-name)"
  [ -n "$name" ] || name="$(configured stack_name)"
  stack="${name:-quantchat-$environment}"
  stack_options=(--stack-name "$stack" --config-env "$config_env")
  [ -z "$localstack" ] || return 0
  region="$(given --region)"
  [ -n "$region" ] || region="$(configured region)"
  profile="$(given --profile)"
  [ -n "$profile" ] || profile="$(configured profile)"
  [ -z "$region" ] || stack_options+=(--region "$region")
  [ -z "$profile" ] || stack_options+=(--profile "$profile")
}

# Sets overrides: what the account asks for, then what samconfig.toml has, then what is given behind --, then the release; of two values for one
# parameter sam takes the later. Takes the ones given out of more, since sam would take those alone. Without another
# release, functions would not see that a parameter has changed. Guided, nobody knows yet what will change.
read_overrides() {
  local option inside="" rest=()
  overrides="${looked:+$looked }$(configured parameter_overrides)"
  for option in ${more[@]+"${more[@]}"}; do
    case "$option" in
      --parameter-overrides)
        inside=yes
        continue
        ;;
      -*) inside="" ;;
    esac
    if [ -n "$inside" ]; then
      overrides="$overrides $option"
    else
      rest+=("$option")
    fi
  done
  more=(${rest[@]+"${rest[@]}"})
  release="$({
    cat "$functions_zip" "$root/template.yaml" "$root/infra/observability.yaml" "$root/infra/web.yaml"
    printf '%s' "$overrides"
    [ -z "$guided" ] || date
  } | sha256 | cut -c 1-40)"
  overrides="$overrides Release=$release"
  overrides="${overrides# }"
}

# ---- what must be there ----------------------------------------------------------------------------------------------

require_sam() {
  sam --version >/dev/null 2>&1 ||
    fail "This needs the AWS SAM CLI, the command sam, and found none that runs. Install it with
  brew install aws-sam-cli
  pipx install aws-sam-cli
or from https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html"
}

# Asks AWS for the stack's outputs, which needs little, and takes whatever kind of credentials sam itself takes. Refuses
# only what is known to be about credentials or the region; all else is for sam to say.
require_credentials() {
  local said no_region=""
  said="$(what_aws_says)"
  case "$said" in
    *"No region information"*)
      no_region=1
      said="$(what_aws_says --region us-east-1)"
      ;;
  esac
  case "$said" in
    *"locate credentials"* | *"Partial credentials"* | *"config profile"*)
      fail "There are no AWS credentials here. With the AWS CLI (https://aws.amazon.com/cli), run
  aws configure sso    or    aws configure
or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to one of your profiles; then try again."
      ;;
    *ExpiredToken* | *"oken has expired"* | *"oken is expired"* | *"SSO session"* | *"retrieving token from sso"*)
      fail "Your AWS credentials have expired: run aws sso login, or fetch new ones; then try again."
      ;;
    *InvalidClientTokenId* | *UnrecognizedClient* | *SignatureDoesNotMatch* | *AuthFailure*)
      fail "AWS doesn't accept your credentials: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or your profile; then try again."
      ;;
  esac
  if [ -n "$no_region" ] && [ -z "$guided" ]; then
    fail "No AWS region is chosen: set AWS_REGION, for example to eu-west-1, or let sam ask for it: ./quantchat deploy --guided"
  fi
}

#   its arguments are further options
what_aws_says() {
  # shellcheck disable=SC2069 # only what it says when it fails
  sam list stack-outputs "${stack_options[@]}" "$@" --output json 2>&1 >/dev/null || true
}

# Sees to it that nothing that follows reaches AWS, whatever credentials and profiles there are.
use_localstack() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS
  # A bucket's name is put before a host's name but not before an address, and under localhost it may not be found.
  case "$localstack" in
    http://localhost | http://localhost:*) localstack="http://127.0.0.1${localstack#http://localhost}" ;;
  esac
  export AWS_ENDPOINT_URL="$localstack"
  export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  export AWS_REGION="$localstack_region" AWS_DEFAULT_REGION="$localstack_region"
  # No environment of samconfig.toml: what is meant for AWS, such as a bucket, is not there.
  config_env=localstack
}

require_localstack() {
  curl -fsS -m 30 -o /dev/null "$localstack/_localstack/health" 2>/dev/null ||
    fail "No LocalStack answers at $localstack. With Docker, start one with
  docker run --rm -p 4566:4566 -v /var/run/docker.sock:/var/run/docker.sock -e LAMBDA_IGNORE_ARCHITECTURE=1 localstack/localstack:4.14.0
or name another one's address behind --localstack."
}

# Sets python to one that has a module: sam's own, or the one on the PATH. Is false where none has it.
#   $1: the module
find_python() {
  local sam_file first
  sam_file="$(follow_links "$(command -v sam)")"
  first="$(LC_ALL=C sed -n '1s/^#! *\([^ ]*\).*/\1/p' "$sam_file" 2>/dev/null || true)"
  for python in "$first" "$(dirname "$sam_file")/python3" python3 python; do
    if [ -n "$python" ] && "$python" -c "import $1" >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

find_translator() {
  find_python samtranslator ||
    fail "For LocalStack the template is translated here, and no Python on the PATH has what that needs: python3 -m pip install aws-sam-translator"
}

# ---- building --------------------------------------------------------------------------------------------------------

# Prints the digest of each file that is named, or of what is read.
sha256() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# Prints a digest of the sources, by name and content, that the zip which every function shares is made of, and of the
# zip: one that was made by something else is of no known sources. Which modules those are Maven has written down.
package_digest() {
  local files=() file
  while IFS= read -r file; do
    files+=("$file")
  done < <(sources_of "$(zipped_modules)" -type f | LC_ALL=C sort)
  (cd "$root" && sha256 "${files[@]}" "${functions_zip#"$root"/}") | sha256
}

# Prints the modules that are in the zip, a line each.
zipped_modules() {
  printf '%s\n' functions
  [ ! -s "$functions_class_path" ] || own_modules "$functions_class_path"
}

# Whether the zip was made from the sources as they are now, whatever their times.
is_packaged() {
  [ -s "$functions_zip" ] && [ -s "$functions_class_path" ] && [ -s "$package_sources" ] &&
    [ "$(package_digest)" = "$(cat "$package_sources")" ]
}

# Packages the functions unless they are packaged, and puts the package where sam looks for it until this script ends.
package_functions() {
  is_packaged || make_package
  ln -f "$functions_zip" "$released_zip" 2>/dev/null || cp "$functions_zip" "$released_zip"
}

make_package() {
  local module
  find_jdk
  rm -f "$package_sources"
  # Maven goes by times: it keeps classes that are newer than their sources.
  zipped_modules | while IFS= read -r module; do
    rm -rf "$root/$module/target/classes"
  done
  run_maven "Packaging the functions" functions
  # What was changed meanwhile may not be in it: then the next time makes it anew.
  [ -n "$(sources_of "$(zipped_modules)" -newer "$build_began" | head -n 1)" ] || package_digest >"$package_sources"
}

# Whether the browser client is to be served, as far as is said here; else it is as it was.
wants_web() {
  case " $overrides " in
    *" WebClient=false "* | *' WebClient="false" '* | *" ParameterKey=WebClient,ParameterValue=false "*) return 1 ;;
  esac
}

# Builds the browser client where Node is. Sets web_client to where it is and has_web to whether it is what the sources
# make: an older one must not replace what is served.
build_client() {
  has_web=""
  wants_web || return 0
  # With the region they are made of it, and have 64 at most.
  [ "${#stack}" -le 40 ] ||
    misused "The name of a stack with a browser client has 40 characters at most, since CloudFront's names are made of it: name it otherwise by --stack, or leave the client out by -- --parameter-overrides WebClient=false."
  build_web
  if is_web_built && [ "$(web_digest)" = "$(cat "$web_sources" 2>/dev/null)" ]; then
    has_web=yes
  fi
}

# ---- deploying -------------------------------------------------------------------------------------------------------

# Sets outputs to what output looks in; to nothing if it can't be had.
read_outputs() {
  outputs="$(sam list stack-outputs "${stack_options[@]}" --output json 2>/dev/null || true)"
}

# Prints one of the stack's outputs; nothing if it hasn't it.
#   $1: its name
output() {
  printf '%s\n' "$outputs" |
    awk -F '"' -v wanted="$1" '$2 == "OutputKey" { key = $4 } $2 == "OutputValue" && key == wanted { print $4; exit }'
}

deploy() {
  read_target deploy "$@"
  require_sam
  if [ -n "$cleaning" ]; then
    clean_up
    return
  fi
  # shellcheck source=web/build.sh
  . "$root/web/build.sh"
  mkdir -p "${deploy_turn%/*}"
  # All deployments from here put the package and the templates in the same places.
  take_turn "$deploy_turn" "deploys from here"
  trap 'rm -f "$released_zip"; end_turn "$deploy_turn"' EXIT
  if [ -n "$localstack" ]; then
    deploy_to_localstack
  else
    deploy_to_aws
  fi
}

deploy_to_aws() {
  local rest socket asked="$stack"
  name_stack
  require_credentials
  package_functions
  look_beforehand
  read_overrides
  build_client
  (cd "$root" && sam deploy --template-file template.yaml --config-env "$environment" --no-fail-on-empty-changeset \
    --stack-name "$stack" --parameter-overrides "$overrides" ${guided:+"$guided"} ${more[@]+"${more[@]}"}) ||
    fail "It was not deployed. Where the stack never worked before, ./quantchat deploy --clean-up --stack $stack deletes what is left of it; docs/operations.md has what else may be stuck."
  # Guided, sam may have asked for another name and written it down.
  stack="$asked"
  name_stack
  require_released
  read_outputs
  rest="$(output RestUrl)"
  socket="$(output SocketUrl)"
  say_in_force
  if [ -z "$rest" ]; then
    say "QuantChat is deployed. Its URLs are RestUrl and SocketUrl among the outputs above; it was not checked."
    return 0
  fi
  say "QuantChat is deployed, as the stack $stack. Clients need:"
  printf 'RestUrl    %s\nSocketUrl  %s\n' "$rest" "$socket"
  upload_client
  play_check "$rest" --socket-url "$socket" --wait 120
  say "
Try it:         curl -s $rest/auth/register -H 'Content-Type: application/json' -d '{\"email\":\"ana@example.org\",\"password\":\"correct horse\"}'
Check it:       ./quantchat check --env $environment
Update it:      ./quantchat deploy --env $environment
Roll the key:   ./quantchat roll-key --env $environment
Take it down:   sam delete ${stack_options[*]}"
}

# Sets way_in to what programs here need to reach the stack as sam does.
set_way_in() {
  way_in=()
  [ -z "$profile" ] || way_in+=(--profile "$profile")
  [ -z "$region" ] || way_in+=(--region "$region")
}

# Sets looked to parameters that follow from what the account has, and has said what whoever deploys should know. What
# can't be looked at from here stays as it is.
look_beforehand() {
  looked=""
  find_python boto3 || return 0
  set_way_in
  looked="$("$python" "$root/infra/deploy/beforehand.py" "$stack" "$(configured parameter_overrides) ${more[*]-}" \
    ${way_in[@]+"${way_in[@]}"})" || looked=""
}

# Says which parameters the stack has: what was named for one deployment stays in the next.
say_in_force() {
  local lines
  find_python boto3 || return 0
  set_way_in
  lines="$("$python" "$root/infra/deploy/in_force.py" "$stack" "$overrides" ${way_in[@]+"${way_in[@]}"})" || return 0
  say "Parameters in force; all others have the template's defaults:
${lines:-none}"
}

# Plays an account's way through what was deployed. CodeDeploy checks what replaces a version, and so not the first.
#   $1: the URL of the REST routes; the rest are more options of check
play_check() {
  local url="$1"
  shift
  [ -z "$unchecked" ] || return 0
  "$root/quantchat" check --url "$url" "$@" >&2 ||
    fail "QuantChat is deployed, but the check failed at the step above. Play it again by ./quantchat check --stack $stack"
}

# The same for a stack that is there.
check_stack() {
  local rest
  read_target check "$@"
  require_sam
  name_stack
  if [ -n "$localstack" ]; then require_localstack; else require_credentials; fi
  read_outputs
  rest="$(output RestUrl)"
  [ -n "$rest" ] || fail "There is no stack $stack that says its RestUrl: deploy it, or name another by --env or --stack."
  if [ -n "$localstack" ]; then
    exec "$root/quantchat" check --url "$(on_localstack "$rest")" --no-socket --wait 120
  fi
  exec "$root/quantchat" check --url "$rest" --socket-url "$(output SocketUrl)" --wait 120
}

# Deletes what is left of a stack that is gone, or whose first deployment failed. Asks first.
clean_up() {
  name_stack
  if [ -n "$localstack" ]; then require_localstack; else require_credentials; fi
  find_python boto3 ||
    fail "Cleaning up needs boto3, and no Python on the PATH has it: python3 -m pip install boto3"
  set_way_in
  "$python" "$root/infra/deploy/clean_up.py" "$stack" ${way_in[@]+"${way_in[@]}"}
}

# sam ends the same whether its question about the changes was answered with yes or no. Where nothing here can tell, it
# was yes.
require_released() {
  local status=0
  find_python boto3 || return 0
  set_way_in
  "$python" "$root/infra/deploy/released.py" "$stack" "$release" ${way_in[@]+"${way_in[@]}"} >/dev/null 2>&1 || status="$?"
  [ "$status" -ne "$other_release" ] ||
    fail "Nothing was deployed: the stack $stack is as it was before, and so is its browser client."
}

# Puts the browser client where the stack serves it, if it does.
upload_client() {
  local url build
  url="$(output WebUrl)"
  [ -n "$url" ] || return 0
  if [ -z "$has_web" ]; then
    printf 'WebUrl     %s\n' "$url"
    say "The browser client there is the one that was deployed before, if any."
    return 0
  fi
  find_python boto3 ||
    fail "QuantChat is deployed, but not its browser client: no Python on the PATH has what that needs. Run
  python3 -m pip install boto3
and the same command again. What was served before still is."
  set_way_in
  printf 'Uploading the browser client: ' >&2
  build="$("$python" "$root/infra/deploy/upload_web.py" "$web_client" "$root/infra/web-headers.json" \
    "$(output WebBucket)" "$(output WebDistribution)" ${way_in[@]+"${way_in[@]}"})" ||
    fail "QuantChat is deployed, but its browser client wasn't uploaded whole. What was served before still is: run the same command again."
  printf 'WebUrl     %s\nWebBuild   %s\n' "$url" "$build"
}

deploy_to_localstack() {
  local began status=0 folder rest
  require_localstack
  find_translator
  package_functions
  began="$SECONDS"
  name_stack
  read_overrides
  overrides="$overrides WebClient=false"
  folder="$(dirname "$localstack_log")"
  mkdir -p "$folder"
  printf 'Deploying %s to the LocalStack at %s ...' "$stack" "$localstack" >&2
  sam_deploy_translated "$folder" >"$localstack_log" 2>&1 || status="$?"
  case "$status" in
    0) say " done in $((SECONDS - began)) s." ;;
    "$already_there") say " is there already." ;;
    *)
      say " failed:"
      tail -n 20 "$localstack_log" >&2
      fail "It was not deployed; all of what was said is in $localstack_log."
      ;;
  esac
  say "Left out: the browser client, since LocalStack's free version has no CloudFront."
  grep '^Left out: ' "$localstack_log" >&2 || true
  read_outputs
  rest="$(output RestUrl)"
  [ -n "$rest" ] || fail "It was deployed, but LocalStack doesn't give the stack's outputs."
  rest="$(on_localstack "$rest")"
  printf 'RestUrl    %s\n' "$rest"
  say_in_force
  play_check "$rest" --no-socket --wait 120
  say "
There is no SocketUrl: LocalStack's free version has no WebSocket APIs.
Try it:         curl -s $rest/auth/register -H 'Content-Type: application/json' -d '{\"email\":\"ana@example.org\",\"password\":\"correct horse\"}'
Roll the key:   ./quantchat roll-key --localstack $localstack --stack $stack"
}

# Prints LocalStack's own address of a stage, which needs no name to resolve.
#   $1: https://ID.execute-api.ANYTHING/STAGE
on_localstack() {
  local host="${1#*://}"
  printf '%s/_aws/execute-api/%s/%s' "$localstack" "${host%%.*}" "${host#*/}"
}

# Makes room, packages, translates, deploys. Ends with already_there where nothing has changed.
#   $1: where to put the templates
sam_deploy_translated() {
  "$python" "$root/infra/deploy/make_room.py" "$stack" "$release" &&
    sam package --template-file "$root/template.yaml" --config-env "$config_env" --resolve-s3 --no-progressbar \
    --output-template-file "$1/packaged.yaml" &&
    "$python" "$root/infra/deploy/translate.py" "$root/template.yaml" "$1/packaged.yaml" "$1/translated.json" "$overrides" &&
    sam deploy --template-file "$1/translated.json" --stack-name "$stack" --config-env "$config_env" --resolve-s3 \
      --capabilities CAPABILITY_IAM --no-confirm-changeset --no-fail-on-empty-changeset --no-progressbar \
      --parameter-overrides "$overrides" ${more[@]+"${more[@]}"}
}

# ---- signing keys ----------------------------------------------------------------------------------------------------

# Only who may invoke the function directly can do this: no REST request can.
roll_key() {
  local answer key
  read_target roll-key "$@"
  require_sam
  name_stack
  [ -n "$localstack" ] || require_credentials
  if ! answer="$(sam remote invoke AuthFunction "${stack_options[@]}" ${more[@]+"${more[@]}"} \
    --event '{"roll_signing_key": true}' --parameter Qualifier=live --parameter LogType=None 2>&1)"; then
    fail "The key of $stack was not rolled: ${answer##*Error: }"
  fi
  key="$(printf '%s\n' "$answer" | sed -n 's/.*"key_id": *"\([^"]*\)".*/\1/p')"
  [ -n "$key" ] || fail "The key of $stack was not rolled; the function's log says why."
  say "New tokens of $stack are signed by this key within a minute; those signed before stay good until they expire."
  printf '%s\n' "$key"
}
