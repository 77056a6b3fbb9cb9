package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;

/// The response of STS to `AssumeRole`.
public final class StsResponse {
  private StsResponse() {}

  /// The credentials of a role.
  public static ScriptedResponse issuing(AwsCredentials role) {
    return ScriptedResponse.ok()
        .body(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>"
                + role.accessKeyId()
                + "</AccessKeyId><SecretAccessKey>"
                + role.secretAccessKey()
                + "</SecretAccessKey><SessionToken>token</SessionToken>"
                + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                + "</AssumeRoleResult></AssumeRoleResponse>");
  }
}
