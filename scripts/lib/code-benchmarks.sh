# Sourced after maven.sh by scripts that set root, errexit and pipefail: benchmarks of the code alone, without an environment.

# code_benchmarks [<option of JMH>...]: measures each step of a line's way with the layer's JVM flags, warm, per megabyte
# of lines. About two minutes; with 'Send -p form=loki' only that step.
code_benchmarks() {
  local java_home path=$root/benchmarks/target/code.classpath
  require_maven
  quiet_maven "$root/target/code-benchmarks.log" -f "$root/pom.xml" -pl benchmarks -am -DskipTests -Dexec.skip \
    test-compile dependency:build-classpath -Dmdep.outputFile="$path"
  java_home=$(jdk25)
  "$java_home/bin/java" --sun-misc-unsafe-memory-access=allow -cp "$root/benchmarks/target/classes:$(<"$path")" \
    dev.logshipper.bench.code.CodeBenchmarks "$root/extension-bundle/src/main/layer/log-shipper/jvm.options" "$@"
}
