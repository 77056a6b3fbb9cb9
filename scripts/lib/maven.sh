# Sourced by scripts that set root, errexit and pipefail: Maven with short output.

source "${BASH_SOURCE[0]%/*}/command-line.sh"

# Fails in one line, before anything starts, when a build is impossible.
require_maven() {
  type -P mvn >/dev/null ||
    fail_usage "Maven is missing (3.8.7 or newer): install the package 'maven', or unpack https://maven.apache.org/download.cgi and put its bin/ on the PATH"
  make_folder "$root/target"
}

missing_jdk() {
  fail_usage "JDK 25 is missing: install Temurin 25 (https://adoptium.net/installation/), or point JAVA_HOME at one"
}

# quiet_maven <log file> <argument>...: prints short progress lines, writes everything to the log, and prints the relevant
# part of the log on failure.
quiet_maven() {
  local log=$1
  shift
  make_folder "$(dirname "$log")"
  # Maven's toolchain selection finds the JDK 25; it searches more folders than a script could.
  if mvn -B -ntp "$@" 2>&1 | tee "$log" | progress; then return; fi
  if grep -q 'Cannot find matching toolchain\|No suitable toolchain\|No toolchain' "$log"; then
    missing_jdk
  elif grep -q 'Unknown host\|Could not transfer artifact\|Network is unreachable\|Connection refused' "$log"; then
    echo "$script: Maven could not download what it needs: check the network, or the mirrors in ~/.m2/settings.xml" >&2
  else
    grep -E '^\[ERROR\]|^Exception|^Caused by' "$log" | head -n 40 >&2 || true
  fi
  echo "Full output in $log" >&2
  return 1
}

# Prints, with the elapsed time, the names of modules, the classes of integration tests, the layer's own lines and the
# tests' totals; after half a minute without any of them, that it is still at work.
progress() {
  local line part='' doing='' printed=$SECONDS began=$SECONDS integration='' status
  while true; do
    status=0
    IFS= read -r -t 10 line || status=$?
    if ((status > 128)); then # the time is over; a part of a line may have come
      part+=$line
      line=''
    elif ((status)); then
      return 0
    else
      line=$part$line
      part=''
    fi
    if [[ $line =~ ^\[INFO\]\ Building\ ([^ ]+)\ .*\[([0-9]+/[0-9]+)\]$ ]]; then
      doing=${BASH_REMATCH[1]} integration=''
      tell "[${BASH_REMATCH[2]}] $doing"
    elif [[ $line == 'layer: '* ]]; then
      tell "      ${line#layer: }"
    elif [[ $line == '[INFO] --- '*failsafe*integration-test* ]]; then
      integration=yes
    elif [[ $integration && $line =~ ^\[INFO\]\ Running\ .*\.([A-Za-z0-9]+)$ ]]; then
      doing=${BASH_REMATCH[1]}
      tell "      $doing"
    elif [[ $line =~ ^\[(INFO|WARNING|ERROR)\]\ (Tests\ run:\ [^-]*)$ ]]; then
      tell "      ${BASH_REMATCH[2]}"
    elif ((SECONDS - printed >= 30)); then
      tell "      still at $doing"
    fi
  done
}

# tell <line>: prints it after the time since progress began; for progress alone, whose variables it uses.
tell() {
  printf '%3d:%02d %s\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60)) "$1"
  printed=$SECONDS
}

# jdk25: prints the home of the JDK 25 that the build uses. Cached in the build folder.
jdk25() {
  local kept=$root/target/jdk25 home=''
  [[ ! -f $kept ]] || home=$(<"$kept")
  if [[ -z $home || ! -x $home/bin/java ]]; then
    require_maven
    mkdir -p "$root/target"
    if ! mvn -B -f "$root/pom.xml" -N toolchains:select-jdk-toolchain exec:exec -Dexec.executable=java \
      -Dexec.args="-XshowSettings:properties -version" >"$kept.log" 2>&1; then
      missing_jdk
    fi
    home=$(sed -n 's/^ *java\.home = //p' "$kept.log")
    echo "$home" >"$kept"
  fi
  echo "$home"
}

# format <apply|check>: the formatter needs Maven itself to run on a recent JVM. The BOM has no parent that names it.
format() {
  local java_home
  java_home=$(jdk25)
  JAVA_HOME=$java_home quiet_maven "$root/target/format.log" -f "$root/pom.xml" -pl '!bom' "spotless:$1"
}
