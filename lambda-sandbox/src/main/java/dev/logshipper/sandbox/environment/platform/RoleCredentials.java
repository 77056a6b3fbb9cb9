package dev.logshipper.sandbox.environment.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The credentials of the function's role: in variables, or under SnapStart from a local endpoint.
public final class RoleCredentials {

  /// The id of the access key.
  public static final String ACCESS_KEY_ID = "ASIASANDBOX";

  /// The secret of the access key.
  public static final String SECRET_ACCESS_KEY = "sandbox-secret";

  /// The session token.
  public static final String SESSION_TOKEN = "sandbox-token";

  /// The endpoint's path at the address of the Runtime API.
  public static final String PATH = "/2021-04-23/credentials";

  /// The value of the `Authorization` header that the endpoint requires.
  public static final String AUTHORIZATION = "sandbox-authorization";

  private static final Duration LIFETIME = Duration.ofHours(1);

  private RoleCredentials() {}

  static HttpResponse handle(HttpRequest request, InstantSource clock) {
    if (!request.header("authorization").equals(AUTHORIZATION)) {
      return HttpResponse.error(403, "AccessDenied", "Invalid authorization token");
    }
    return HttpResponse.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("AccessKeyId", ACCESS_KEY_ID)
            .put("SecretAccessKey", SECRET_ACCESS_KEY)
            .put("Token", SESSION_TOKEN)
            .put(
                "Expiration",
                clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS).toString())
            .toString());
  }
}
