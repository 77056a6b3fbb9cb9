# Sourced after maven.sh by scripts that set root, errexit and pipefail: the guard against a layer that grows unnoticed.

# gate [--write]: counts which classes and libraries the layer uses for each sink and what it weighs, and fails on what
# the files in extension-bundle/gate do not allow. With --write it writes these files instead. Takes the layer that is
# there, and builds it first when there is none or a source is newer.
gate() {
  local arguments=(-pl extension-bundle -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
    -Dit.test=LayerGateIT -Dfailsafe.failIfNoSpecifiedTests=false)
  case $#,${1:-} in
    0,) ;;
    1,--write) arguments+=(-Dgate.write=true) ;;
    *) echo "gate: '$*' is unknown: expected nothing or --write" >&2 && return 2 ;;
  esac
  require_maven
  ! is_layer_built || arguments+=(-Dexec.skip) # what makes the layer is the only program that Maven runs there
  quiet_maven "$root/target/gate.log" -f "$root/pom.xml" "${arguments[@]}"
}

is_layer_built() {
  local zip
  for zip in "$root"/extension-bundle/target/log-shipper-{x86_64,arm64}.zip; do
    [[ ! -f $zip || $(find "$root" -path "$root/benchmarks" -prune -o -path '*/src/main/*' -newer "$zip" -print -quit) ]] ||
      return 0
  done
  return 1
}
