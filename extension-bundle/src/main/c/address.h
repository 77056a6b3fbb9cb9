// Internet addresses, from numbers or the hosts file: there is no resolver without a C library.
#ifndef ADDRESS_H
#define ADDRESS_H

#include "text.h"

enum { IPV4 = 2, IPV6 = 10 };

// As the kernel takes it: struct sockaddr_in or sockaddr_in6.
struct address {
  uint16_t family;
  uint8_t port[2];      // network byte order
  uint8_t ipv4[4];      // of IPv6, the flow label
  uint8_t ipv6[16];
  uint32_t scope;
};

size_t bytes_of(const struct address *address);

// The addresses of a host and port, as in AWS_LAMBDA_RUNTIME_API; returns how many, 0 if none is known.
size_t resolve(const char *authority, struct address *found, size_t maximum);

// The first address of a name in the hosts file.
bool find_in_hosts(const char *name, struct address *found);

// Whether the host is this machine, as with emulators and not on Lambda.
bool is_loopback(const char *authority);

void set_port(struct address *address, unsigned port);
unsigned port_of(const struct address *address);
struct address loopback(void);

#endif
