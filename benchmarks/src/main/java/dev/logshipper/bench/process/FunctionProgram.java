package dev.logshipper.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real function: a hello handler with a minimal runtime client, run by an interpreter installed
/// on this machine. The interpreter prints its own path: the file on the PATH may be a script.
public enum FunctionProgram {
  NODE("node", "function.js", "-p", "process.execPath"),
  PYTHON("python3", "function.py", "-c", "import sys; print(sys.executable)");

  private static final Map<String, Optional<Path>> FOUND = new HashMap<>();

  private final String interpreter;
  private final String resource;
  private final String option;
  private final String expression;

  FunctionProgram(String interpreter, String resource, String option, String expression) {
    this.interpreter = interpreter;
    this.resource = resource;
    this.option = option;
    this.expression = expression;
  }

  public String title() {
    return interpreter;
  }

  /// Whether its interpreter is not on the PATH.
  public boolean isMissing() {
    try {
      return program().isEmpty();
    } catch (IOException _) {
      return true;
    }
  }

  /// The interpreter; empty if it is not on the PATH.
  private Optional<Path> program() throws IOException {
    synchronized (FOUND) {
      Optional<Path> found = FOUND.get(interpreter);
      if (found == null) {
        found = find();
        FOUND.put(interpreter, found);
      }
      return found;
    }
  }

  private Optional<Path> find() throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, interpreter);
      if (Files.isExecutable(program)) {
        return Optional.of(resolved(program));
      }
    }
    return Optional.empty();
  }

  private Path resolved(Path program) throws IOException {
    Process process = new ProcessBuilder(program.toString(), option, expression).start();
    try (InputStream output = process.getInputStream()) {
      return Path.of(new String(output.readAllBytes(), UTF_8).trim());
    }
  }

  /// Writes the function to a folder.
  ///
  /// @return the command that runs it
  /// @throws IllegalStateException if its interpreter is not on the PATH
  public List<String> command(Path folder) throws IOException {
    Path program =
        program()
            .orElseThrow(
                () -> new IllegalStateException("there is no " + interpreter + " on the PATH"));
    Path file = folder.resolve(resource);
    try (InputStream source = FunctionProgram.class.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IOException(resource + " is missing");
      }
      Files.copy(source, file);
    }
    return List.of(program.toString(), file.toString());
  }
}
