package dev.logshipper.advisor;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.BreakEven;
import dev.logshipper.advisor.explain.Explanation;
import dev.logshipper.advisor.explain.Figures;
import dev.logshipper.advisor.explain.FlushPhase;
import dev.logshipper.advisor.explain.LaneForecast;
import dev.logshipper.advisor.explain.Profile;
import dev.logshipper.sink.FlushMode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An explanation for people.
final class ExplanationText {
  private static final int LABEL_WIDTH = 9;

  private final PrintStream out;
  private final Paint paint;
  private final Page page;
  private final Checkup checkup;
  private final Explanation explanation;

  ExplanationText(
      PrintStream out, Map<String, String> shell, Checkup checkup, Explanation explanation) {
    this.out = out;
    this.paint = Paint.of(shell);
    this.page = Page.of(shell);
    this.checkup = checkup;
    this.explanation = explanation;
  }

  void print(Profile profile, int memoryMegabytes) {
    out.println(paint.bold(checkup.function().origin()));
    for (String problem : checkup.configuration().problems()) {
      out.println(paint.red("problem  ") + page.wrapped(LABEL_WIDTH, problem));
    }
    for (Map.Entry<String, String> unknown :
        new TreeMap<>(checkup.function().unknown()).entrySet()) {
      String text = unknown.getKey() + " is unknown until deployed (" + unknown.getValue() + ")";
      out.println(paint.yellow("note     ") + page.wrapped(LABEL_WIDTH, text));
    }
    int environments = profile.environmentsInUse();
    out.printf(
        Locale.ROOT,
        "%,.0f invocations a day in %,d %s of %d MB; flush mode %s%n",
        profile.invocations() * 24,
        environments,
        environments == 1 ? "environment" : "environments",
        memoryMegabytes,
        name(explanation.flush()));
    explanation.lanes().forEach(this::printLane);
    printTimes();
    printMoney();
    printPolicy();
  }

  static String name(FlushMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void printLane(LaneForecast lane) {
    out.println();
    out.println(paint.bold(lane.mode()));
    if (!lane.isOn()) {
      out.println("  off: its records are dropped");
      return;
    }
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
    String label = "  flushes           ";
    if (lane.flush().isEmpty()) {
      out.println(label + "by thresholds of its own: no invocation is held");
    }
    for (FlushPhase phase : lane.flush()) {
      out.println(label + phase(phase));
      label = "                    ";
    }
    BreakEven breakEven = explanation.breakEvens().get(lane.mode());
    if (breakEven != null) {
      out.println("  break-even        " + breakEven.text());
      out.println("                    " + breakEven.detail());
    }
  }

  private static String phase(FlushPhase phase) {
    String from =
        String.format(
            Locale.ROOT, "from invocation %,d (%s): ", phase.fromInvocation(), time(phase));
    if (phase.held() == phase.invocations()) {
      return from + "each is held until its lines are sent";
    }
    return from
        + (phase.held() == 0
            ? "none is held"
            : String.format(Locale.ROOT, "%,d of %,d are held", phase.held(), phase.invocations()));
  }

  private static String time(FlushPhase phase) {
    return String.format(
        Locale.ROOT, phase.fromSecond() < 10 ? "%.1f s" : "%,.0f s", phase.fromSecond());
  }

  private void printTimes() {
    out.println();
    out.printf(
        Locale.ROOT,
        "A cold start is billed %.0f ms longer (init %.0f ms, first flush %.0f ms)%n",
        explanation.coldStart().billedMillis(),
        explanation.coldStart().initMillis(),
        explanation.coldStart().heldMillis());
    out.println(
        explanation.warmUpMillis() == 0
            ? "Init does not wait for a warm-up"
            : "Init waits for a warm-up, for at most " + explanation.warmUpMillis() + " ms");
    Double later = explanation.laterHeldMillis();
    if (later == null) {
      out.println("Each invocation is the first of its environment");
    } else {
      out.printf(Locale.ROOT, "Each following invocation is held %.1f ms (mean)%n", later);
    }
    out.printf(
        Locale.ROOT, "Memory in the worst case: about %.0f MB%n", explanation.memoryMegabytes());
  }

  private void printMoney() {
    Figures prices = Figures.prices();
    out.println();
    out.printf(
        Locale.ROOT,
        "USD a month (list prices of %s, %s)%n",
        prices.text("region"),
        prices.text("date"));
    explanation.money().parts().forEach(this::price);
    price("together", explanation.money().total());
    price("CloudWatch Logs instead", explanation.money().cloudWatch());
    price("Lambda's delivery instead", explanation.money().delivery());
  }

  private void price(String name, double usd) {
    out.printf(Locale.ROOT, "  %-28s %,10.2f%n", name, usd);
  }

  private void printPolicy() {
    out.println();
    out.println("The permissions that the layer needs:");
    out.println(
        explanation.policy().path("Statement").isEmpty()
            ? "none"
            : explanation.policy().toPrettyString());
    if (!explanation.keyPolicy().path("Statement").isEmpty()) {
      out.println();
      out.println("And if a KMS key of your own encrypts the secrets, with its id for KEY:");
      out.println(explanation.keyPolicy().toPrettyString());
    }
  }
}
