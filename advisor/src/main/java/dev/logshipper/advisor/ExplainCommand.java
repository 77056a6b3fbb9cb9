package dev.logshipper.advisor;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.Explanation;
import dev.logshipper.advisor.explain.Profile;
import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.LogSample;
import dev.logshipper.advisor.source.WrongUsage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scripts/explain`.
@Command(name = "explain", description = "Predicts what a function's variables lead to.")
final class ExplainCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s)");
  private static final double DURATION_MILLIS_MAX = 900_000;
  private static final int DEFAULT_MEMORY = 128;
  private static final int DEFAULT_LINE_BYTES = 200;

  @Mixin SourceOptions source = new SourceOptions();

  @Option(names = "--invocations-per-hour", paramLabel = "N", description = "Default: 1000.")
  double invocations = 1_000;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Such as 120ms or 2s. Default: 100ms.")
  String duration = "100ms";

  @Option(names = "--lines", paramLabel = "N", description = "Per invocation. Default: 10.")
  int lines = 10;

  @Option(
      names = "--line-bytes",
      paramLabel = "N",
      description = "Default: 200, or those of the sample.")
  @Nullable Integer lineBytes;

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description = "Lines of the function, for their size and how well they compress.")
  @Nullable Path sampleFile;

  @Option(names = "--memory", paramLabel = "MB", description = "Default: the function's, or 128.")
  int memory;

  @Option(names = "--environments", paramLabel = "N", description = "Default: as many as needed.")
  int environments;

  @Option(names = "--steady", description = "Equal intervals instead of random ones.")
  boolean steady;

  @Option(names = "--internet", description = "The destination by HTTP is outside of AWS.")
  boolean internet;

  private final PrintStream out;
  private final Map<String, String> shell;

  ExplainCommand(PrintStream out, Map<String, String> shell) {
    this.out = out;
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    range("--invocations-per-hour", invocations, 0.01, 1e9);
    range("--lines", lines, 0, 100_000);
    if (lineBytes != null && sampleFile != null) {
      throw new WrongUsage("--line-bytes and --sample: expected only one of them");
    }
    if (lineBytes != null) {
      range("--line-bytes", lineBytes, 1, LogSample.LINE_BYTES_MAX);
    }
    range("--environments", environments, 0, 1e6);
    if (memory != 0) {
      range("--memory", memory, 128, 10_240);
    }
    LogSample sample = sampleFile == null ? LogSample.NONE : LogSample.read(sampleFile);
    Profile profile =
        new Profile(
            invocations,
            millis(duration),
            lines,
            lineBytes == null ? sample.lineBytes(DEFAULT_LINE_BYTES) : lineBytes,
            environments,
            steady,
            sample.lines());
    FunctionDescription function = source.read(shell);
    int known = function.facts().memoryMegabytes();
    int size = memory != 0 ? memory : known == 0 ? DEFAULT_MEMORY : known;
    Checkup checkup = Checkup.withDefaults(function.sized(size));
    Explanation explanation = Explanation.of(checkup, profile, size, internet);
    if (source.json) {
      out.println(new ExplanationJson().of(checkup, explanation, profile));
    } else {
      new ExplanationText(out, shell, checkup, explanation).print(profile, size);
    }
    return checkup.configuration().problems().isEmpty() ? 0 : 1;
  }

  private static void range(String option, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new WrongUsage(
          String.format(
              Locale.ROOT,
              "%s: expected a number from %s to %s",
              option,
              shortest(min),
              shortest(max)));
    }
  }

  private static String shortest(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static double millis(String text) {
    Matcher matcher = TIME.matcher(text);
    double value = -1;
    if (matcher.matches()) {
      value = Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1_000 : 1);
    }
    if (value < 1 || value > DURATION_MILLIS_MAX) {
      throw new WrongUsage(
          "--duration " + text + ": expected a time from 1ms to 900s, such as 120ms or 2s");
    }
    return value;
  }
}
