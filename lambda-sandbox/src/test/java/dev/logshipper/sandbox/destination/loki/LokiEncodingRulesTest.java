package dev.logshipper.sandbox.destination.loki;

import java.util.List;
import org.junit.jupiter.api.AfterAll;

class LokiEncodingRulesTest extends LokiEncodingRules {
  private static final LokiDestination LOKI = LokiDestination.start();

  @AfterAll
  static void close() {
    LOKI.close();
  }

  @Override
  protected String url() {
    return LOKI.url();
  }

  @Override
  protected List<LokiStream> streams() {
    return LOKI.streams();
  }
}
