#include "early_start.h"

#include "environment.h"

enum {
  REASONS_BYTES_MAX = 512,
  SCARCE_CPU_MEGABYTES_BELOW = 512, // as in core's Configuration: below this size, sinks warm up in init
  MILLISECONDS_MAX = 5000, MEGABYTES_MAX = 1 << 20,
};

bool is_managed_instances(void) { return is_same(variable("AWS_LAMBDA_INITIALIZATION_TYPE"), "lambda-managed-instances"); }

static void add_reason(struct text *reasons, const char *reason, size_t length) {
  if (reasons->length) add(reasons, " ");
  add_bytes(reasons, reason, length);
}

// Settings that only Java reads and that change the subscription.
static void add_if_for_java(const char *each, void *reasons) {
  if (starts_with(each, "PUSHER_PLATFORM_") || starts_with(each, "ED_LAMBDA_MAX_") || starts_with(each, "ED_LAMBDA_TIMEOUT_MS=")) {
    add_reason(reasons, each, length_before(each, '='));
  }
}

static void add_if_equal(struct text *reasons, const char *name, const char *value) {
  if (!is_same_ignoring_case(variable(name), value)) return;
  add_reason(reasons, name, length_of(name));
  add(reasons, "=");
  add(reasons, value);
}

// Whether sinks warm up in init, which then waits for Java.
static bool warms_up(void) {
  const char *memory = variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), *setting = variable("PUSHER_WARM_UP_MS");
  long milliseconds = number_of(setting, length_of(setting), MILLISECONDS_MAX);
  long megabytes = number_of(memory, length_of(memory), MEGABYTES_MAX);
  return milliseconds >= 0 ? milliseconds > 0 : megabytes > 0 && megabytes < SCARCE_CPU_MEGABYTES_BELOW;
}

// Whether the environment is made before it is needed. No caller waits for its init, and it may be frozen, or its image
// taken, right after it, so Java should be ready.
static bool is_made_in_advance(void) {
  const char *type = variable("AWS_LAMBDA_INITIALIZATION_TYPE");
  return is_same(type, "provisioned-concurrency") || is_same(type, "snap-start");
}

bool can_start_early(void) {
  const char *setting = variable("PUSHER_EARLY_START");
  bool is_requested = is_same_ignoring_case(setting, "true");
  TEXT(reasons, REASONS_BYTES_MAX);
  if (is_same_ignoring_case(setting, "false") || (!is_requested && (warms_up() || is_made_in_advance()))) return false;
  each_variable(add_if_for_java, &reasons);
  add_if_equal(&reasons, "PUSHER_LOGS_API", "logs");
  add_if_equal(&reasons, "PUSHER_ON_ERROR", "fail");
  if (is_managed_instances()) add_reason(&reasons, "Managed Instances", length_of("Managed Instances"));
  if (!reasons.length) return true;
  if (is_requested) print_line("PUSHER_EARLY_START has no effect with ", reasons.bytes, "; init waits for Java", NULL);
  return false;
}

void add_subscription(struct text *body, unsigned port) {
  // The type extension is in it although few want it: core discards the types that are not configured.
  add(body, "{\"schemaVersion\":\"2025-01-29\",\"types\":[\"function\",\"platform\",\"extension\"],"
            "\"buffering\":{\"maxItems\":1000,\"maxBytes\":262144,\"timeoutMs\":25},"
            "\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:");
  add_number(body, port);
  add(body, "/\"}}");
}
