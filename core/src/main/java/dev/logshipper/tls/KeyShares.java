package dev.logshipper.tls;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The groups for key exchange that the JDK offers to a server: first x25519 alone, and all after a
/// handshake with that server has failed before it showed a certificate.
///
/// The JDK computes a share for each kind of group, and the one for P-256 needs a table that is 60
/// of the 260 ms of CPU of a first handshake. Two kinds of servers need the second attempt: those
/// that know only NIST's curves, such as the FIPS endpoints of AWS, and those without TLS 1.3 whose
/// certificate is on such a curve (RFC 8422, 5.3). From then on such a server is offered all, and
/// so is one with two handshakes at a time. Thread-safe.
final class KeyShares {
  private static final String[] FIRST = {"x25519"};

  /// Servers whose latest handshake has not shown a certificate yet.
  private final Set<String> pending = new HashSet<>();

  private final Set<String> failed = new HashSet<>();

  /// A handshake begins.
  ///
  /// @return the groups to offer; null for the JDK's list
  synchronized String @Nullable [] begin(String host, int port) {
    String server = host + ":" + port;
    if (failed.contains(server) || !pending.add(server)) {
      failed.add(server);
      return null;
    }
    return FIRST;
  }

  /// The server has shown a certificate, so it knows one of the groups that were offered.
  synchronized void answered(String host, int port) {
    pending.remove(host + ":" + port);
  }
}
