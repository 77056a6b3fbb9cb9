package dev.logshipper.lifecycle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/// What the launcher must know if this process dies: a pipe that outlives it and holds one line,
/// `<port> <subscribed|none> <waiting|invoked|shutdown>`. A new line is written before the old one
/// is taken, so that there is always one. Without a launcher there is nobody to tell.
///
/// Used by one thread.
public final class Slate {
  private static final String PIPE = "/proc/self/fd/4";

  private final OutputStream out;
  private final InputStream in;
  private String prefix = "";
  private int writtenBytes;

  Slate(OutputStream out, InputStream in) {
    this.out = out;
    this.in = in;
  }

  /// The pipe that the launcher keeps open as descriptor 4.
  public static Slate ofLauncher() throws IOException {
    return new Slate(new FileOutputStream(PIPE), new FileInputStream(PIPE));
  }

  /// For a process without a launcher.
  public static Slate none() {
    return new Slate(OutputStream.nullOutputStream(), InputStream.nullInputStream());
  }

  /// From now on there is something to tell.
  ///
  /// @param port on which the platform delivers
  /// @param delivering whether it does
  public void describe(int port, boolean delivering) {
    prefix = port + (delivering ? " subscribed " : " none ");
  }

  void write(Phase phase) throws IOException {
    String word =
        switch (phase) {
          case DRAINING, STOPPED -> "shutdown";
          case REGISTERED, WAITING, INVOKED -> phase.name().toLowerCase(Locale.ROOT);
        };
    byte[] line = (prefix + word + "\n").getBytes(US_ASCII);
    out.write(line);
    in.readNBytes(writtenBytes);
    writtenBytes = line.length;
  }
}
