package dev.logshipper.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.SinkProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// A jar of sources below `core/src/test-plugins`, compiled while a test runs against the test's
/// class path.
public final class SourceJar {
  private static final Path FOLDER = Path.of("../core/src/test-plugins");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /// Shared, because opening the class path takes longer than compiling a class.
  private static final StandardJavaFileManager CLASS_PATH =
      COMPILER.getStandardFileManager(null, null, UTF_8);

  private static final int MAJOR_VERSION_LOW_BYTE = 7;

  private final List<Path> sources = new ArrayList<>();
  private final Set<String> notPacked = new HashSet<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private int classFileVersion;

  /// A plugin: the folder's `com.example.Acme`, which may use the classes of `plain`.
  public static SourceJar plugin(String folder) {
    return new SourceJar().sources(folder).sources("plain").offering("com.example.Acme");
  }

  /// Adds the classes of a folder.
  public SourceJar sources(String folder) {
    sources.addAll(files(folder));
    return this;
  }

  /// Compiles against the classes of a folder instead of those of the class path, and leaves them
  /// out of the jar.
  public SourceJar against(String folder) {
    Path root = FOLDER.resolve(folder);
    for (Path file : files(folder)) {
      String path = root.relativize(file).toString();
      notPacked.add(path.substring(0, path.length() - ".java".length()).replace('/', '.'));
    }
    return sources(folder);
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the classes in another version of the format than the compiler's.
  ///
  /// @param version 69 for Java 25
  public SourceJar classFileVersion(int version) {
    classFileVersion = version;
    return this;
  }

  /// Adds a file.
  public SourceJar entry(String name, String text) {
    entries.put(name, text.getBytes(UTF_8));
    return this;
  }

  /// Names providers of sinks.
  public SourceJar offering(String... classNames) {
    String file = "META-INF/services/" + SinkProvider.class.getName();
    return entry(file, String.join("\n", classNames) + "\n");
  }

  /// Makes the jar, and the folder around it.
  public Path writeTo(Path jar) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    compile()
        .forEach((className, bytes) -> {
          if (classFileVersion > 0) {
            bytes[MAJOR_VERSION_LOW_BYTE] = (byte) classFileVersion;
          }
          if (!notPacked.contains(className)) {
            all.put(className.replace('.', '/') + ".class", bytes);
          }
        });
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }

  private Map<String, byte[]> compile() {
    if (sources.isEmpty()) {
      return Map.of();
    }
    InMemory classes = new InMemory(CLASS_PATH);
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-proc:none", "-g:none");
    var units = CLASS_PATH.getJavaFileObjectsFromPaths(sources);
    if (!COMPILER.getTask(messages, classes, null, options, null, units).call()) {
      throw new IllegalArgumentException(messages.toString());
    }
    return classes.bytes();
  }

  /// Keeps the output of the compiler.
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      if (location != StandardLocation.CLASS_OUTPUT) {
        throw new UncheckedIOException(new IOException("unexpected output: " + className));
      }
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return written.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
        }
      };
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new LinkedHashMap<>();
      written.forEach((className, out) -> bytes.put(className, out.toByteArray()));
      return bytes;
    }
  }
}
