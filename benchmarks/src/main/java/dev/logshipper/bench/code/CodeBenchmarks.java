package dev.logshipper.bench.code;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs all benchmarks of the code for a short time each and prints the CPU time per megabyte of
/// lines.
public final class CodeBenchmarks {
  private static final TimeValue SECOND = TimeValue.seconds(1);
  private static final int WARM_UP_SECONDS = 3;
  private static final int MEASURED_SECONDS = 5;

  /// As the launcher sets it for the default buffer and one sink.
  private static final String HEAP = "-Xmx49m";

  /// JMH uses methods that Java 25 warns about.
  private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  /// Lines per operation.
  private static final double MEGABYTES = SampleLines.BYTES / 1e6;

  private CodeBenchmarks() {}

  /// Prints a table at the end.
  ///
  /// @param arguments the layer's `jvm.options`, then options of JMH, such as `Send -prof gc`,
  ///   which take precedence over the defaults
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    if (arguments.length == 0 || !Files.isReadable(Path.of(arguments[0]))) {
      System.err.println("expected the layer's jvm.options, then options of JMH");
      System.exit(2);
    }
    CommandLineOptions own =
        new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length));
    OptionsBuilder options = new OptionsBuilder();
    options.parent(own);
    options
        .timeUnit(TimeUnit.SECONDS)
        .jvmArgsPrepend("@" + arguments[0], HEAP, QUIET)
        .addProfiler(CpuTime.class);
    options.forks(own.getForkCount().orElse(1));
    options.warmupIterations(own.getWarmupIterations().orElse(WARM_UP_SECONDS));
    options.warmupTime(own.getWarmupTime().orElse(SECOND));
    options.measurementIterations(own.getMeasurementIterations().orElse(MEASURED_SECONDS));
    options.measurementTime(own.getMeasurementTime().orElse(SECOND));
    print(new Runner(options.build()).run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.println();
    System.out.printf("%-32s %12s %12s%n", "step", "CPU ms/MB", "MB/s");
    for (RunResult result : results) {
      double deliveries = result.getPrimaryResult().getScore();
      double cpuMillis =
          requireNonNull(result.getSecondaryResults().get(CpuTime.MILLIS)).getScore();
      System.out.printf(
          Locale.ROOT,
          "%-32s %12.1f %12.1f%n",
          title(result.getParams()),
          cpuMillis / MEGABYTES,
          deliveries * MEGABYTES);
    }
  }

  private static String title(BenchmarkParams params) {
    String name = params.getBenchmark().replaceFirst("^.*\\.(\\w+)Benchmark\\..*", "$1");
    StringBuilder title = new StringBuilder(name);
    for (String key : params.getParamsKeys()) {
      title.append(' ').append(params.getParam(key));
    }
    return title.toString();
  }
}
