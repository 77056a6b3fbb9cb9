# Sourced after command-line.sh by publish and remove: common options, and calls of the aws CLI.

export AWS_PAGER='' # the script reads the output

regions=() profile=() name='' dry_run='' failed=()
exec 3>&1 # standard output, also from within $(...)
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

log() { echo "$script: $*" >&2; }

# each <list> <function>: calls the function with each comma-separated name.
each() {
  local list=$1,
  while [[ $list ]]; do
    "$2" "${list%%,*}"
    list=${list#*,}
  done
}

add_region() {
  [[ $1 =~ ^[a-z]+(-[a-z]+)+-[0-9]+$ ]] ||
    fail_usage "'$1' is not a region: expected one such as eu-west-1, or several with commas and no spaces"
  [[ " ${regions[*]} " == *" $1 "* ]] || regions+=("$1")
}

require_regions() {
  ((${#regions[@]})) && return
  local region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
  [[ $region ]] || fail_usage "no region: expected --region, such as eu-west-1, or AWS_REGION"
  add_region "$region"
}

require_name() {
  [[ $name =~ ^[A-Za-z0-9_-]{1,140}$ ]] ||
    fail_usage "'$name' is not a layer's name: expected --name with 1 to 140 letters, digits, dashes and underscores"
}

require_aws() {
  type -P aws >/dev/null ||
    fail_usage "the aws CLI is missing: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
}

# aws_lambda <region> <command> <argument>...: prints the output. On failure only the line with the error is shown: the
# others may quote the request, and with it a session token.
aws_lambda() {
  aws lambda "${@:2}" --region "$1" "${profile[@]}" --output text 2>"$errors" && return
  log "$1: $(grep -im1 error "$errors" || grep -m1 . "$errors" || echo "$2 failed, and aws gave no reason")"
  return 1
}

# The same for a call that changes something; a dry run only prints it.
change() {
  if [[ $dry_run ]]; then
    show aws lambda "${@:2}" --region "$1" "${profile[@]}" --output text
  else
    aws_lambda "$@"
  fi
}

# Prints a command, quoted for a shell.
show() {
  local word line=''
  for word in "$@"; do
    [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]] || word=${word@Q}
    line+="$word "
  done
  echo "${line% }" >&3
}

finish() {
  ((${#failed[@]})) || return 0
  local list
  printf -v list '%s, ' "${failed[@]}"
  log "failed: ${list%, }"
  exit 1
}
