package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.secrets.SecretsDestination;

/// Secrets that are kept elsewhere.
@Chapter("The destination")
class SecretFaultsIT {
  private static final int INVOCATIONS = 3;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:logs-AbCdEf";

  @Sinks
  @Fault(
      value = "needs a secret that cannot be read for a while (denied, then unavailable)",
      user = "cannot be opened yet (once for each reason)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void secretCannotBeReadForAWhile(BundledSink sink, FaultRuns runs) throws Exception {
    try (SecretsDestination secrets = SecretsDestination.start()) {
      secrets.put(SECRET, "{\"id\":\"AKID\",\"secret\":\"hush\"}");
      secrets.allow(false);
      FaultRun run =
          runs.of(sink)
              .environment("PUSHER_FLUSH", "end")
              .environment("PUSHER_HTTP_BEARER_TOKEN", SECRET + "#secret")
              .environment("LOKI_BEARER_TOKEN", SECRET + "#secret")
              .environment("PUSHER_S3_ACCESS_KEY_ID", SECRET + "#id")
              .environment("PUSHER_S3_SECRET_ACCESS_KEY", SECRET + "#secret")
              .environment("PUSHER_KINESIS_ACCESS_KEY_ID", SECRET + "#id")
              .environment("PUSHER_KINESIS_SECRET_ACCESS_KEY", SECRET + "#secret")
              .environment("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url())
              .start();
      run.invoke(INVOCATIONS);
      secrets.allow(true);
      secrets.respondNext(ScriptedResponse.status(503));
      run.invoke(INVOCATIONS);
      run.end();

      assertThat(run.output())
          .anyMatch(line -> line.contains("cannot be opened yet") && line.contains(": Secrets Man"))
          .noneMatch(line -> line.contains("hush") || line.contains("logs-AbCdEf"));
    }
  }
}
