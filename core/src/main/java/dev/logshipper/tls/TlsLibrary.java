package dev.logshipper.tls;

import io.netty.internal.tcnative.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The choice between the two implementations of TLS, for the whole JVM: BoringSSL, a native
/// library in the layer's Java runtime, or the JDK's own, which needs several times its CPU and
/// replaces it where it is missing or cannot be loaded. Thread-safe.
public final class TlsLibrary {
  /// Names another folder than the Java runtime's `lib`.
  private static final String FOLDER = "log-shipper.native";

  private static @Nullable Consumer<String> problems;
  private static boolean wanted = true;
  private static boolean decided;
  private static boolean loaded;

  private TlsLibrary() {}

  /// Configures the choice before the first connection; loads nothing yet.
  ///
  /// @param wantsNative false for the JDK's TLS
  /// @param report gets one line if the library was wanted and cannot be loaded
  public static synchronized void choose(boolean wantsNative, Consumer<String> report) {
    wanted = wantsNative;
    problems = report;
    decided = loaded;
  }

  /// Whether connections use the native library. The first call loads it.
  static synchronized boolean isNative() {
    if (wanted && !decided) {
      decided = true;
      Path file = file();
      String problem = load(file);
      loaded = problem.isEmpty();
      if (!loaded && problems != null) {
        problems.accept("TLS by Java, which needs more CPU: cannot load " + file + ": " + problem);
      }
    }
    return wanted && loaded;
  }

  /// Loads the library, and returns the problem with it, or an empty string.
  @SuppressWarnings("restricted") // whose memory is not Java's
  static String load(Path file) {
    try {
      if (!Files.exists(file)) {
        return "no such file";
      }
      if (!ElfFile.isWhole(file)) {
        return "no library, or truncated";
      }
      System.load(file.toString());
      return Library.initialize("provided", null) ? "" : "it does not initialize";
    } catch (Exception | LinkageError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The library finds its Java classes by its own file name, so that name must stay.
  private static Path file() {
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch_64";
    Path folder = Path.of(System.getProperty(FOLDER, System.getProperty("java.home", "") + "/lib"));
    return folder.resolve("libnetty_tcnative_linux_" + processor + ".so").toAbsolutePath();
  }
}
