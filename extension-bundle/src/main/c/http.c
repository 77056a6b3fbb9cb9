#include "http.h"

#include "address.h"

enum {
  STREAM = 1, CLOSE_ON_EXEC = 02000000, NO_SIGNAL = 0x4000,
  TCP = 6, TCP_NODELAY = 1,
  ADDRESSES_MAX = 4,
  REQUEST_BYTES_MAX = 4096,
  HEAD_BYTES_MAX = 64 * 1024,
  LINE_BYTES_MAX = 1024, // the excess is discarded
  LENGTH_MAX = 1 << 30,
  UNTIL_END_MILLISECONDS = 2000, // for a body without a length, whose end is that of the connection
};

// Received bytes.
struct input {
  long connection;
  size_t begin, end;
  size_t head_left; // bytes that lines may still have
  char bytes[4096];
};

long connect_to(const char *authority) {
  struct address addresses[ADDRESSES_MAX];
  size_t count = resolve(authority, addresses, ADDRESSES_MAX);
  for (size_t i = 0; i < count; i++) {
    long connection = call(SYS_SOCKET, addresses[i].family, STREAM | CLOSE_ON_EXEC, 0, 0, 0, 0);
    if (connection < 0) continue;
    if (call(SYS_CONNECT, connection, (long)&addresses[i], (long)bytes_of(&addresses[i]), 0, 0, 0) == 0) {
      int yes = 1;
      call(SYS_SETSOCKOPT, connection, TCP, TCP_NODELAY, (long)&yes, sizeof yes, 0);
      return connection;
    }
    close_file(connection);
  }
  return -1;
}

void send_request(long connection, const char *method, const char *path, const char *authority, const char *headers,
                  const char *body) {
  TEXT(request, REQUEST_BYTES_MAX);
  add(&request, method);
  add(&request, " /");
  add(&request, path);
  add(&request, " HTTP/1.1\r\nHost: ");
  add(&request, authority);
  add(&request, "\r\n");
  add(&request, headers);
  if (*body) {
    add(&request, "Content-Type: application/json\r\nContent-Length: ");
    add_number(&request, length_of(body));
    add(&request, "\r\n");
  }
  add(&request, "\r\n");
  add(&request, body);
  for (size_t sent = 0; sent < request.length;) {
    long count = call(SYS_SENDTO, connection, (long)(request.bytes + sent), (long)(request.length - sent), NO_SIGNAL, 0, 0);
    if (count == -EINTR) continue;
    if (count <= 0) return;
    sent += (size_t)count;
  }
}

static bool has_byte(struct input *in) {
  if (in->begin == in->end) {
    long count = read_file(in->connection, in->bytes, sizeof in->bytes);
    if (count <= 0) return false;
    in->begin = 0;
    in->end = (size_t)count;
  }
  return true;
}

// Reads a line without its end, CRLF or LF; false at the end of the connection, or of a head that is too long.
static bool read_line(struct input *in, struct text *line) {
  clear(line);
  while (in->head_left && has_byte(in)) {
    char c = in->bytes[in->begin++];
    in->head_left--;
    if (c == '\n') {
      if (line->length && line->bytes[line->length - 1] == '\r') line->bytes[--line->length] = 0;
      return true;
    }
    add_bytes(line, &c, 1);
  }
  return false;
}

// Reads a part of the body; false if the connection ends before.
static bool read_part(struct input *in, struct response *response, size_t length) {
  while (length) {
    if (!has_byte(in)) return response->is_whole = false;
    size_t count = in->end - in->begin, kept;
    if (count > length) count = length;
    kept = BODY_BYTES_MAX - response->body_length;
    if (kept > count) kept = count;
    for (size_t i = 0; i < kept; i++) response->body[response->body_length++] = in->bytes[in->begin + i];
    if (kept < count) response->is_whole = false;
    in->begin += count;
    length -= count;
  }
  return true;
}

// The size before a chunk, in hexadecimal digits; -1 if there is none.
static long chunk_size(const char *line) {
  long size = 0;
  const char *at = line;
  for (; *at && *at != ';' && *at != ' '; at++) {
    char c = lower_case(*at);
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0 || size > LENGTH_MAX / 16) return -1;
    size = size * 16 + digit;
  }
  return at == line ? -1 : size;
}

static void read_chunks(struct input *in, struct response *response) {
  TEXT(line, LINE_BYTES_MAX);
  for (;;) {
    in->head_left = HEAD_BYTES_MAX;
    long size = read_line(in, &line) ? chunk_size(line.bytes) : -1;
    if (size < 0) response->is_whole = false;
    if (size <= 0 || !read_part(in, response, (size_t)size)) return;
    read_line(in, &line);
  }
}

static void read_until_end(struct input *in, struct response *response) {
  struct time begin = now(CLOCK_MONOTONIC);
  for (;;) {
    struct time time = now(CLOCK_MONOTONIC);
    long spent = (time.seconds - begin.seconds) * 1000 + (time.nanoseconds - begin.nanoseconds) / 1000000;
    if (in->begin == in->end && (spent >= UNTIL_END_MILLISECONDS ||
                                 !is_readable_within(in->connection, UNTIL_END_MILLISECONDS - spent))) {
      return;
    }
    if (!has_byte(in)) return;
    read_part(in, response, in->end - in->begin);
  }
}

// The value of a header with this name, which is in lower case and has its colon; null if it is another header.
static const char *value_of(const char *line, const char *name) {
  for (; *name; name++, line++) {
    if (lower_case(*line) != *name) return NULL;
  }
  while (*line == ' ' || *line == '\t') line++;
  return line;
}

static size_t word_length(const char *text) {
  size_t length = 0;
  while (text[length] && text[length] != ' ' && text[length] != '\t') length++;
  return length;
}

static bool is_word(const char *text, const char *lower) {
  size_t length = word_length(text);
  for (size_t i = 0; i < length; i++) {
    if (lower_case(text[i]) != lower[i]) return false;
  }
  return !lower[length];
}

static void copy_word(const char *from, char *to, size_t size) {
  size_t length = word_length(from);
  if (length >= size) length = 0;
  for (size_t i = 0; i < length; i++) to[i] = from[i];
  to[length] = 0;
}

struct framing { long length; bool is_chunked; };

static struct framing read_headers(struct input *in, struct response *response) {
  struct framing framing = {-1, false};
  const char *value;
  TEXT(line, LINE_BYTES_MAX);
  for (;;) {
    if (!read_line(in, &line)) response->is_reusable = false; // ended within the head
    if (!line.length) return framing;
    if ((value = value_of(line.bytes, "content-length:"))) {
      framing.length = number_of(value, word_length(value), LENGTH_MAX);
    } else if ((value = value_of(line.bytes, "connection:"))) {
      if (is_word(value, "close")) response->is_reusable = false;
    } else if ((value = value_of(line.bytes, "transfer-encoding:"))) {
      framing.is_chunked |= is_word(value, "chunked");
    } else if ((value = value_of(line.bytes, "lambda-extension-identifier:"))) {
      copy_word(value, response->identifier, sizeof response->identifier);
    }
  }
}

bool read_response(long connection, struct response *response) {
  struct input in = {.connection = connection, .head_left = HEAD_BYTES_MAX};
  TEXT(line, LINE_BYTES_MAX);
  response->status[0] = response->body[0] = response->identifier[0] = 0;
  response->body_length = 0;
  response->is_whole = true;
  response->is_reusable = false;
  if (connection < 0 || !read_line(&in, &line)) return false;
  size_t version = length_before(line.bytes, ' ');
  const char *status = line.bytes + version + (line.bytes[version] == ' ');
  // Not HTTP/1.1: a JVM that died may have read the first byte, alone, to detect a response.
  response->is_reusable = version >= 7 && starts_with(line.bytes + version - 7, "TTP/1.1");
  copy_word(status, response->status, sizeof response->status);
  struct framing framing = read_headers(&in, response);
  if (framing.is_chunked || framing.length < 0) response->is_reusable = false;
  if (framing.is_chunked) {
    read_chunks(&in, response);
  } else if (framing.length < 0) {
    read_until_end(&in, response);
  } else {
    read_part(&in, response, (size_t)framing.length);
  }
  if (in.begin != in.end || (!response->is_whole && response->body_length < BODY_BYTES_MAX)) response->is_reusable = false;
  response->body[response->body_length] = 0;
  return true;
}
