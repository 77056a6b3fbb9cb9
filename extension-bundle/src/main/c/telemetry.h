// The socket to which the platform delivers logs. It outlives each JVM: deliveries wait in the kernel's queue meanwhile.
#ifndef TELEMETRY_H
#define TELEMETRY_H

#include "system.h"

struct telemetry {
  long socket;   // listening; negative if there is none
  unsigned port;
};

// Listens on a free port of the address to which the platform delivers. Without that address, or a socket, Java listens.
struct telemetry listen_for_telemetry(const char *platform);

#endif
