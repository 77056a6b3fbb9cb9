# Sourced by the scripts, which set root, errexit and pipefail: Maven with short output.

# Reports a missing program in one line, before anything starts.
require_maven() {
  type -P mvn >/dev/null && return
  echo "Maven is missing (3.8.7 or newer): install the package 'maven', or unpack https://maven.apache.org/download.cgi and put its bin/ on the PATH" >&2
  return 1
}

missing_jdk() {
  echo "JDK 25 is missing: install Temurin 25 (https://adoptium.net/installation/), or point JAVA_HOME at one" >&2
}

# quiet_maven <log file> <argument>...: prints short progress lines, writes everything to the log, and prints the relevant
# part of the log on failure.
quiet_maven() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  # Maven's toolchain selection finds the JDK 25; it searches more folders than a script could.
  if mvn -B -ntp "$@" 2>&1 | tee "$log" | progress; then return; fi
  if grep -q 'Cannot find matching toolchain\|No suitable toolchain\|No toolchain' "$log"; then
    missing_jdk
  else
    grep -E '^\[ERROR\]|^Exception|^Caused by' "$log" | head -n 40 >&2 || true
  fi
  echo "Full output in $log" >&2
  return 1
}

# Keeps the names of modules, the layer's own lines and the tests' totals.
progress() {
  sed -nuE -e 's/^\[INFO\] Building ([^ ]+) .*\[([0-9]+\/[0-9]+)\]$/[\2] \1/p' -e 's/^layer: /      /p' \
    -e 's/^\[(INFO|WARNING|ERROR)\] (Tests run: [^-]*)$/      \2/p'
}

# jdk25: prints the home of the JDK 25 that the build uses. Cached in the build folder.
jdk25() {
  local kept=$root/target/jdk25 home=''
  [[ -f $kept ]] && home=$(<"$kept")
  if [[ -z $home || ! -x $home/bin/java ]]; then
    require_maven
    mkdir -p "$root/target"
    if ! mvn -B -f "$root/pom.xml" -N toolchains:select-jdk-toolchain exec:exec -Dexec.executable=java \
      -Dexec.args="-XshowSettings:properties -version" >"$kept.log" 2>&1; then
      missing_jdk
      return 1
    fi
    home=$(sed -n 's/^ *java\.home = //p' "$kept.log")
    echo "$home" >"$kept"
  fi
  echo "$home"
}

# format <apply|check>: the formatter needs Maven itself to run on a recent JVM.
format() {
  local java_home
  java_home=$(jdk25)
  JAVA_HOME=$java_home quiet_maven "$root/target/format.log" -f "$root/pom.xml" "spotless:$1"
}
