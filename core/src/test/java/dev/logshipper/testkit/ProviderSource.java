package dev.logshipper.testkit;

import java.util.EnumMap;
import java.util.Map;

/// The source text of a provider and its sink, well behaved but for the parts that a test replaces.
/// What is not qualified comes from `dev.logshipper.sink`, `dev.logshipper.config` or `java.util`.
public final class ProviderSource {
  private final String className;
  private final Map<Part, String> bodies = new EnumMap<>(Part.class);

  /// Throws a checked exception that nothing declares, as code in Kotlin or Scala may.
  public static final String THROW_UNDECLARED =
      "if (true) { class Sneaky<E extends Throwable> {"
          + " void go() throws E { throw (E) new Exception(\"hunter2\"); } }"
          + " new Sneaky<RuntimeException>().go(); }";

  /// A piece of code to replace: the body of a method, or members of the class.
  public enum Part {
    /// Fields, static initialisers, constructors, methods, types.
    MEMBERS,
    /// Gives a `String`.
    MODE,
    /// Gives a `List<Setting<?>>`.
    SETTINGS,
    /// Gives `SinkDefaults`; `settings` is there.
    DEFAULTS,
    /// Gives a `Sink`; `context` is there.
    OPEN,
    /// Gives `BatchLimits`.
    LIMITS,
    /// Gives a `SendResult`; `context`, `batch` and `deadline` are there.
    SEND,
    /// Gives nothing.
    CLOSE
  }

  /// @param className with its package
  public ProviderSource(String className, String mode) {
    this.className = className;
    bodies.put(Part.MEMBERS, "");
    bodies.put(Part.MODE, "return \"" + mode + "\";");
    bodies.put(Part.SETTINGS, "return List.of();");
    bodies.put(Part.DEFAULTS, "return SinkDefaults.NONE;");
    bodies.put(Part.OPEN, "return new Opened(context);");
    bodies.put(Part.LIMITS, "return new BatchLimits(1_000, 1 << 20, 1 << 20, 0);");
    bodies.put(Part.SEND, "return SendResult.DELIVERED;");
    bodies.put(Part.CLOSE, "");
  }

  /// Replaces a part.
  public ProviderSource with(Part part, String code) {
    bodies.put(part, code);
    return this;
  }

  String className() {
    return className;
  }

  /// All of it, without the line that names the package.
  String text() {
    String text = TEMPLATE.replace("NAME", className.substring(className.lastIndexOf('.') + 1));
    for (Map.Entry<Part, String> body : bodies.entrySet()) {
      text = text.replace("{" + body.getKey() + "}", body.getValue());
    }
    return text;
  }

  private static final String TEMPLATE =
      """
      import dev.logshipper.config.*;
      import dev.logshipper.sink.*;
      import java.util.*;

      public class NAME implements SinkProvider {
        {MEMBERS}
        public String mode() { {MODE} }
        public int spiVersion() { return Spi.VERSION; }
        public List<Setting<?>> settings() { {SETTINGS} }
        public SinkDefaults defaults(Settings settings) { {DEFAULTS} }
        public Sink open(SinkContext context) { {OPEN} }

        record Opened(SinkContext context) implements Sink {
          public BatchLimits limits() { {LIMITS} }
          public SendResult send(Batch batch, Deadline deadline) throws java.io.IOException {
            {SEND}
          }
          public void close() { {CLOSE} }
        }
      }
      """;
}
