package dev.logshipper.advisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// A run of one of the commands in this process.
record CommandRun(int status, String output, String errors) {

  static CommandRun of(String... words) throws Exception {
    return in(Map.of(), words);
  }

  static CommandRun in(Map<String, String> shell, String... words) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        AdvisorCommand.run(
            List.of(words),
            new PrintStream(output, true, UTF_8),
            new PrintStream(errors, true, UTF_8),
            shell);
    return new CommandRun(status, output.toString(UTF_8), errors.toString(UTF_8));
  }
}
