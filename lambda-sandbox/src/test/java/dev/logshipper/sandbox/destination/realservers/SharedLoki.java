package dev.logshipper.sandbox.destination.realservers;

import static java.util.Objects.requireNonNull;

import dev.logshipper.sandbox.destination.loki.LokiBehaviour;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One real Loki for all tests of a class, which are skipped if it is not installed.
final class SharedLoki implements BeforeAllCallback, AfterAllCallback {
  /// More than tests can push: they test the limit of one push, not the rate limit.
  private static final int INGESTION_MEGABYTES_PER_SECOND = 1_000;

  private @Nullable RealLoki server;

  @Override
  public void beforeAll(ExtensionContext context) {
    Skip.unlessInstalled(Program.LOKI);
    server = RealLoki.start(LokiBehaviour.standard(), INGESTION_MEGABYTES_PER_SECOND);
  }

  RealLoki server() {
    return requireNonNull(server);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.close();
    }
  }
}
