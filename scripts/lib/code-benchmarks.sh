# Sourced after maven.sh by scripts that set root, errexit and pipefail: what the code alone takes, without an environment.

# code_benchmarks [<option of JMH>...]: runs each step that lines go through on the flags of the layer's JVM, warm, and
# prints what a megabyte of lines takes. Two minutes or so; 'Send -p form=loki' is one of them.
code_benchmarks() {
  local java_home path=$root/benchmarks/target/code.classpath
  require_maven
  quiet_maven "$root/target/code-benchmarks.log" -f "$root/pom.xml" -pl benchmarks -am -DskipTests -Dexec.skip \
    test-compile dependency:build-classpath -Dmdep.outputFile="$path"
  java_home=$(jdk25)
  "$java_home/bin/java" --sun-misc-unsafe-memory-access=allow -cp "$root/benchmarks/target/classes:$(<"$path")" \
    dev.logshipper.bench.code.CodeBenchmarks "$root/extension-bundle/src/main/layer/log-shipper/jvm.options" "$@"
}
