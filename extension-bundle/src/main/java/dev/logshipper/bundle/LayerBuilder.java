package dev.logshipper.bundle;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Assembles the layer: `layer/` in the build folder, and the same as a zip.
public final class LayerBuilder {
  private static final PrintStream OUT = System.out;

  private LayerBuilder() {}

  /// Builds it.
  ///
  /// @param args the skeleton's folder, the build folder, a file with the class path of what goes
  ///   into the layer, the date of all entries in the zip (ISO 8601)
  public static void main(String[] args) throws IOException, InterruptedException {
    Path skeleton = Path.of(args[0]);
    Path target = Path.of(args[1]).toAbsolutePath();
    List<Path> classPath =
        Arrays.stream(Files.readString(Path.of(args[2])).strip().split(File.pathSeparator))
            .map(Path::of)
            .toList();
    Path layer = target.resolve("layer");
    Path zip = target.resolve("log-shipper-" + processor() + ".zip");

    BundledJars jars = BundledJars.of(classPath);
    step("linking a Java runtime with " + String.join(", ", jars.modules()));
    new FileTree(layer).delete();
    new FileTree(skeleton).copyTo(layer);
    Path logShipper = layer.resolve("log-shipper");
    jars.copyTo(logShipper);
    RuntimeImage.link(jars.modules(), logShipper.resolve("runtime"));

    step("training: a function's logs go through each sink, to make the AOT cache");
    TrainingRun.train(layer, target.resolve("training"));

    step("zipping");
    LayerZip.write(layer, zip, FileTime.from(Instant.parse(args[3])));
    step(
        "%s: %.1f MB, unpacked %.1f MB"
            .formatted(
                zip.getFileName(), Files.size(zip) / 1e6, new FileTree(layer).bytes() / 1e6));
  }

  /// In the words of AWS.
  private static String processor() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm64";
      default -> throw new IllegalStateException("Lambda does not run on " + name);
    };
  }

  private static void step(String text) {
    OUT.println("layer: " + text);
  }
}
