package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.layer.StsResponse;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.firehose.FirehoseBehaviour;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.s3.S3Behaviour;
import dev.logshipper.sandbox.destination.s3.S3Destination;

/// A destination in another account, whose role the function assumes.
@Chapter("The destination")
class RoleIT {
  private static final int INVOCATIONS = 3;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final String ROLE = "arn:aws:iam::210987654321:role/logs";
  private static final String EXTERNAL_ID = "tenant-7";
  private static final AwsCredentials OF_ROLE = new AwsCredentials("ASIAOFROLE", "secret/of+role=");

  @Sinks(client = "aws-sdk")
  @Fault(
      value = "needs a role that cannot be assumed for a while",
      user = "cannot send (once), with the role and what it needs",
      heldMillisMax = HOLD_MILLIS_MAX)
  void roleCannotBeAssumedForAWhile(BundledSink sink, FaultRuns runs) throws Exception {
    try (HttpDestination sts = HttpDestination.start()) {
      FaultRun run =
          runs.of(sink)
              .to(ofRole(sink))
              .environment("PUSHER_FLUSH", "end")
              .environment("PUSHER_S3_ROLE_ARN", ROLE)
              .environment("PUSHER_KINESIS_ROLE_ARN", ROLE)
              .environment("PUSHER_S3_ROLE_EXTERNAL_ID", EXTERNAL_ID)
              .environment("PUSHER_KINESIS_ROLE_EXTERNAL_ID", EXTERNAL_ID)
              .environment("AWS_ENDPOINT_URL_STS", sts.url())
              .start();
      sts.respond(
          ScriptedResponse.status(403)
              .body("<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"));
      run.invoke(INVOCATIONS);
      sts.respond(StsResponse.issuing(OF_ROLE));
      run.invoke(INVOCATIONS);
      run.end();

      assertThat(run.output())
          .filteredOn(line -> line.contains("cannot assume role " + ROLE))
          .singleElement()
          .asString()
          .contains("returned 403 AccessDenied", "buffering, retrying every few seconds")
          .doesNotContain(EXTERNAL_ID);
    }
  }

  private static ServiceDestination ofRole(BundledSink sink) {
    return sink.mode().equals("s3")
        ? S3Destination.start(S3Behaviour.standard().with("logs").signedBy(OF_ROLE))
        : FirehoseDestination.start(FirehoseBehaviour.of("logs").signedBy(OF_ROLE));
  }
}
