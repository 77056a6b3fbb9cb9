package dev.logshipper.advisor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.doctor.Examination;
import dev.logshipper.advisor.doctor.Finding;
import dev.logshipper.advisor.doctor.Finding.Level;
import dev.logshipper.advisor.doctor.SettingInEffect;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scripts/doctor`.
@Command(name = "doctor", description = "Checks a function's variables as the layer reads them.")
final class DoctorCommand implements Callable<Integer> {
  private static final int LABEL_WIDTH = 9;
  private static final List<String> CREDENTIALS =
      List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

  @Mixin SourceOptions source = new SourceOptions();

  @Option(
      names = "--connect",
      description = "Look up, connect to and greet each destination; sends nothing.")
  boolean connect;

  @Option(names = "--send", description = "Also send one test record to each destination.")
  boolean send;

  @Option(names = "--all", description = "Show the defaults too.")
  boolean all;

  private final PrintStream out;
  private final Map<String, String> shell;

  DoctorCommand(PrintStream out, Map<String, String> shell) {
    this.out = out;
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Checkup checkup = Checkup.of(source.read(shell));
    Map<String, String> credentials = new LinkedHashMap<>(shell);
    credentials.keySet().retainAll(CREDENTIALS);
    List<Finding> findings = new Examination(connect, send, credentials).of(checkup);
    if (source.json) {
      out.println(json(checkup, findings));
    } else {
      print(checkup, findings);
    }
    return findings.stream().anyMatch(each -> each.level() == Level.PROBLEM) ? 1 : 0;
  }

  private void print(Checkup checkup, List<Finding> findings) {
    Paint paint = Paint.of(shell);
    Page page = Page.of(shell);
    out.println(paint.bold(checkup.function().origin()));
    for (Finding finding : findings) {
      out.println(label(finding.level(), paint) + page.wrapped(LABEL_WIDTH, finding.text()));
      if (!finding.hint().isEmpty()) {
        out.println(" ".repeat(LABEL_WIDTH) + page.wrapped(LABEL_WIDTH, finding.hint()));
      }
    }
    out.println();
    out.println(
        paint.bold(all ? "In effect" : "In effect, apart from defaults (--all shows them)"));
    for (SettingInEffect setting : checkup.settings()) {
      if (all || setting.isGiven()) {
        out.println("  " + line(setting));
      }
    }
  }

  private static String line(SettingInEffect setting) {
    String owner = setting.owner().isEmpty() ? "" : setting.owner() + ": ";
    return owner + setting.name() + "=" + setting.value() + " (" + setting.source() + ")";
  }

  private static String label(Level level, Paint paint) {
    return switch (level) {
      case OK -> paint.green("ok       ");
      case NOTE -> paint.yellow("note     ");
      case PROBLEM -> paint.red("problem  ");
    };
  }

  private static String json(Checkup checkup, List<Finding> findings) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("source", checkup.function().origin());
    ArrayNode list = root.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("level", finding.level().name().toLowerCase(Locale.ROOT))
          .put("text", finding.text())
          .put("hint", finding.hint());
    }
    ArrayNode settings = root.putArray("settings");
    for (SettingInEffect setting : checkup.settings()) {
      settings
          .addObject()
          .put("sink", setting.owner())
          .put("name", setting.name())
          .put("value", setting.value())
          .put("source", setting.source());
    }
    return root.toString();
  }
}
