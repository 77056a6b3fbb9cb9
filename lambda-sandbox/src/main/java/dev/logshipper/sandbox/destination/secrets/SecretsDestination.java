package dev.logshipper.sandbox.destination.secrets;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.Tls;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.util.Optional;

/// A Secrets Manager and an SSM in one: `GetSecretValue` and `GetParameter` (AWS JSON 1.1) for the
/// secrets that a test keeps in it, by their ARN. `allow(false)` denies access; [#exception(int,
/// String, String)] scripts other errors, [#handled] a slow response.
///
/// A value of SSM is returned as it would be stored, encrypted, unless the request asks for
/// decryption. There are no versions, and no other operations.
public final class SecretsDestination extends ServiceDestination {
  private final SecretsService service;

  private SecretsDestination(SecretsService service, Tls tls) {
    super(service, tls);
    this.service = service;
  }

  /// Starts on a free port; accepts any signature for the right service.
  public static SecretsDestination start() {
    return new SecretsDestination(new SecretsService(Optional.empty()), Tls.NONE);
  }

  /// Starts on a free port; every request must be signed by the holder of this key.
  public static SecretsDestination start(AwsCredentials signer) {
    return new SecretsDestination(new SecretsService(Optional.of(signer)), Tls.NONE);
  }

  /// Starts on a free port with TLS, see [#certificatePem()].
  public static SecretsDestination startTls() {
    return new SecretsDestination(new SecretsService(Optional.empty()), Tls.RSA);
  }

  /// Keeps a secret or a parameter under its ARN, or replaces its value.
  public void put(String arn, String text) {
    service.put(arn, text);
  }

  /// Keeps a secret of Secrets Manager that is not text.
  public void putBinary(String arn) {
    service.putBinary(arn);
  }

  /// Whether the role may read secrets; it may at the start.
  public void allow(boolean allowed) {
    service.allow(allowed);
  }

  /// An error of AWS JSON 1.1, for example `ThrottlingException` with 400.
  public static ScriptedResponse.Http exception(int status, String type, String message) {
    return SecretsService.error(status, type, message);
  }
}
