package dev.logshipper.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A real function: a hello handler with the least runtime client, run by an interpreter of this
/// machine. That is asked for its own path: what is on the PATH may be a script that chooses.
enum FunctionProgram {
  NODE("node", "function.js", "-p", "process.execPath"),
  PYTHON("python3", "function.py", "-c", "import sys; print(sys.executable)");

  private final String interpreter;
  private final String resource;
  private final String option;
  private final String question;

  FunctionProgram(String interpreter, String resource, String option, String question) {
    this.interpreter = interpreter;
    this.resource = resource;
    this.option = option;
    this.question = question;
  }

  String title() {
    return interpreter;
  }

  /// The program that runs it; empty when it is not on the PATH.
  Optional<Path> program() throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, interpreter);
      if (Files.isExecutable(program)) {
        return Optional.of(itself(program));
      }
    }
    return Optional.empty();
  }

  private Path itself(Path program) throws IOException {
    Process asked = new ProcessBuilder(program.toString(), option, question).start();
    try (InputStream answer = asked.getInputStream()) {
      return Path.of(new String(answer.readAllBytes(), UTF_8).trim());
    }
  }

  /// Writes the function to a folder.
  ///
  /// @return the command that runs it
  /// @throws IllegalStateException when its interpreter is not on the PATH
  List<String> command(Path folder) throws IOException {
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
