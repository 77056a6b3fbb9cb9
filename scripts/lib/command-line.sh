# Sourced first by every script, which sets root, errexit, nounset and pipefail: help and rejections in one form, before
# anything is built.

script=${0##*/}

# The modes of the layer's sinks.
known_sinks=(http loki kinesis s3)

# Prints the comment at the beginning of the script.
print_help() { sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$0"; }

# help_if_asked <argument>...: prints the help and exits when --help or -h is among the arguments, up to "--".
help_if_asked() {
  local argument
  for argument in "$@"; do
    case $argument in
      --help | -h) print_help && exit 0 ;;
      --) return 0 ;;
    esac
  done
}

# fail_usage <reason>: reports wrong usage, or anything else that keeps the script from starting, in one line.
fail_usage() {
  echo "$script: $*; see scripts/$script --help" >&2
  exit 2
}

# check_options <argument>...: fails on an option that the help does not name, up to "--".
check_options() {
  local argument text
  text=" $(print_help | tr -c 'a-z0-9-' ' ') "
  for argument in "$@"; do
    [[ $argument != -- ]] || return 0
    [[ $argument != -* || $text == *" ${argument%%=*} "* ]] || fail_argument "$argument"
  done
}

# fail_argument <argument>: for an argument that the script does not know.
fail_argument() {
  [[ $1 != -* ]] || fail_usage "unknown option '$1'"
  fail_usage "unexpected argument '$1'"
}

# no_more_arguments <argument>...: fails on the first one.
no_more_arguments() { (($# == 0)) || fail_argument "$1"; }

# has_value <option> [<value>...]: fails when the option is the last word, or another option follows.
has_value() { [[ $# -gt 1 && $2 && $2 != --* ]] || fail_usage "$1 needs a value"; }

# require_sink <name>
require_sink() {
  local known
  for known in "${known_sinks[@]}"; do
    [[ $1 != "$known" ]] || return 0
  done
  fail_usage "unknown sink '$1': expected one of ${known_sinks[*]}"
}

# make_folder <folder>: creates it, and fails when files cannot be written there.
make_folder() {
  mkdir -p "$1" 2>/dev/null && [[ -w $1 ]] || fail_usage "no permission to write to $1"
}

# read_terminal: sets terminal to the properties that describe standard output to a Java program, and exports COLUMNS.
read_terminal() {
  terminal=()
  [[ -t 1 ]] || return 0
  terminal=(-Dterminal=true)
  COLUMNS=${COLUMNS:-$(tput cols 2>/dev/null || echo 100)}
  export COLUMNS
}
