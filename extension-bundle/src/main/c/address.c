#include "address.h"

enum { HOSTS_BYTES_MAX = 64 * 1024, DEFAULT_PORT = 80, PORT_MAX = 65535 };

size_t bytes_of(const struct address *address) { return address->family == IPV4 ? 16 : 28; }

void set_port(struct address *address, unsigned port) {
  address->port[0] = (uint8_t)(port >> 8);
  address->port[1] = (uint8_t)port;
}

unsigned port_of(const struct address *address) { return (unsigned)address->port[0] << 8 | address->port[1]; }

struct address loopback(void) {
  struct address address = {.family = IPV4, .ipv4 = {127, 0, 0, 1}};
  return address;
}

static bool parse_ipv4(const char *text, size_t length, uint8_t *to) {
  for (int part = 0; part < 4; part++) {
    size_t digits = 0;
    while (digits < length && text[digits] != '.') digits++;
    long number = number_of(text, digits, 255);
    if (number < 0 || (digits == length) != (part == 3)) return false;
    to[part] = (uint8_t)number;
    text += digits + 1;
    length -= digits + (part < 3);
  }
  return true;
}

static int hexadecimal(char c) {
  c = lower_case(c);
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Groups of hexadecimal digits and at most one "::". No zone, no embedded IPv4.
static bool parse_ipv6(const char *text, size_t length, uint8_t *to) {
  size_t groups = 0, gap = 0, at = 0;
  bool has_gap = false;
  uint16_t values[8] = {0};
  while (at < length) {
    if (at + 1 < length && text[at] == ':' && text[at + 1] == ':' && !has_gap) {
      has_gap = true;
      gap = groups;
      at += 2;
      continue;
    }
    if (groups && gap != groups && text[at++] != ':') return false;
    size_t digits = 0;
    unsigned value = 0;
    for (; at < length && digits < 4 && hexadecimal(text[at]) >= 0; at++, digits++) {
      value = value << 4 | (unsigned)hexadecimal(text[at]);
    }
    if (!digits || groups == 8) return false;
    values[groups++] = (uint16_t)value;
  }
  if (has_gap ? groups > 7 : groups != 8) return false;
  for (size_t i = 0; i < 16; i++) to[i] = 0;
  for (size_t i = 0; i < groups; i++) {
    size_t place = has_gap && i >= gap ? 8 - groups + i : i;
    to[2 * place] = (uint8_t)(values[i] >> 8);
    to[2 * place + 1] = (uint8_t)values[i];
  }
  return true;
}

static bool parse(const char *text, size_t length, struct address *address) {
  *address = (struct address){.family = IPV4};
  if (parse_ipv4(text, length, address->ipv4)) return true;
  *address = (struct address){.family = IPV6};
  return parse_ipv6(text, length, address->ipv6);
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// A line of the hosts file: an address, then names. The line is without its end and comment.
static bool names_host(const char *line, size_t length, const char *name, size_t name_length, size_t *address_length) {
  size_t at = 0;
  while (at < length && !is_space(line[at])) at++;
  *address_length = at;
  while (at < length) {
    while (at < length && is_space(line[at])) at++;
    size_t begin = at;
    while (at < length && !is_space(line[at])) at++;
    if (at - begin == name_length) {
      size_t same = 0;
      while (same < name_length && lower_case(line[begin + same]) == lower_case(name[same])) same++;
      if (same == name_length && same) return true;
    }
  }
  return false;
}

static size_t look_up(const char *name, size_t name_length, struct address *found, size_t maximum) {
  static char hosts[HOSTS_BYTES_MAX];
  size_t length = 0, count = 0;
  long file = open_file("/etc/hosts", O_RDONLY | O_CLOEXEC), bytes;
  if (file < 0) return 0;
  while (length < sizeof hosts && (bytes = read_file(file, hosts + length, sizeof hosts - length)) > 0) length += (size_t)bytes;
  close_file(file);
  for (size_t begin = 0, end; begin < length && count < maximum; begin = end + 1) {
    size_t comment, address_length;
    while (begin < length && is_space(hosts[begin])) begin++;
    for (end = begin; end < length && hosts[end] != '\n'; end++) {}
    for (comment = begin; comment < end && hosts[comment] != '#'; comment++) {}
    if (names_host(hosts + begin, comment - begin, name, name_length, &address_length) &&
        parse(hosts + begin, address_length, &found[count])) {
      count++;
    }
  }
  return count;
}

bool find_in_hosts(const char *name, struct address *found) { return look_up(name, length_of(name), found, 1) > 0; }

size_t resolve(const char *authority, struct address *found, size_t maximum) {
  const char *colon = last_of(authority, ':'), *host = authority;
  size_t length = colon ? (size_t)(colon - authority) : length_of(authority), count = 1;
  long port = colon ? number_of(colon + 1, length_of(colon + 1), PORT_MAX) : DEFAULT_PORT;
  if (!length || port < 0) return 0;
  if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
    host++;
    length -= 2;
  }
  if (!parse(host, length, found)) {
    count = look_up(host, length, found, maximum);
    if (!count && starts_with(authority, "localhost:")) {
      found[0] = loopback();
      count = 1;
    }
  }
  for (size_t i = 0; i < count; i++) set_port(&found[i], (unsigned)port);
  return count;
}

bool is_loopback(const char *authority) {
  return starts_with(authority, "127.") || starts_with(authority, "localhost:") || starts_with(authority, "[::1]:");
}
