package dev.logshipper.bundle;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Assembles the layer: `layer/` in the build folder, and the same as a zip. Given the modes of
/// some sinks, builds a slim layer of only these; given a Java image for another processor, which
/// this machine must emulate, builds `layer-<processor>/` for that one.
public final class LayerBuilder {
  private static final PrintStream OUT = System.out;

  private LayerBuilder() {}

  /// Builds it.
  ///
  /// @param args the folder with the skeleton and the rules for shrinking, the build folder, a file
  ///   with the class path of the layer, the date of all entries in the zip (ISO 8601), and the
  ///   modes of the sinks, separated by commas, or an empty string for all, and the home of the
  ///   Java image for the runtime, or an empty string for the JDK that runs this program
  public static void main(String[] args) throws IOException, InterruptedException {
    Path sources = Path.of(args[0]);
    Path target = Path.of(args[1]).toAbsolutePath();
    List<Path> classPath =
        Arrays.stream(Files.readString(Path.of(args[2])).strip().split(File.pathSeparator))
            .map(Path::of)
            .toList();
    List<BundledSink> sinks = sinks(args[4]);
    FileTime date = FileTime.from(Instant.parse(args[3]));
    String slim = args[4].isEmpty() ? "" : "-" + args[4].replace(',', '-');
    JavaImage java =
        args[5].isEmpty()
            ? JavaImage.ofThisJvm()
            : JavaImage.at(Path.of(args[5]).toAbsolutePath().normalize());
    String processor = java.processor().lambdaName();
    String variant = slim + (java.isForThisMachine() ? "" : "-" + processor);
    Path layer = target.resolve("layer" + variant);
    Path zip = target.resolve("log-shipper" + slim + "-" + processor + ".zip");

    BundledJars jars = BundledJars.of(sinks, classPath);
    step("linking a Java runtime with " + String.join(", ", jars.modules()));
    new FileTree(layer).delete();
    new FileTree(sources.resolve("layer")).copyTo(layer);
    Path launcher = Path.of("launcher", processor, "log-shipper");
    Files.createDirectories(layer.resolve("extensions"));
    Files.copy(sources.resolve(launcher), layer.resolve("extensions/log-shipper"));
    Path logShipper = layer.resolve("log-shipper");
    jars.copyTo(logShipper, java.processor());
    RuntimeImage.link(jars.modules(), java, logShipper.resolve("runtime"));
    TlsLibraryJar.extract(classPath, java.processor(), logShipper.resolve("runtime/lib"));
    NativeSymbols.stripAll(logShipper.resolve("runtime"));
    JavaRelease release = java.release();
    release.warningOn(LocalDate.now(ZoneOffset.UTC)).ifPresent(LayerBuilder::step);
    release.writeManifest(
        logShipper.resolve("manifest"),
        System.getProperty("layer.version", "unknown"),
        processor,
        sinks.stream().map(BundledSink::mode).collect(Collectors.joining(", ")));

    step("shrinking the jars");
    Path shrunk = target.resolve("shrunk" + variant);
    Set<String> paths = jars.placed().keySet();
    new Shrinker(target.resolve("shrinker"), sources.resolve("shrinker/rules.pro"))
        .shrink(logShipper, paths, jars.modules(), shrunk);
    // In production the class path must begin with that of the training, or the JVM ignores the
    // AOT cache.
    Files.write(
        logShipper.resolve("classpath"), new JarMerger(date).merge(shrunk, paths, logShipper));

    step("training: a function's logs go through each sink, to make the AOT caches");
    for (List<BundledSink> sharing : byClient(sinks)) {
      TrainingRun.train(sharing, layer, target.resolve("training" + variant));
    }

    step("zipping");
    LayerZip.write(layer, zip, date);
    step(
        "%s: %.1f MB, unpacked %.1f MB"
            .formatted(
                zip.getFileName(), Files.size(zip) / 1e6, new FileTree(layer).bytes() / 1e6));
  }

  private static List<BundledSink> sinks(String modes) {
    return modes.isEmpty()
        ? BundledSink.ALL
        : Arrays.stream(modes.split(",")).map(BundledSink::named).toList();
  }

  private static Collection<List<BundledSink>> byClient(List<BundledSink> sinks) {
    return sinks.stream()
        .collect(
            Collectors.groupingBy(BundledSink::client, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static void step(String text) {
    OUT.println("layer: " + text);
  }
}
