package dev.logshipper.advisor;

import dev.logshipper.advisor.source.WrongUsage;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// `scripts/doctor` and `scripts/explain`: the first word is the command.
public final class AdvisorCommand {
  private static final int WRONG_USAGE = 2;

  private AdvisorCommand() {}

  /// Exits with 0 if all is well, 1 if there are problems, 2 for wrong usage.
  public static void main(String[] words) throws Exception {
    System.exit(run(List.of(words), System.out, System.err, System.getenv()));
  }

  static int run(List<String> words, PrintStream out, PrintStream err, Map<String, String> shell)
      throws Exception {
    String name = words.isEmpty() ? "" : words.getFirst();
    Callable<Integer> command =
        switch (name) {
          case "doctor" -> new DoctorCommand(out, shell);
          case "explain" -> new ExplainCommand(out, shell);
          default -> null;
        };
    if (command == null) {
      err.println("advisor: expected doctor or explain");
      return WRONG_USAGE;
    }
    CommandLine line = new CommandLine(command);
    try {
      line.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      if (line.isUsageHelpRequested()) {
        line.usage(out);
        return 0;
      }
      return command.call();
    } catch (ParameterException e) {
      return reject(name, reason(e), err);
    } catch (WrongUsage e) {
      return reject(name, String.valueOf(e.getMessage()), err);
    }
  }

  private static int reject(String name, String reason, PrintStream err) {
    String first = reason.lines().findFirst().orElse("");
    err.println(name + ": " + first + "; see scripts/" + name + " --help");
    return WRONG_USAGE;
  }

  private static String reason(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return (first.startsWith("-") ? "unknown option '" : "unexpected argument '") + first + "'";
    }
    String message = String.valueOf(e.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
