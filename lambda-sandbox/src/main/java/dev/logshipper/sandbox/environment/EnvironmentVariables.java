package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.RoleCredentials;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The variables that Lambda sets for extensions and the runtime. None is inherited from the
/// sandbox's own environment.
final class EnvironmentVariables {

  private static final Set<String> HIDDEN_FROM_EXTENSIONS =
      Set.of(
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_MAX_CONCURRENCY",
          "AWS_XRAY_CONTEXT_MISSING",
          "AWS_XRAY_DAEMON_ADDRESS",
          "LAMBDA_RUNTIME_DIR",
          "LAMBDA_TASK_ROOT");

  private final SandboxSettings settings;
  private final String runtimeApi;
  private final Path temporaryFolder;

  EnvironmentVariables(SandboxSettings settings, String runtimeApi, Path temporaryFolder) {
    this.settings = settings;
    this.runtimeApi = runtimeApi;
    this.temporaryFolder = temporaryFolder;
  }

  Map<String, String> forExtensions() {
    Map<String, String> variables = common();
    variables
        .keySet()
        .removeIf(name -> name.startsWith("_") || HIDDEN_FROM_EXTENSIONS.contains(name));
    return variables;
  }

  Map<String, String> forRuntime(Map<String, String> extra) {
    Map<String, String> variables = common();
    variables.put("_HANDLER", settings.identity().handler());
    if (!settings.snapStart()) {
      variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.identity().name());
      variables.put(
          "AWS_LAMBDA_LOG_STREAM_NAME", "sandbox/[" + settings.identity().version() + "]");
    }
    variables.put("LAMBDA_TASK_ROOT", settings.taskRoot().toString());
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    if (settings.managedInstances()) {
      variables.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(settings.maxConcurrency()));
    }
    variables.putAll(extra);
    return variables;
  }

  private Map<String, String> credentials() {
    return settings.snapStart()
        ? Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://" + runtimeApi + RoleCredentials.PATH,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            RoleCredentials.AUTHORIZATION)
        : Map.of(
            "AWS_ACCESS_KEY_ID", RoleCredentials.ACCESS_KEY_ID,
            "AWS_SECRET_ACCESS_KEY", RoleCredentials.SECRET_ACCESS_KEY,
            "AWS_SESSION_TOKEN", RoleCredentials.SESSION_TOKEN);
  }

  private Map<String, String> common() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin");
    variables.put(
        "LD_LIBRARY_PATH",
        "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("TMPDIR", temporaryFolder.toString());
    variables.put("AWS_REGION", settings.identity().region());
    variables.put("AWS_DEFAULT_REGION", settings.identity().region());
    variables.putAll(credentials());
    variables.putAll(settings.customerVariables());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", settings.identity().name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", settings.identity().version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
    variables.put("AWS_LAMBDA_LOG_FORMAT", settings.logFormat().value());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", settings.initializationType());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return variables;
  }
}
