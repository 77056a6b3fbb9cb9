// The platform fails the invocation when an extension's process ends, so the process that it sees is this program and not
// the JVM: it registers, opens the socket for deliveries, passes both connections to a JVM, and restarts the JVM when it
// dies. The protocol between the two is in the README of extension-bundle.

#include "launcher.h"

#include "early_start.h"
#include "environment.h"
#include "http.h"
#include "java.h"
#include "layer.h"
#include "state.h"
#include "telemetry.h"

enum {
  HEADERS_BYTES_MAX = 1024,
  REPORTED = 78,             // Java's exit status: the platform knows of the failure
  DEATHS_WITHOUT_PLUGINS = 2, // other layers' sinks may be the cause
  DEATHS_MAX = 3,
  OWN_DESCRIPTORS_MIN = 10,  // above those that Java gets
  SIGPIPE = 13, SIGCHLD = 17, IGNORED = 1,
};

// Deaths within this time are deaths in a row. Found and changed by a test, by the words before it.
static const volatile struct { char words[24]; long seconds; } IN_A_ROW = {"deaths in a row within", 60};

static const char NEXT[] = "2020-01-01/extension/event/next";

static struct {
  const char *api, *name;
  long connection;           // to the platform; negative: none
  struct telemetry telemetry;
  long state_pipe;
  char identifier[IDENTIFIER_BYTES_MAX];
  char registration[BODY_BYTES_MAX + 1];
  char handover[STATE_BYTES_MAX]; // the state for the next JVM; empty: none
} self;

static struct response response;

// Moves a descriptor out of the way of those that Java gets.
static long moved(long descriptor) {
  if (descriptor < 0) return descriptor;
  long higher = call(SYS_FCNTL, descriptor, F_DUPFD_CLOEXEC, OWN_DESCRIPTORS_MIN, 0, 0, 0);
  close_file(descriptor);
  return higher;
}

static void disconnect(void) {
  if (self.connection >= 0) close_file(self.connection);
  self.connection = -1;
}

static bool connect(void) {
  disconnect();
  self.connection = moved(connect_to(self.api));
  return self.connection >= 0;
}

static void add_header(struct text *headers, const char *name, const char *value) {
  add(headers, name);
  add(headers, value);
  add(headers, "\r\n");
}

static void request(const char *method, const char *path, const char *body) {
  TEXT(headers, HEADERS_BYTES_MAX);
  add_header(&headers, "Lambda-Extension-Identifier: ", self.identifier);
  send_request(self.connection, method, path, self.api, headers.bytes, body);
}

static void request_next(void) { request("GET", NEXT, ""); }

static void request_registration(void) {
  TEXT(headers, HEADERS_BYTES_MAX);
  add_header(&headers, "Lambda-Extension-Name: ", self.name);
  add_header(&headers, "Lambda-Extension-Accept-Feature: ", "accountId");
  send_request(self.connection, "POST", "2020-01-01/extension/register", self.api, headers.bytes,
               is_managed_instances() ? "{\"events\":[\"SHUTDOWN\"]}" // the only event available there
                                      : "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
}

static const char *status_or_none(void) { return response.status[0] ? response.status : "none"; }

static void copy(const char *from, char *to, size_t size) {
  struct text text = {to, 0, size, false};
  clear(&text);
  add(&text, from);
}

static bool read_registration(void) {
  read_response(self.connection, &response);
  if (!is_same(response.status, "200")) {
    print_line("the Extensions API did not register '", self.name, "': status ", status_or_none(), " ", response.body, NULL);
    return false;
  }
  copy(response.identifier, self.identifier, sizeof self.identifier);
  copy(response.is_whole ? response.body : "{}", self.registration, sizeof self.registration);
  return true;
}

// Subscribes to logs and requests the first event before there is a JVM. Without success Java subscribes, in its own way.
static void start_early(void) {
  TEXT(subscription, 512);
  TEXT(state, STATE_BYTES_MAX);
  add_subscription(&subscription, self.telemetry.port);
  request("PUT", "2022-07-01/telemetry", subscription.bytes);
  read_response(self.connection, &response);
  if (!is_same(response.status, "200") || !response.is_reusable) return;
  request_next();
  add_number(&state, self.telemetry.port);
  add(&state, " subscribed waiting");
  copy(state.bytes, self.handover, sizeof self.handover);
}

// Answers the platform without Java: no logs from now on, but no invocation waits or fails.
static int poll_without_java(bool is_requested) {
  close_file(self.telemetry.socket); // so that a delivery fails at once
  if (!is_requested) request_next();
  while (read_response(self.connection, &response) || (connect() && (request_next(), read_response(self.connection, &response)))) {
    if (!is_same(response.status, "200")) break; // documented as permanent
    if (contains(response.body, "\"SHUTDOWN\"")) return 0;
    if (!response.is_reusable) connect();
    request_next();
  }
  print_line("the Extensions API rejected the request for the next event (status ", status_or_none(), ")", NULL);
  return 1;
}

// Makes the connection ready for the next JVM, or for this process.
static void restore_connection(bool was_inherited, const char *phase) {
  if (was_inherited && is_same(phase, "waiting")) return; // the next reader gets the response
  if (was_inherited && is_same(phase, "invoked")) {
    // At once, unless the event is still unread: a start must not delay the invocation.
    if (!is_readable_within(self.connection, 0)) request_next();
    return;
  }
  // The old connection may carry a response for the dead JVM; or its request ended with a connection of its own.
  if (connect() && *phase) request_next();
}

static void take_handover(const struct state *state) {
  struct text handover = {self.handover, 0, sizeof self.handover, false};
  if (!*state->phase) return;
  clear(&handover);
  add(&handover, state->port_and_subscription);
  add(&handover, " waiting");
}

struct text_of_number { char bytes[24]; };

static struct text_of_number digits_of(int number) {
  struct text_of_number result;
  struct text text = {result.bytes, 0, sizeof result.bytes, false};
  clear(&text);
  add_number(&text, (unsigned long)number);
  return result;
}

static int run_until_the_end(const struct jvm *jvm) {
  struct state state;
  struct text_of_number status = {""};
  TEXT(reason, 4608);
  for (int deaths = 0;;) {
    struct start start = {jvm, self.name, self.identifier, self.registration, deaths < DEATHS_WITHOUT_PLUGINS,
                          self.handover, status.bytes, self.telemetry.socket, self.connection, self.state_pipe};
    long started = now(CLOCK_REALTIME).seconds;
    bool inherited = self.connection >= 0;
    int ended = run_java(&start);
    if (ended == 0) return 0;
    if (ended == REPORTED) return 1;
    status = digits_of(ended);
    take_state(self.state_pipe, &state);
    if (is_same(state.phase, "shutdown")) {
      print_line("Java exited with status ", status.bytes, " during shutdown, its buffered records are lost", NULL);
      return 0;
    }
    // A death before its first line leaves things as they were handed over.
    const char *phase = *state.phase ? state.phase : *self.handover ? "waiting" : "";
    take_handover(&state);
    restore_connection(inherited, phase);
    deaths = now(CLOCK_REALTIME).seconds - started < IN_A_ROW.seconds ? deaths + 1 : 0;
    if (ended == NOT_EXECUTABLE || ended == NOT_FOUND) {
      explain(ended, &reason);
      print_line(reason.bytes, "; no logs are shipped", NULL);
      return poll_without_java(*phase);
    }
    if (deaths == DEATHS_MAX) {
      print_line("Java exited with status ", status.bytes, " for the third time in a row; no logs are shipped from now on", NULL);
      return poll_without_java(*phase);
    }
    print_line("Java exited with status ", status.bytes, ", its buffered records are lost; restarting it",
               deaths == DEATHS_WITHOUT_PLUGINS ? " without other layers' sinks" : NULL, NULL);
  }
}

static void handle_signal(int signal, unsigned long handler) {
  struct { unsigned long handler, flags; void *restorer; unsigned long mask; } action = {handler, 0, NULL, 0};
  call(SYS_RT_SIGACTION, signal, (long)&action, 0, 8, 0, 0);
}

// Descriptors 0 to 2 may be closed; a file that gets one of these numbers would be taken for a standard stream.
static void open_standard_descriptors(void) {
  long opened;
  do opened = open_file("/dev/null", O_RDWR);
  while (opened >= 0 && opened <= STANDARD_ERROR);
  close_file(opened);
}

int launch(const char *path, char **variables) {
  struct jvm jvm;
  const char *slash = last_of(path, '/');
  open_standard_descriptors();
  handle_signal(SIGPIPE, IGNORED); // a broken connection is an error to handle, not a reason to die
  handle_signal(SIGCHLD, 0);       // ignored, it would hide how Java ended
  take_environment(variables);
  self.api = variable("AWS_LAMBDA_RUNTIME_API");
  self.name = slash ? slash + 1 : path; // the platform identifies an extension by its file name
  self.connection = self.telemetry.socket = -1;
  if (!connect()) {
    print_line("cannot connect to the Extensions API at '", self.api, "'", NULL);
    return 1;
  }
  request_registration();
  // While the response is outstanding:
  self.state_pipe = moved(open_state_pipe());
  self.telemetry = listen_for_telemetry(self.api);
  self.telemetry.socket = moved(self.telemetry.socket);
  find_layer(path);
  bool fits = describe_jvm(&jvm);
  if (!read_registration()) return 1;
  bool is_reusable = response.is_reusable;
  if (!fits) {
    print_line("the path of the layer is too long; no logs are shipped", NULL);
    return poll_without_java(false);
  }
  if (is_reusable && self.telemetry.socket >= 0 && can_start_early()) {
    start_early();
    is_reusable = response.is_reusable;
  }
  if (!is_reusable) disconnect(); // Java opens its own
  return run_until_the_end(&jvm);
}
