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
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// A jar out of source text, made while a test runs: how a stranger's sink comes into being. The
/// class path of the test is there to compile against.
public final class SourceJar {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /// Kept for all: to open the class path takes longer than to compile a class.
  private static final JavaFileManager CLASS_PATH =
      COMPILER.getStandardFileManager(null, null, UTF_8);

  private static final int MAJOR_VERSION_LOW_BYTE = 7;

  private final List<JavaFileObject> sources = new ArrayList<>();
  private final Set<String> notPacked = new HashSet<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private int classFileVersion;

  /// Adds a class.
  ///
  /// @param className with its package
  /// @param text without the line that names the package
  public SourceJar source(String className, String text) {
    sources.add(new Source(className, text));
    return this;
  }

  /// Compiles against another version of a class than the one of the class path, and leaves it out
  /// of the jar.
  public SourceJar against(String className, String text) {
    notPacked.add(className);
    return source(className, text);
  }

  /// Gives the classes another version of the format than the compiler's own.
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

  /// Adds a provider and names it.
  public SourceJar offering(ProviderSource provider) {
    return source(provider.className(), provider.text()).offering(provider.className());
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
    if (!COMPILER.getTask(messages, classes, null, options, null, sources).call()) {
      throw new IllegalArgumentException(messages.toString());
    }
    return classes.bytes();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = "package " + className.substring(0, className.lastIndexOf('.')) + ";\n" + text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /// Keeps what the compiler writes.
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
