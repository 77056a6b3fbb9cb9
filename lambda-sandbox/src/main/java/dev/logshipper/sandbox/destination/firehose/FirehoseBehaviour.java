package dev.logshipper.sandbox.destination.firehose;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.util.List;
import java.util.Optional;

/// What the stand-in has and asks for.
///
/// @param streams names of the delivery streams that exist
/// @param credentials whose signature is asked for; empty: any signature will do, but there must be
///   one for the right service
public record FirehoseBehaviour(List<String> streams, Optional<AwsCredentials> credentials) {

  public FirehoseBehaviour {
    streams = List.copyOf(streams);
  }

  /// These streams exist, whoever signs.
  public static FirehoseBehaviour of(String... streams) {
    return new FirehoseBehaviour(List.of(streams), Optional.empty());
  }

  /// Every request must be signed by the holder of this key.
  public FirehoseBehaviour signedBy(AwsCredentials signer) {
    return new FirehoseBehaviour(streams, Optional.of(signer));
  }
}
