package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.report.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// `scripts/sandbox run`, or `java -jar log-shipper-sandbox.jar run`: a sandbox from a shell. The
/// word `run` may be left out.
public final class SandboxCommand {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private SandboxCommand() {}

  /// Exits with 0 if all went well, 1 if a line was lost or anything failed, 2 for wrong usage.
  public static void main(String[] words) throws IOException, InterruptedException {
    System.exit(
        run(
            List.of(words),
            System.out,
            System.err,
            Terminal.standard(System.out, System.getenv())));
  }

  /// Runs a command line, with plain output, and returns its exit code.
  public static int run(List<String> words, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    return run(words, out, err, Terminal.plain(out));
  }

  static int run(List<String> words, PrintStream out, PrintStream err, Terminal terminal)
      throws IOException, InterruptedException {
    RunOptions options = new RunOptions();
    CommandLine line = new CommandLine(options);
    try {
      parse(words, line, options);
      if (line.isUsageHelpRequested()) {
        line.usage(out);
        return 0;
      }
      options.check();
      return execute(options, out, terminal);
    } catch (ParameterException e) {
      return reject(err, reason(e));
    } catch (IllegalArgumentException e) {
      return reject(err, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e.getCause();
      err.println("sandbox: " + e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
      return FAILED;
    }
  }

  private static int execute(RunOptions options, PrintStream out, Terminal terminal)
      throws IOException, InterruptedException {
    SandboxRun run = new SandboxRun(options, options.json ? Terminal.silent() : terminal);
    RunResult result = run.execute();
    if (options.json) {
      out.println(result.toJson());
    }
    boolean written = options.page == null || result.page() != null;
    return result.succeeded() && written ? 0 : FAILED;
  }

  private static int reject(PrintStream err, String reason) {
    err.println(
        "sandbox: " + reason.lines().findFirst().orElse("") + "; see scripts/sandbox --help");
    return WRONG_USAGE;
  }

  private static void parse(List<String> words, CommandLine line, RunOptions options) {
    List<String> given =
        !words.isEmpty() && words.getFirst().equals("run") ? words.subList(1, words.size()) : words;
    if (given.isEmpty()) {
      throw new IllegalArgumentException("nothing to run: expected --layer, --function or --mode");
    }
    int end = given.indexOf("--");
    if (end < 0) {
      line.parseArgs(given.toArray(String[]::new));
      return;
    }
    if (end == 0 || !given.get(end - 1).equals("--function") || end == given.size() - 1) {
      throw new IllegalArgumentException("'--' must stand between --function and its command");
    }
    line.parseArgs(given.subList(0, end - 1).toArray(String[]::new));
    options.command = List.copyOf(given.subList(end + 1, given.size()));
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
