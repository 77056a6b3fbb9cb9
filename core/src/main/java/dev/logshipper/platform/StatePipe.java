package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The pipe to the launcher. It outlives this process and holds one line, the [RestartState]. A new
/// line is written before the old one is read, so the pipe is never empty.
///
/// Used by one thread.
public final class StatePipe {
  private static final String PIPE = "/proc/self/fd/4";

  private final OutputStream out;
  private final InputStream in;
  private RestartState state = new RestartState(0, false);
  private int writtenBytes;

  StatePipe(OutputStream out, InputStream in) {
    this.out = out;
    this.in = in;
  }

  /// The pipe that the launcher keeps open as descriptor 4.
  public static StatePipe toLauncher() throws IOException {
    return new StatePipe(new FileOutputStream(PIPE), new FileInputStream(PIPE));
  }

  /// A pipe to nowhere, for a process without a launcher.
  public static StatePipe none() {
    return new StatePipe(OutputStream.nullOutputStream(), InputStream.nullInputStream());
  }

  /// Sets the state for all later lines.
  public void describe(RestartState newState) {
    state = newState;
  }

  /// Replaces the line in the pipe.
  ///
  /// @param phase the launcher's word for it
  public void write(String phase) throws IOException {
    byte[] line = state.line(phase).getBytes(US_ASCII);
    out.write(line);
    in.readNBytes(writtenBytes);
    writtenBytes = line.length;
  }
}
