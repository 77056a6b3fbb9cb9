package dev.logshipper.bench.candidate;

import dev.logshipper.sandbox.environment.BashExtension;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Builds the JVM floor: [BareExtension] on the layer's runtime with the layer's options and an AOT
/// cache of its own, started by a bash script that registers as the layer's launcher does.
final class BareJvm {
  private static final String NAME = "bare-jvm";
  private static final String CLASS_FILE =
      BareExtension.class.getName().replace('.', '/') + ".class";
  private static final long END_MILLIS_MAX = 60_000;

  private BareJvm() {}

  /// Builds the extension.
  ///
  /// @param layer the layer that has the runtime
  /// @param folder an empty folder
  /// @return its folder `extensions`
  static Path write(Path layer, Path folder) throws IOException, InterruptedException {
    Path jar = folder.resolve("bare.jar");
    writeJar(jar);
    Path cache = folder.resolve("bare.aot");
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    BashExtension launcher = new BashExtension(extensions);
    launcher.write(NAME, script(layer, jar, "-XX:AOTCacheOutput=" + cache));
    train(extensions);
    if (Files.notExists(cache)) {
      throw new IOException("the training run of the JVM floor wrote no AOT cache");
    }
    return launcher.write(NAME, script(layer, jar, "-XX:AOTCache=" + cache));
  }

  private static void writeJar(Path jar) throws IOException {
    try (InputStream compiled = BareExtension.class.getResourceAsStream("/" + CLASS_FILE);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      if (compiled == null) {
        throw new IOException(CLASS_FILE + " is missing");
      }
      out.putNextEntry(new JarEntry(CLASS_FILE));
      compiled.transferTo(out);
    }
  }

  private static String script(Path layer, Path jar, String cacheOption) {
    Path shipper = layer.toAbsolutePath().resolve("log-shipper");
    return """
    unset LD_LIBRARY_PATH
    register '"INVOKE","SHUTDOWN"'
    exec 3>&-
    "%s/runtime/bin/java" "@%s/jvm.options" -Xmx49m %s -cp "%s" %s "$id"
    """
        .formatted(shipper, shipper, cacheOption, jar, BareExtension.class.getName());
  }

  private static void train(Path extensions) throws InterruptedException {
    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(extensions)
            .function(invocation -> invocation.log("a line"))
            .freeze(false)
            .shutdownWindowMillis(END_MILLIS_MAX)
            .start()) {
      sandbox.invoke("{}");
      boolean _ = sandbox.deliverNow(1_000);
      ShutdownOutcome _ = sandbox.shutdown("spindown");
    }
  }
}
