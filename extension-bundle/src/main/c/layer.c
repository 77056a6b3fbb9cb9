#include "layer.h"

#include "environment.h"

enum {
  PATH_BYTES_MAX = 4096,
  LIST_BYTES_MAX = 16 * 1024,          // of the file with the class path
  CLASS_PATH_BYTES_MAX = 128 * 1024,   // Linux accepts no longer argument
  BUFFER_DEFAULT = 20, BUFFER_MAX = 1024, BUFFER_DIGITS_MAX = 4, // megabytes
};

static char layer[PATH_BYTES_MAX];

// The length of a path's folder.
static size_t folder_length(const char *path) {
  const char *slash = last_of(path, '/');
  return slash ? (size_t)(slash - path) : 0;
}

static bool set_layer(const char *launcher) {
  struct text path = {layer, 0, sizeof layer, false};
  size_t length = folder_length(launcher);
  clear(&path);
  if (length) add_bytes(&path, launcher, length);
  else add(&path, *launcher == '/' ? "" : ".");
  add(&path, "/../log-shipper");
  long folder = open_file(layer, O_RDONLY | O_CLOEXEC);
  close_file(folder);
  return folder >= 0;
}

const char *find_layer(const char *launcher) {
  char self[PATH_BYTES_MAX];
  if (set_layer(launcher)) return layer;
  long length = call(SYS_READLINKAT, HERE, (long)"/proc/self/exe", (long)self, sizeof self - 1, 0, 0);
  if (length > 0) {
    self[length] = 0;
    if (set_layer(self)) return layer;
  }
  set_layer(launcher);
  return layer;
}

void add_path(struct text *text, const char *file) {
  add(text, layer);
  add(text, file);
}

// Reads a file of the layer; empty if it cannot be read.
static void read_text(const char *name, struct text *content) {
  TEXT(path, PATH_BYTES_MAX);
  long bytes;
  clear(content);
  add_path(&path, name);
  long file = open_file(path.bytes, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  while (content->length + 1 < content->limit &&
         (bytes = read_file(file, content->bytes + content->length, content->limit - 1 - content->length)) > 0) {
    content->length += (size_t)bytes;
  }
  content->bytes[content->length] = 0;
  content->truncated = content->length + 1 == content->limit;
  close_file(file);
}

// The jars of the AOT cache's training run, in its order, or the JVM ignores the cache. Java finds plugins by itself.
static void add_class_path(struct text *class_path) {
  static char list_bytes[LIST_BYTES_MAX];
  struct text list = {list_bytes, 0, sizeof list_bytes, false};
  read_text("/classpath", &list);
  class_path->truncated |= list.truncated;
  for (const char *line = list.bytes; *line;) {
    size_t length = length_before(line, '\n');
    if (class_path->length) add(class_path, ":");
    add_path(class_path, "/");
    add_bytes(class_path, line, length);
    line += length + (line[length] == '\n');
  }
}

static bool is_separator(char c) { return c == ' ' || c == ',' || c == '>'; }

static const char *modes(void) {
  const char *modes = variable("PUSHER_MODE");
  return *modes ? modes : "http";
}

// The number of modes, at least one.
static long count_modes(void) {
  long count = 0;
  for (const char *at = modes(); *at; at++) {
    if (!is_separator(*at) && (!at[1] || is_separator(at[1]))) count++;
  }
  return count ? count : 1;
}

static bool has_word(const char *mode, size_t length) {
  for (const char *at = modes(); *at;) {
    while (is_separator(*at)) at++;
    size_t same = 0, whole = 0;
    for (; at[whole] && !is_separator(at[whole]); whole++) {
      if (same == whole && whole < length && lower_case(at[whole]) == mode[whole]) same++;
    }
    if (length && same == length && whole == length) return true;
    at += whole;
  }
  return false;
}

// Whether a mode is selected, also by its alias.
static bool has_mode(const char *mode, size_t length) {
  static const char alias[] = "firehose";
  static const char name[] = "kinesis";
  bool is_kinesis = length == sizeof name - 1 && starts_with(mode, name);
  return has_word(mode, length) || (is_kinesis && has_word(alias, sizeof alias - 1));
}

// Whether the name of a cache, such as http-loki.aot, lists a selected mode.
static bool is_for_modes(const char *cache) {
  size_t end = length_before(cache, '.');
  for (size_t begin = 0; begin < end;) {
    size_t length = length_before(cache + begin, '-');
    if (begin + length > end) length = end - begin;
    if (has_mode(cache + begin, length)) return true;
    begin += length + 1;
  }
  return false;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = length_of(text), end_length = length_of(end);
  return length >= end_length && is_same(text + length - end_length, end);
}

static bool is_before(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return (unsigned char)*a < (unsigned char)*b;
}

struct choice {
  struct text *name;
  bool suits;
};

// Of several that suit the last by name, which saves more; of others the first.
static void consider(const char *name, struct choice *best) {
  if (!ends_with(name, ".aot")) return;
  bool suits = is_for_modes(name);
  const char *current = best->name->bytes;
  bool better = !*current || (suits && !best->suits) ||
                (suits == best->suits && (suits ? is_before(current, name) : is_before(name, current)));
  if (!better) return;
  best->suits = suits;
  clear(best->name);
  add(best->name, name);
}

// A cache is for the sinks in its name; a plugin uses any.
static void choose_cache(struct text *name) {
  struct entry { uint64_t inode, offset; uint16_t length; uint8_t type; char name[]; };
  char entries[1024] __attribute__((aligned(8)));
  struct choice best = {name, false};
  TEXT(path, PATH_BYTES_MAX);
  long bytes;
  add_path(&path, "/cache");
  long folder = open_file(path.bytes, O_RDONLY | O_CLOEXEC);
  if (folder < 0) return;
  while ((bytes = call(SYS_GETDENTS64, folder, (long)entries, sizeof entries, 0, 0, 0)) > 0) {
    for (long at = 0; at < bytes;) {
      const struct entry *entry = (const struct entry *)(entries + at);
      consider(entry->name, &best);
      at += entry->length;
    }
  }
  close_file(folder);
}

static long buffer_megabytes(void) {
  const char *value = variable("PUSHER_BUFFER_MB");
  if (!*value) value = variable("ED_BUFFER_SIZE_MB");
  size_t length = length_of(value);
  long buffer = *value == '0' || length > BUFFER_DIGITS_MAX ? -1 : number_of(value, length, BUFFER_MAX);
  return buffer < 0 ? BUFFER_DEFAULT : buffer;
}

// The buffer and a quarter, the JVM's own, and one request of each sink. FAULTS.md explains the terms.
static void add_heap(struct text *text) {
  long buffer = buffer_megabytes();
  add_number(text, (unsigned long)(buffer + buffer / 4 + 16 + 8 * count_modes()));
}

bool describe_jvm(struct jvm *jvm) {
  static char options_bytes[PATH_BYTES_MAX], heap_bytes[32], cache_bytes[PATH_BYTES_MAX], listed_bytes[PATH_BYTES_MAX],
      class_path_bytes[CLASS_PATH_BYTES_MAX];
  struct text options = {options_bytes, 0, sizeof options_bytes, false}, heap = {heap_bytes, 0, sizeof heap_bytes, false},
              cache = {cache_bytes, 0, sizeof cache_bytes, false}, listed = {listed_bytes, 0, sizeof listed_bytes, false},
              class_path = {class_path_bytes, 0, sizeof class_path_bytes, false};
  const char **option = jvm->options;
  TEXT(cache_name, 256);
  add(&options, "@");
  add_path(&options, "/jvm.options");
  add(&heap, "-Xmx");
  add_heap(&heap);
  add(&heap, "m");
  add(&listed, "-Dlog-shipper.listed=");
  add_path(&listed, "/lib");
  add_class_path(&class_path);
  *option++ = options.bytes;
  *option++ = heap.bytes;
  choose_cache(&cache_name);
  if (cache_name.length) { // there is none in the training run, which makes it
    add(&cache, "-XX:AOTCache=");
    add_path(&cache, "/cache/");
    add(&cache, cache_name.bytes);
    *option++ = cache.bytes;
  }
  *option++ = listed.bytes;
  *option = NULL;
  jvm->class_path = class_path.bytes;
  return !options.truncated && !cache.truncated && !listed.truncated && !class_path.truncated;
}
