package dev.logshipper.sandbox.destination.firehose;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import java.util.List;
import java.util.Optional;

/// The streams of the stand-in, and the signatures it requires.
///
/// @param streams names of the delivery streams that exist
/// @param credentials the only ones whose signature is valid; empty: any signature for the right
///   service is
public record FirehoseBehaviour(List<String> streams, Optional<AwsCredentials> credentials) {

  public FirehoseBehaviour {
    streams = List.copyOf(streams);
  }

  /// These streams, with any signature.
  public static FirehoseBehaviour of(String... streams) {
    return new FirehoseBehaviour(List.of(streams), Optional.empty());
  }

  /// Every request must be signed by the holder of this key.
  public FirehoseBehaviour signedBy(AwsCredentials signer) {
    return new FirehoseBehaviour(streams, Optional.of(signer));
  }
}
