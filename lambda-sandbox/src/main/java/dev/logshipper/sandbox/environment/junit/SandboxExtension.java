package dev.logshipper.sandbox.environment.junit;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Sandboxes for tests: started for a test method, closed after it. The timelines of a failed test
/// are kept in `target/sandbox-timelines/`, as JSON and as a page.
///
/// Registered in a field, it injects a started [Sandbox] and its [Destination]:
///
/// ```java
/// @RegisterExtension
/// final SandboxExtension lambda =
///     SandboxExtension.forLayer(Path.of("target/layer"))
///         .destination(HttpDestination::start)
///         .environment("MY_URL", "{url}/logs")
///         .function(invocation -> invocation.log("hello"));
///
/// @Test
/// void linesArrive(Sandbox sandbox, Destination destination) throws Exception {
///   sandbox.invoke("{}");
///   sandbox.shutdown("spindown");
///   assertThat(destination.lines()).anyMatch(line -> line.contains("hello"));
/// }
/// ```
///
/// By `@ExtendWith(SandboxExtension.class)` it injects [Sandboxes], which start any number of them.
public final class SandboxExtension implements ParameterResolver, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SandboxExtension.class);

  private final @Nullable Path extensions;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private @Nullable Supplier<? extends Destination> destination;
  private Consumer<SandboxBuilder> configuration = builder -> {};

  /// For `@ExtendWith`, without a layer.
  public SandboxExtension() {
    this(null);
  }

  private SandboxExtension(@Nullable Path extensions) {
    this.extensions = extensions;
  }

  /// For a field: sandboxes with the extensions of a layer.
  ///
  /// @param layer its folder
  public static SandboxExtension forLayer(Path layer) {
    return new SandboxExtension(layer.resolve("extensions"));
  }

  /// Starts a destination before the sandbox, for example by `LokiDestination::start`.
  public SandboxExtension destination(Supplier<? extends Destination> start) {
    destination = start;
    return this;
  }

  /// Adds a variable. `{url}` in its value stands for the address of the destination.
  public SandboxExtension environment(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// Lets a Java lambda play the function.
  public SandboxExtension function(ScriptedFunction function) {
    return configure(builder -> builder.function(function));
  }

  /// Changes the description of the sandbox in any other way.
  public SandboxExtension configure(Consumer<SandboxBuilder> change) {
    configuration = configuration.andThen(change);
    return this;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    boolean own = extensions != null && context.getTestMethod().isPresent();
    return type == Sandboxes.class
        || (own && type == Sandbox.class)
        || (own && destination != null && Destination.class.isAssignableFrom(type));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Sandboxes sandboxes = sandboxesOf(context);
    if (type == Sandboxes.class) {
      return sandboxes;
    }
    Destination received = destination == null ? null : sandboxes.destination(destination);
    return type == Sandbox.class || received == null
        ? sandboxes.only(() -> builder(received))
        : received;
  }

  private SandboxBuilder builder(@Nullable Destination received) {
    SandboxBuilder builder = Sandbox.builder();
    if (extensions != null) {
      builder.extensions(extensions);
    }
    String url = received == null ? "{url}" : received.url();
    variables.forEach((name, value) -> builder.environment(name, value.replace("{url}", url)));
    configuration.accept(builder);
    return builder;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Sandboxes sandboxes = sandboxesOf(context);
    sandboxes.closeAll();
    if (context.getExecutionException().isPresent()) {
      String test =
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getRequiredTestMethod().getName();
      sandboxes.dump(Path.of("target", "sandbox-timelines"), test);
    }
  }

  private static Sandboxes sandboxesOf(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Sandboxes.class, key -> new Sandboxes(), Sandboxes.class);
  }
}
