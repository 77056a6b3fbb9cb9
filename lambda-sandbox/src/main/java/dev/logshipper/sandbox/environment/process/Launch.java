package dev.logshipper.sandbox.environment.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A started process and the readers of its output.
record Launch(Process process, List<OutputReader> readers) {

  // Only a shell can open a further descriptor for a program.
  private static final String OPEN_TELEMETRY =
      "exec \"$@\" " + Outputs.TELEMETRY_DESCRIPTOR + ">\"$0\"";

  /// Starts a program in a separate session.
  ///
  /// @param wrapper a command that replaces itself with the one after it
  static Launch of(Program program, Outputs outputs, List<String> wrapper) throws IOException {
    OutputDecoder telemetry = outputs.telemetry();
    if (telemetry == null) {
      Process process = start(program, outputs, wrapper, null);
      return new Launch(process, readers(program.name(), process, outputs));
    }
    Fifo fifo = Fifo.create();
    try {
      Process process = start(program, outputs, wrapper, fifo.path());
      List<OutputReader> readers = readers(program.name(), process, outputs);
      readers.add(OutputReader.start(program.name(), fifo.open(), telemetry));
      var _ = process.onExit().thenRun(() -> close(fifo));
      return new Launch(process, readers);
    } catch (IOException e) {
      close(fifo);
      throw e;
    }
  }

  private static Process start(
      Program program, Outputs outputs, List<String> wrapper, @Nullable Path telemetry)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    if (telemetry != null) {
      command.addAll(List.of("/bin/sh", "-c", OPEN_TELEMETRY, telemetry.toString()));
    }
    command.addAll(wrapper);
    command.addAll(program.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    builder.directory(program.folder().toFile());
    builder.redirectErrorStream(outputs.stderr() == null);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder.start();
  }

  private static List<OutputReader> readers(String name, Process process, Outputs outputs) {
    List<OutputReader> readers = new ArrayList<>();
    readers.add(OutputReader.start(name, process.getInputStream(), outputs.stdout()));
    OutputDecoder stderr = outputs.stderr();
    if (stderr != null) {
      readers.add(OutputReader.start(name, process.getErrorStream(), stderr));
    }
    return readers;
  }

  private static void close(Fifo fifo) {
    try {
      fifo.close();
    } catch (IOException e) {
      // A file in the temporary folder stays.
    }
  }
}
