# Sourced by publish and remove, which set errexit, nounset and pipefail: options that both know, and calls of the aws CLI.

export AWS_PAGER='' # an answer is for the script, not for a screen

script=${0##*/}
regions=() profile=() name='' dry_run='' failed=()
exec 3>&1 # what the script prints, also from within $(...)
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

say() { echo "$script: $*" >&2; }

# Something is wrong or missing, and nothing has been called.
refuse() {
  say "$*; see scripts/$script --help"
  exit 2
}

# has_value <option> [<value>...]
has_value() { [[ $# -gt 1 && $2 && $2 != --* ]] || refuse "$1 needs a value"; }

# each <list> <function>: calls it with each of the names between commas.
each() {
  local rest=$1,
  while [[ $rest ]]; do
    "$2" "${rest%%,*}"
    rest=${rest#*,}
  done
}

add_region() {
  [[ $1 =~ ^[a-z]+(-[a-z]+)+-[0-9]+$ ]] ||
    refuse "'$1' is not a region: expected one such as eu-west-1, or several with commas and no spaces"
  [[ " ${regions[*]} " == *" $1 "* ]] || regions+=("$1")
}

require_regions() {
  ((${#regions[@]})) && return
  local region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
  [[ $region ]] || refuse "no region: expected --region eu-west-1, say, or AWS_REGION"
  add_region "$region"
}

require_name() {
  [[ $name =~ ^[A-Za-z0-9_-]{1,140}$ ]] ||
    refuse "'$name' is not a layer's name: expected --name with 1 to 140 letters, digits, dashes and underscores"
}

require_aws() {
  type -P aws >/dev/null ||
    refuse "the aws CLI is missing: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
}

# aws_lambda <region> <command> <argument>...: prints the answer. Of what aws says about a failure only the line that
# names it is shown: the others may quote the request, and with it a session token.
aws_lambda() {
  aws lambda "${@:2}" --region "$1" "${profile[@]}" --output text 2>"$errors" && return
  say "$1: $(grep -im1 error "$errors" || grep -m1 . "$errors" || echo "$2 failed, and aws did not say why")"
  return 1
}

# The same for a call that changes something: a dry run prints it and answers nothing.
change() {
  if [[ $dry_run ]]; then
    show aws lambda "${@:2}" --region "$1" "${profile[@]}" --output text
  else
    aws_lambda "$@"
  fi
}

# Prints a command as a shell reads it.
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
  say "failed: ${list%, }"
  exit 1
}
