package com.example.otlp;

import dev.logshipper.sink.testkit.SinkContract;
import dev.logshipper.sink.testkit.SinkFixture;
import java.io.IOException;

/// The rules that every sink keeps.
class OtlpSinkContractTest extends SinkContract {

  @Override
  protected SinkFixture newFixture() throws IOException {
    return new CollectorFixture();
  }
}
