# Sourced after command-line.sh and maven.sh by scripts that set root, errexit and pipefail: benchmarks and studies that need no layer.

# code_benchmarks [<option of JMH>...]: measures each step of the code with the layer's JVM flags, warm, per megabyte of
# lines. About two minutes; with 'Send -p form=loki' only that step.
code_benchmarks() {
  run_benchmarks --sun-misc-unsafe-memory-access=allow dev.logshipper.bench.code.CodeBenchmarks \
    "$root/extension-bundle/src/main/layer/log-shipper/jvm.options" "$@"
}

# flush_study: simulates flush rules on arrival patterns and writes core/FLUSHING.md with its pictures.
flush_study() {
  no_more_arguments "$@"
  run_benchmarks dev.logshipper.bench.flush.FlushDocument "$root/core"
}

# run_benchmarks <option or class> [<argument>...]: compiles the benchmarks, without building the layer, and runs java.
run_benchmarks() {
  local java_home path=$root/benchmarks/target/code.classpath
  require_maven
  quiet_maven "$root/target/benchmarks.log" -f "$root/pom.xml" -pl benchmarks -am -DskipTests -Dexec.skip \
    test-compile dependency:build-classpath -Dmdep.outputFile="$path"
  java_home=$(jdk25)
  "$java_home/bin/java" -cp "$root/benchmarks/target/classes:$(<"$path")" "$@"
}
