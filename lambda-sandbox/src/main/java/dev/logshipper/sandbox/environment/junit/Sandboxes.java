package dev.logshipper.sandbox.environment.junit;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.page.TimelinePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/// The sandboxes of one test, closed after it.
public final class Sandboxes {

  private final List<Sandbox> started = new CopyOnWriteArrayList<>();
  private @Nullable Sandbox only;
  private @Nullable Destination destination;

  Sandboxes() {}

  /// Starts a sandbox.
  public Sandbox start(SandboxBuilder builder) throws InterruptedException {
    Sandbox sandbox = builder.start();
    started.add(sandbox);
    return sandbox;
  }

  /// The sandbox that the test gets as a parameter; starts it the first time.
  Sandbox only(Supplier<SandboxBuilder> description) {
    Sandbox sandbox = only;
    if (sandbox == null) {
      try {
        sandbox = start(description.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ParameterResolutionException("interrupted while the sandbox started", e);
      }
      only = sandbox;
    }
    return sandbox;
  }

  /// The destination that the test gets as a parameter; starts it the first time.
  Destination destination(Supplier<? extends Destination> start) {
    Destination existing = destination;
    if (existing == null) {
      existing = start.get();
      destination = existing;
    }
    return existing;
  }

  void closeAll() {
    started.forEach(Sandbox::close);
    if (destination != null) {
      destination.close();
    }
  }

  void dump(Path folder, String test) throws IOException {
    for (int i = 0; i < started.size(); i++) {
      Sandbox sandbox = started.get(i);
      sandbox.timeline().writeJson(folder.resolve(test + "-" + i + ".json"));
      new TimelinePage(test, sandbox.timeline())
          .destination("the destination", destination)
          .write(folder.resolve(test + "-" + i + ".html"));
    }
  }
}
