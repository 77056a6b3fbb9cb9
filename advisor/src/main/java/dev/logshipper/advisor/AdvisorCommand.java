package dev.logshipper.advisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.advisor.source.WrongUsage;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// `scripts/doctor` and `scripts/explain`: the first word is the command.
public final class AdvisorCommand {
  private static final int WRONG_USAGE = 2;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private AdvisorCommand() {}

  /// Exits with 0 if all is well, 1 if there are problems, 2 for wrong usage.
  public static void main(String[] words) throws Exception {
    PrintStream out = utf8(FileDescriptor.out);
    int status = run(List.of(words), out, utf8(FileDescriptor.err), System.getenv());
    out.flush();
    System.exit(status);
  }

  /// JSON is UTF-8 in any locale.
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor)), true, UTF_8);
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
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return reject(name, "a defect: " + e.getClass().getName() + place(e), err);
    }
  }

  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private static int reject(String name, String reason, PrintStream err) {
    err.println(
        name
            + ": "
            + CONTROL.matcher(reason).replaceAll(" ")
            + "; see scripts/"
            + name
            + " --help");
    return WRONG_USAGE;
  }

  private static String reason(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return (first.startsWith("-") ? "unknown option '" : "unexpected argument '") + first + "'";
    }
    String message =
        String.valueOf(e.getMessage())
            .replace("option option", "option")
            .replace("is not an int", "is not a whole number")
            .replace("is not a double", "is not a number")
            .replace("is not a boolean", "is too much: it has no value");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
