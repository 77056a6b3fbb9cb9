package dev.logshipper.sandbox.destination.realservers;

import dev.logshipper.sandbox.destination.loki.LokiEncodingRules;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class RealLokiEncodingRulesTest extends LokiEncodingRules {
  @RegisterExtension static final SharedLoki LOKI = new SharedLoki();

  @Override
  protected String url() {
    return LOKI.server().url();
  }

  @Override
  protected List<LokiStream> streams() {
    return LOKI.server().streams();
  }
}
