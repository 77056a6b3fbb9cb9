package dev.logshipper.sandbox.environment.platform;

/// The function's identity, as the platform reports it to extensions and the runtime.
///
/// @param tenantId the environment's tenant; empty for a function without tenants
public record FunctionIdentity(
    String name, String version, String handler, String region, String accountId, String tenantId) {

  /// The ARN that invocations carry.
  public String arn() {
    return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
  }
}
