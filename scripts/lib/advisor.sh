# Sourced by scripts that set root, errexit and pipefail: the program behind scripts/doctor and scripts/explain.

source "${BASH_SOURCE[0]%/*}/maven.sh"

is_advisor_built() {
  local jar=("$root"/advisor/target/log-shipper-advisor-*.jar)
  [[ -f ${jar[0]} && -d $root/advisor/target/lib ]] &&
    [[ -z $(find "$root"/{advisor,core,client-http,client-aws,format-edgedelta,sink-*}/src/main -type f \
      -newer "${jar[0]}" -print -quit) ]]
}

# check_source <argument>...: fails before a build when there is nothing to read.
check_source() {
  local sources=0
  while (($#)); do
    case $1 in
      --env-file | --template)
        has_value "$@"
        [[ -e $2 ]] || fail_usage "$2 does not exist"
        sources=1
        ;;
      --function | --env-file=* | --template=* | --function=*) sources=1 ;;
    esac
    shift
  done
  ((sources)) || fail_usage "nothing to read: expected one of --env-file, --template and --function"
}

# advise <command> <argument>...: builds the program if it is missing or older than its sources, and runs it.
advise() {
  local java_home
  check_source "${@:2}"
  if ! is_advisor_built; then
    require_maven
    echo "Building the advisor (once, about a minute):" >&2
    quiet_maven "$root/advisor/target/build.log" -f "$root/pom.xml" -pl advisor -am -DskipTests package >&2
  fi
  java_home=$(jdk25)
  read_terminal
  exec "$java_home/bin/java" "${terminal[@]}" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    -cp "$root/advisor/target/classes:$root/advisor/target/lib/*" dev.logshipper.advisor.AdvisorCommand "$@"
}
