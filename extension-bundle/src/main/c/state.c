#include "state.h"

long open_state_pipe(void) {
  int ends[2];
  TEXT(path, 64);
  if (call(SYS_PIPE2, (long)ends, O_CLOEXEC, 0, 0, 0, 0) < 0) return -1;
  // One descriptor for both directions, which keeps the pipe alive when Java's own are closed.
  add(&path, "/proc/self/fd/");
  add_number(&path, (unsigned long)ends[0]);
  long pipe = open_file(path.bytes, O_RDWR | O_CLOEXEC);
  close_file(ends[0]);
  close_file(ends[1]);
  return pipe;
}

static void parse(const char *line, struct state *state) {
  size_t port = length_before(line, ' ');
  size_t both = port + (line[port] == ' ');
  both += length_before(line + both, ' ');
  for (size_t i = 0; i < both; i++) state->port_and_subscription[i] = line[i];
  state->port_and_subscription[both] = 0;
  const char *phase = line + both + (line[both] == ' ');
  size_t length = length_of(phase);
  for (size_t i = 0; i <= length; i++) state->phase[i] = phase[i];
}

void take_state(long pipe, struct state *state) {
  char bytes[256];
  long count;
  TEXT(line, STATE_BYTES_MAX);
  state->port_and_subscription[0] = state->phase[0] = 0;
  while (pipe >= 0 && is_readable_within(pipe, 0) && (count = read_file(pipe, bytes, sizeof bytes)) > 0) {
    for (long i = 0; i < count; i++) {
      if (bytes[i] != '\n') {
        add_bytes(&line, &bytes[i], 1);
        continue;
      }
      parse(line.bytes, state);
      clear(&line);
    }
  }
}
