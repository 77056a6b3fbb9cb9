package dev.logshipper.sandbox.destination;

/// The encryption of a destination: none, or TLS with one of two kinds of certificate chains.
public enum Tls {
  /// Plain HTTP.
  NONE,

  /// RSA keys of 2048 bits, as AWS's endpoints have them.
  RSA,

  /// A key on P-256, signed by authorities on P-384, as public authorities issue them today.
  ELLIPTIC_CURVE
}
