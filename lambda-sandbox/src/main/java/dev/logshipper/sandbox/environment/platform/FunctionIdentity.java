package dev.logshipper.sandbox.environment.platform;

/// Who the function is, as the platform tells its extensions and its runtime.
public record FunctionIdentity(
    String name, String version, String handler, String region, String accountId) {

  /// The ARN that invocations carry.
  public String arn() {
    return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
  }
}
