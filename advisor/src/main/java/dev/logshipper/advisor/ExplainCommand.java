package dev.logshipper.advisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.Explanation;
import dev.logshipper.advisor.explain.Figures;
import dev.logshipper.advisor.explain.LaneForecast;
import dev.logshipper.advisor.explain.Profile;
import dev.logshipper.advisor.source.WrongUsage;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scripts/explain`.
@Command(name = "explain", description = "Predicts what a function's variables lead to.")
final class ExplainCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s)");
  private static final double DURATION_MILLIS_MAX = 900_000;
  private static final int DEFAULT_MEMORY = 128;

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

  @Option(names = "--line-bytes", paramLabel = "N", description = "Default: 200.")
  int lineBytes = 200;

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
    range("--line-bytes", lineBytes, 1, 262_144);
    range("--environments", environments, 0, 1e6);
    if (memory != 0) {
      range("--memory", memory, 128, 10_240);
    }
    Profile profile =
        new Profile(invocations, millis(duration), lines, lineBytes, environments, steady);
    Checkup checkup = Checkup.of(source.read(shell));
    int known = checkup.function().facts().memoryMegabytes();
    int size = memory != 0 ? memory : known == 0 ? DEFAULT_MEMORY : known;
    Explanation explanation = Explanation.of(checkup, profile, size, internet);
    if (source.json) {
      out.println(json(explanation, profile));
    } else {
      print(checkup, explanation, profile, size);
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

  private void print(Checkup checkup, Explanation explanation, Profile profile, int size) {
    Paint paint = Paint.of(shell);
    out.println(paint.bold(checkup.function().origin()));
    for (String problem : checkup.configuration().problems()) {
      out.println(paint.red("problem  ") + problem);
    }
    out.printf(
        Locale.ROOT,
        "%,.0f invocations a day in %d environments of %d MB; flush mode %s%n",
        invocations * 24,
        profile.environmentsInUse(),
        size,
        explanation.flush().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    for (LaneForecast lane : explanation.lanes()) {
      out.printf(Locale.ROOT, "%n%s%n", lane.mode());
      out.printf(Locale.ROOT, "  requests a day    %,.0f%n", lane.requests());
      out.printf(Locale.ROOT, "  records a day     %,.0f%n", lane.records());
      out.printf(
          Locale.ROOT,
          "  bytes a day       %,.0f in requests, %,.0f of records%n",
          lane.bodyBytes(),
          lane.contentBytes());
      out.printf(
          Locale.ROOT,
          "  staleness         %.2f s (median), %.2f s (99 in 100 lines)%n",
          lane.stalenessSeconds(),
          lane.stalenessMax());
    }
    out.printf(
        Locale.ROOT,
        "%nA cold start is billed %.0f ms longer, an invocation %.1f ms (mean)%n",
        explanation.coldMillis(),
        explanation.heldMillis());
    out.printf(
        Locale.ROOT, "Memory in the worst case: about %.0f MB%n", explanation.memoryMegabytes());
    out.printf(
        Locale.ROOT,
        "%nUSD a month (list prices of %s, %s)%n",
        Figures.prices().text("region"),
        Figures.prices().text("date"));
    explanation
        .money()
        .parts()
        .forEach((name, usd) -> out.printf(Locale.ROOT, "  %-28s %10.2f%n", name, usd));
    out.printf(Locale.ROOT, "  %-28s %10.2f%n", "together", explanation.money().total());
    out.printf(
        Locale.ROOT,
        "  %-28s %10.2f%n",
        "CloudWatch Logs instead",
        explanation.money().cloudWatch());
    out.printf(
        Locale.ROOT,
        "  %-28s %10.2f%n",
        "Lambda's delivery instead",
        explanation.money().delivery());
    out.printf(Locale.ROOT, "%nThe permissions that the layer needs:%n");
    out.println(
        explanation.policy().path("Statement").isEmpty()
            ? "none"
            : explanation.policy().toPrettyString());
  }

  private static String json(Explanation explanation, Profile profile) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("flush", explanation.flush().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    root.put("environments", profile.environmentsInUse());
    ArrayNode sinks = root.putArray("sinks");
    explanation.lanes().forEach(lane -> sinks.add(mapper.valueToTree(lane)));
    root.put("heldMillis", explanation.heldMillis());
    root.put("coldStartMillis", explanation.coldMillis());
    root.put("memoryMegabytes", explanation.memoryMegabytes());
    root.set("usdPerMonth", mapper.valueToTree(explanation.money().parts()));
    root.put("usdTotal", explanation.money().total());
    root.put("usdCloudWatch", explanation.money().cloudWatch());
    root.put("usdDelivery", explanation.money().delivery());
    root.set("policy", explanation.policy());
    try {
      return mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
