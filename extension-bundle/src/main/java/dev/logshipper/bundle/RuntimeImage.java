package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The private Java runtime: only the modules that are used, only the server VM.
final class RuntimeImage {
  /// For plugins, which are unknown when the layer is built: the JDK's HTTP client (0.6 MB) and
  /// `sun.misc.Unsafe` (17 kB), without which many libraries do not load.
  private static final Set<String> FOR_PLUGINS = Set.of("java.net.http", "jdk.unsupported");

  /// Never used by a layer: a command, a launcher for executable jars, a reader of other JDKs, the
  /// list for a default CDS archive, the signal chaining library, and sorting for code of C2.
  private static final List<String> UNUSED =
      List.of(
          "bin/keytool",
          "lib/jexec",
          "lib/jrt-fs.jar",
          "lib/classlist",
          "lib/libjsig.so",
          "lib/libsimdsort.so",
          "lib/server/libjsig.so");

  /// The providers of security in this runtime, the first ones of the JDK's list. It names seven
  /// more, of modules that are not here, and each of those is looked for in all jars.
  private static final List<String> PROVIDERS =
      List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");

  private static final String PROVIDER = "security.provider.";

  private RuntimeImage() {}

  /// Links a runtime from the JDK that runs this program.
  ///
  /// @param modules that the bundled jars use
  static void link(SortedSet<String> modules, Path target) throws IOException {
    SortedSet<String> all = new TreeSet<>(modules);
    all.addAll(FOR_PLUGINS);
    // Not compressed: the zip compresses better, 8.5 MB instead of 12, and the JVM need not unpack.
    // No --strip-debug, which needs objcopy: NativeSymbols does that later.
    String _ =
        new JdkTool("jlink")
            .run(
                "--add-modules",
                String.join(",", all),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--dedup-legal-notices=error-if-not-same-content",
                "--compress",
                "zip-0",
                "--vm",
                "server",
                "--output",
                target.toString());
    for (String file : UNUSED) {
      Files.deleteIfExists(target.resolve(file));
    }
    shorten(target.resolve("conf/security/java.security"));
    Path authorities = target.resolve("lib/security/cacerts");
    TrustStore.of(authorities).writeFolder(authorities);
  }

  /// Removes the comments and the other providers. The first use of an address reads this file,
  /// before the first event: 70 kB, nearly all of it comments.
  private static void shorten(Path properties) throws IOException {
    List<String> kept = new ArrayList<>();
    boolean continued = false;
    for (String line : Files.readAllLines(properties)) {
      boolean isOmitted = line.isBlank() || line.startsWith("#") || line.startsWith(PROVIDER);
      if (continued || !isOmitted) {
        kept.add(line);
        continued = line.endsWith("\\");
      }
    }
    for (String provider : PROVIDERS) {
      kept.add(PROVIDER + (PROVIDERS.indexOf(provider) + 1) + "=" + provider);
    }
    Files.write(properties, kept);
  }
}
