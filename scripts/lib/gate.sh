# Sourced after command-line.sh and maven.sh by scripts that set root, errexit and pipefail: limits on the layer's classes, libraries and size.

# gate [--write]: compares the classes and libraries that the layer uses for each sink, and its size, with the limits in
# extension-bundle/gate. With --write it writes these files instead. Builds the layer if it is missing or older than a
# source.
gate() {
  local arguments=(-pl extension-bundle -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
    -Dit.test=LayerGateIT -Dfailsafe.failIfNoSpecifiedTests=false)
  case $#,${1:-} in
    0,) ;;
    1,--write) arguments+=(-Dgate.write=true) ;;
    *,--write) fail_argument "$2" ;;
    *) fail_argument "$1" ;;
  esac
  require_maven
  ! is_layer_built || arguments+=(-Dexec.skip) # the only program that Maven runs there is the layer's builder
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
