package dev.logshipper.sink.support;

/// The variables that a message about a connection may point to; empty where there is none.
///
/// @param url with the server's URL
/// @param caFile with private CAs
/// @param clientCertificate with the certificate to present
public record ConnectionVariables(String url, String caFile, String clientCertificate) {
  /// No variables.
  public static final ConnectionVariables NONE = new ConnectionVariables("", "", "");
}
