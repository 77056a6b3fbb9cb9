package dev.logshipper.sandbox.destination.loki;

import java.time.InstantSource;

/// Differences of the stand-in from a default Loki ([#standard()]).
///
/// @param clock the reference for the age of entries
/// @param tenants whether each push must name its tenant in `X-Scope-OrgID`
/// @param structuredMetadata whether entries may have it; a Loki before version 3 or with a schema
///   before v13 rejects such entries
public record LokiBehaviour(InstantSource clock, boolean tenants, boolean structuredMetadata) {

  /// The machine's clock, no tenants, structured metadata accepted.
  public static LokiBehaviour standard() {
    return new LokiBehaviour(InstantSource.system(), false, true);
  }

  /// With this clock.
  public LokiBehaviour at(InstantSource other) {
    return new LokiBehaviour(other, tenants, structuredMetadata);
  }

  /// With `auth_enabled: true`: 401 for a push without a tenant.
  public LokiBehaviour withTenants() {
    return new LokiBehaviour(clock, true, structuredMetadata);
  }

  /// With `allow_structured_metadata: false`.
  public LokiBehaviour withoutStructuredMetadata() {
    return new LokiBehaviour(clock, tenants, false);
  }
}
