package dev.logshipper;

import dev.logshipper.platform.Registration;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.support.AwsPartition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The function's identity as known so far: the ARN arrives with the first invocation if the
/// registration did not include the account. Thread-safe.
final class FunctionFacts {
  private static final int ARN_PARTS = 7;

  private volatile FunctionIdentity identity;

  FunctionFacts(Registration registration, String region, int memoryMegabytes) {
    String account = registration.accountId();
    this.identity =
        new FunctionIdentity(
            registration.functionName(),
            registration.functionVersion(),
            region,
            memoryMegabytes,
            account,
            arn(region, account, registration.functionName()));
  }

  FunctionIdentity get() {
    return identity;
  }

  /// Updates the identity from an invocation, whose ARN may end in a version or an alias. This also
  /// corrects a guess: [#arn] does not know every partition.
  void learnArn(String invokedArn) {
    String[] parts = invokedArn.split(":", -1);
    if (parts.length < ARN_PARTS) {
      return;
    }
    String unqualified = String.join(":", Arrays.asList(parts).subList(0, ARN_PARTS));
    if (unqualified.equals(identity.arn())) {
      return;
    }
    identity =
        new FunctionIdentity(
            identity.name(),
            identity.version(),
            identity.region(),
            identity.memoryMegabytes(),
            parts[4],
            unqualified);
  }

  private static @Nullable String arn(String region, @Nullable String account, String name) {
    AwsPartition partition = AwsPartition.of(region);
    if (account == null || partition == null) {
      return null;
    }
    return "arn:" + partition.name() + ":lambda:" + region + ":" + account + ":function:" + name;
  }
}
