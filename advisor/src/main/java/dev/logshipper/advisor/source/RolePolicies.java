package dev.logshipper.advisor.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies in a template that apply to a function's role.
///
/// @param resources of the template
record RolePolicies(Map<?, ?> resources) {
  private static final List<String> WRITES =
      List.of("*", "logs:*", "logs:Put*", "logs:PutLogEvents");

  /// Whether the function may not write to CloudWatch Logs; null if a condition or a policy outside
  /// the template decides.
  @Nullable Boolean denyLogs(Map<?, ?> function) {
    List<Object> policies = new ArrayList<>();
    policies.add(function.get("Policies"));
    String role = roleName(function.get("Role"));
    boolean visible = function.get("Role") == null;
    if (role != null && resources.get(role) instanceof Map<?, ?> resource) {
      policies.add(resource.get("Properties"));
      visible = true;
    }
    for (Object resource : resources.values()) {
      if (resource instanceof Map<?, ?> map
          && "AWS::IAM::Policy".equals(map.get("Type"))
          && role != null
          && String.valueOf(map.get("Properties")).contains("{Ref=" + role + "}")) {
        policies.add(map.get("Properties"));
      }
    }
    boolean denied = false;
    boolean conditional = false;
    for (Object policy : policies) {
      denied |= denies(policy, false);
      conditional |= denies(policy, true);
    }
    if (denied) {
      return true;
    }
    return (conditional || !visible) ? null : Boolean.FALSE;
  }

  private static @Nullable String roleName(@Nullable Object role) {
    if (role instanceof Map<?, ?> map && map.get("Fn::GetAtt") != null) {
      Object attribute = map.get("Fn::GetAtt");
      return attribute instanceof List<?> list
          ? String.valueOf(list.getFirst())
          : String.valueOf(attribute).replaceFirst("\\..*", "");
    }
    return null;
  }

  /// @param inConditions whether to look into the branches of `Fn::If`
  private static boolean denies(@Nullable Object value, boolean inConditions) {
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey("Fn::If") && !inConditions) {
        return false;
      }
      if ("Deny".equals(map.get("Effect"))) {
        return WRITES.stream().anyMatch(texts(map.get("Action"))::contains);
      }
      return map.values().stream().anyMatch(each -> denies(each, inConditions));
    }
    return value instanceof Collection<?> all
        && all.stream().anyMatch(each -> denies(each, inConditions));
  }

  private static List<String> texts(@Nullable Object actions) {
    return actions instanceof Collection<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(actions));
  }
}
