// HTTP/1.1 to the platform: one connection, one request at a time.
#ifndef HTTP_H
#define HTTP_H

#include "text.h"

enum {
  BODY_BYTES_MAX = 64 * 1024, // of a response; the remainder is read and discarded
  IDENTIFIER_BYTES_MAX = 256,
};

struct response {
  char status[16];    // as in the first line; empty if there was no response
  char identifier[IDENTIFIER_BYTES_MAX];
  char body[BODY_BYTES_MAX + 1];
  size_t body_length;
  bool is_whole;      // no byte of the body is missing or discarded
  bool is_reusable;   // the connection can carry another request
};

// Connects to a host and port; returns the socket, or a negative number.
long connect_to(const char *authority);

// Sends a request in one piece. Each header has its line's end. A failure shows when the response is read.
void send_request(long connection, const char *method, const char *path, const char *authority, const char *headers,
                  const char *body);

// Waits for the response; false if the connection ends before it begins. Nothing after the response is read for long: the
// next process continues on the connection.
bool read_response(long connection, struct response *response);

#endif
