# Sourced after maven.sh by scripts that set root, errexit and pipefail: the layer of an earlier commit, to compare with.

# baseline_build [slim]: prints the folder with the layer and the zip of the commit in benchmarks/BASELINE, which it builds
# once; slim: and with those of http alone. Prints nothing, and the reason on standard error, if it cannot be built.
baseline_build() {
  local commit source build
  commit=$(<"$root/benchmarks/BASELINE")
  source=$root/target/baseline/$commit
  build=$source/extension-bundle/target
  if [[ ! -d $source ]]; then
    export_commit "$commit" "$source" || return 0
  fi
  baseline_package "$source" "$build/baseline.built" "the layer of ${commit:0:7}, the baseline" || return 0
  if [[ ${1:-} == slim ]]; then
    baseline_package "$source" "$build/slim-baseline.built" 'its slim layer' -Dlayer.sinks=http || true
  fi
  echo "$build"
}

# export_commit <commit> <folder>: writes its files. They have the commit's time, so they never look newer than a build.
export_commit() {
  if ! git -C "$root" cat-file -e "$1^{commit}" 2>/dev/null; then
    echo "bench: no baseline: commit ${1:0:7} is not in the history (a shallow clone, or no clone)" >&2
    return 1
  fi
  rm -rf "$2.part"
  mkdir -p "$2.part"
  git -C "$root" archive "$1" | tar -x -C "$2.part" && mv "$2.part" "$2"
}

# baseline_package <folder> <mark> <name> [<option of Maven>...]: packages the layer unless the mark shows that it is.
baseline_package() {
  [[ ! -f $2 ]] || return 0
  echo "Building $3 (once, two minutes):" >&2
  if quiet_maven "$root/target/baseline-build.log" -f "$1/pom.xml" -pl extension-bundle -am -DskipTests "${@:4}" package >&2; then
    touch "$2"
  else
    echo "bench: no baseline: $3 could not be built" >&2
    return 1
  fi
}
