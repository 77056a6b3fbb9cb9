package dev.logshipper.sandbox.environment.junit;

import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The sandboxes of one test, closed after it.
public final class Sandboxes {

  private final List<Sandbox> started = new CopyOnWriteArrayList<>();

  Sandboxes() {}

  /// Starts a sandbox.
  public Sandbox start(SandboxBuilder builder) throws InterruptedException {
    Sandbox sandbox = builder.start();
    started.add(sandbox);
    return sandbox;
  }

  void closeAll() {
    started.forEach(Sandbox::close);
  }

  void dump(Path folder, String test) throws IOException {
    for (int i = 0; i < started.size(); i++) {
      started.get(i).timeline().writeJson(folder.resolve(test + "-" + i + ".json"));
    }
  }
}
