package dev.logshipper.bundle;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
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

  /// The files that jlink makes of the classes.
  private static final List<String> LINKED = List.of("lib/modules", "release");

  /// The list of virtual machines, which jlink shortens to the server VM.
  private static final String VIRTUAL_MACHINES = "lib/jvm.cfg";

  private RuntimeImage() {}

  /// Links a runtime.
  ///
  /// @param modules that the bundled jars use
  /// @param java whose parts become those of the runtime
  static void link(SortedSet<String> modules, JavaImage java, Path target) throws IOException {
    SortedSet<String> all = new TreeSet<>(modules);
    all.addAll(FOR_PLUGINS);
    // No --strip-debug, which needs objcopy: NativeSymbols does that later.
    jlink(all, target, "--dedup-legal-notices=error-if-not-same-content", "--vm", "server");
    for (String file : UNUSED) {
      Files.deleteIfExists(target.resolve(file));
    }
    if (!java.isThisJvm()) {
      replace(java, target);
    }
    shorten(target.resolve("conf/security/java.security"));
    Path authorities = target.resolve("lib/security/cacerts");
    TrustStore.of(authorities).writeFolder(authorities);
  }

  /// jlink takes native files only from a JDK or its `jmods`, which few images of another processor
  /// have. So it links this JDK, and then each part is exchanged for the image's own.
  private static void replace(JavaImage java, Path runtime) throws IOException {
    Path classes = runtime.resolveSibling("classes");
    Path linked = runtime.resolveSibling("linked");
    java.extractClasses(modulesOf(runtime), classes);
    jlink(modulesOf(runtime), linked, "--module-path", classes.toString());
    for (String file : LINKED) {
      Files.move(linked.resolve(file), runtime.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Set<String> kept = new TreeSet<>(LINKED);
    kept.add(VIRTUAL_MACHINES);
    java.replaceFiles(runtime, kept);
    new FileTree(classes).delete();
    new FileTree(linked).delete();
  }

  private static SortedSet<String> modulesOf(Path runtime) throws IOException {
    Properties release = new Properties();
    try (Reader in = Files.newBufferedReader(runtime.resolve("release"))) {
      release.load(in);
    }
    String names = release.getProperty("MODULES").replace("\"", "");
    return new TreeSet<>(Arrays.asList(names.split(" ")));
  }

  private static void jlink(SortedSet<String> modules, Path target, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    // Not compressed: the zip compresses better, 8.5 MB instead of 12, and the JVM need not unpack.
    arguments.addAll(
        List.of(
            "--add-modules",
            String.join(",", modules),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-0",
            "--output",
            target.toString()));
    String _ = new JdkTool("jlink").run(arguments.toArray(String[]::new));
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
