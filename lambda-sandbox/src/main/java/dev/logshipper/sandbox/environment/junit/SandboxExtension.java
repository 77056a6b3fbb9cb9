package dev.logshipper.sandbox.environment.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Injects [Sandboxes] into a test method, closes them after it, and keeps the timelines of a
/// failed test under `target/sandbox-timelines/`.
public final class SandboxExtension implements ParameterResolver, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SandboxExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Sandboxes.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return sandboxesOf(context);
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
