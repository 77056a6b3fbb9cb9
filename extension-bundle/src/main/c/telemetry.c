#include "telemetry.h"

#include "address.h"

enum {
  STREAM = 1, CLOSE_ON_EXEC = 02000000,
  BACKLOG = 256, // as Java's listener: a client beyond it waits a second before its next attempt, the platform included
};

static const struct telemetry NONE = {-1, 0};

// The address of sandbox.localdomain; loopback with a platform on loopback, where that name does not exist.
static bool find_address(const char *platform, struct address *address) {
  if (find_in_hosts("sandbox.localdomain", address)) return true;
  *address = loopback();
  return is_loopback(platform);
}

struct telemetry listen_for_telemetry(const char *platform) {
  struct address address;
  if (!find_address(platform, &address)) return NONE;
  long socket = call(SYS_SOCKET, address.family, STREAM | CLOSE_ON_EXEC, 0, 0, 0, 0);
  unsigned length = sizeof address;
  if (socket < 0) return NONE;
  if (call(SYS_BIND, socket, (long)&address, (long)bytes_of(&address), 0, 0, 0) < 0 ||
      call(SYS_LISTEN, socket, BACKLOG, 0, 0, 0, 0) < 0 ||
      call(SYS_GETSOCKNAME, socket, (long)&address, (long)&length, 0, 0, 0) < 0) {
    close_file(socket);
    return NONE;
  }
  return (struct telemetry){socket, port_of(&address)};
}
