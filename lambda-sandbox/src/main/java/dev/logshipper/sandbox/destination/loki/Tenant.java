package dev.logshipper.sandbox.destination.loki;

import dev.logshipper.sandbox.destination.ReceivedRequest;

/// The tenant of a push, by `X-Scope-OrgID` (Loki's docs, operations/multi-tenancy).
final class Tenant {
  /// Loki's name for the only tenant with `auth_enabled: false`.
  static final String WITHOUT_TENANTS = "fake";

  private static final String HEADER = "X-Scope-OrgID";
  private static final int BYTES_MAX = 150;
  private static final String ALLOWED_SIGNS = "!-_.*'()";

  private Tenant() {}

  static String of(ReceivedRequest request) throws LokiError {
    String tenant = request.header(HEADER).orElse("");
    if (tenant.isEmpty()) {
      throw new LokiError(401, "no org id");
    }
    if (tenant.contains("|")) {
      throw new LokiError(400, "multiple org IDs present");
    }
    for (int i = 0; i < tenant.length(); i++) {
      char c = tenant.charAt(i);
      boolean allowed = (c < 128 && Character.isLetterOrDigit(c)) || ALLOWED_SIGNS.indexOf(c) >= 0;
      if (!allowed) {
        throw new LokiError(
            400, "tenant ID '" + tenant + "' contains unsupported character '" + c + "'");
      }
    }
    if (tenant.length() > BYTES_MAX) {
      throw new LokiError(400, "tenant ID is too long: max 150 characters");
    }
    return tenant;
  }
}
