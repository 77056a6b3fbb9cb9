package dev.logshipper.testkit;

import dev.logshipper.tls.TlsLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The implementations of TLS, for tests that hold for both.
public enum TlsKind {
  /// BoringSSL, from Maven's jar.
  NATIVE,

  /// The JDK's own.
  JDK;

  private static final String FOLDER = "log-shipper.native";

  /// Makes connections use this implementation from now on.
  public void choose() {
    if (System.getProperty(FOLDER) == null) {
      System.setProperty(FOLDER, extracted("x86_64", "aarch_64").toString());
    }
    TlsLibrary.choose(
        this == NATIVE,
        problem -> {
          throw new AssertionError(problem);
        });
  }

  /// The folder with the libraries of these processors, as Maven's jars call them.
  public static Path extracted(String... processors) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "native").toAbsolutePath());
      for (String processor : processors) {
        String name = "libnetty_tcnative_linux_" + processor + ".so";
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
          Path part = Files.createTempFile(folder, name, ".part");
          try (InputStream in = TlsKind.class.getResourceAsStream("/META-INF/native/" + name)) {
            if (in == null) {
              throw new IOException("no " + name + " in the class path");
            }
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
          }
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
