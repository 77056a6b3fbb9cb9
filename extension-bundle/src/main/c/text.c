#include "text.h"

#include <stdarg.h>

enum { LINE_BYTES_MAX = 2048 };

size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

bool is_same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

bool starts_with(const char *text, const char *prefix) {
  while (*prefix && *text == *prefix) text++, prefix++;
  return !*prefix;
}

bool contains(const char *text, const char *part) {
  for (; *text; text++) {
    if (starts_with(text, part)) return true;
  }
  return false;
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

bool is_same_ignoring_case(const char *text, const char *lower) {
  while (*text && lower_case(*text) == *lower) text++, lower++;
  return *text == *lower;
}

size_t length_before(const char *text, char delimiter) {
  size_t length = 0;
  while (text[length] && text[length] != delimiter) length++;
  return length;
}

const char *last_of(const char *text, char wanted) {
  const char *last = NULL;
  for (; *text; text++) {
    if (*text == wanted) last = text;
  }
  return last;
}

void clear(struct text *text) {
  text->length = 0;
  text->bytes[0] = 0;
  text->truncated = false;
}

void add_bytes(struct text *text, const char *more, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (text->length + 1 >= text->limit) {
      text->truncated = true;
      break;
    }
    text->bytes[text->length++] = more[i];
  }
  text->bytes[text->length] = 0;
}

void add(struct text *text, const char *more) { add_bytes(text, more, length_of(more)); }

void add_number(struct text *text, unsigned long number) {
  char digits[20];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  add_bytes(text, digits + at, sizeof digits - at);
}

long number_of(const char *digits, size_t length, long maximum) {
  long number = 0;
  for (size_t i = 0; i < length; i++) {
    if (digits[i] < '0' || digits[i] > '9') return -1;
    number = number * 10 + (digits[i] - '0');
    if (number > maximum) return -1;
  }
  return length ? number : -1;
}

void print_line(const char *first, ...) {
  TEXT(line, LINE_BYTES_MAX);
  va_list words;
  add(&line, "log-shipper: ");
  va_start(words, first);
  for (const char *word = first; word; word = va_arg(words, const char *)) add(&line, word);
  va_end(words);
  for (size_t i = 0; i < line.length; i++) {
    if (line.bytes[i] >= 0 && line.bytes[i] < ' ') line.bytes[i] = ' ';
  }
  line.bytes[line.length++] = '\n'; // over the zero byte: one write, so that lines of several processes do not mix
  call(SYS_WRITE, STANDARD_ERROR, (long)line.bytes, (long)line.length, 0, 0, 0);
}
