// The clocks of a process, moved from outside. Preloaded (LD_PRELOAD), it adds the nanoseconds that the file CLOCK_OFFSET_FILE
// holds (8 bytes, in the machine's order) to what CLOCK_MONOTONIC, CLOCK_REALTIME and their like say, and lets timed waits end when
// their time has come on the clocks thus moved: as on Lambda, where the monotonic clock goes on while an environment is frozen.
//
// A wait that began before the clocks were moved must end by the new time, so no wait is longer than a slice; then the clocks are
// looked at again. A condition variable reports the end of a slice as a spurious wakeup, which its users have to expect anyway:
// waiting on inside would miss a signal sent in between. What is not moved: nanosleep, timerfd, the CPU clocks.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define SLICE_MILLIS 50
#define SLICE (SLICE_MILLIS * 1000000LL)
#define UPTIME_SECONDS_MAX 1000000000LL  // 31 years: a monotonic clock shows less, the time of day more

static const int64_t zero;
static const volatile int64_t *offset_nanos = &zero;

static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_cond_timedwait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
static int (*real_sem_timedwait)(sem_t *, const struct timespec *);
static int (*real_poll)(struct pollfd *, nfds_t, int);
static int (*real_epoll_wait)(int, struct epoll_event *, int, int);

__attribute__((constructor)) static void load(void) {
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  // By its version: without one, x86-64 gives the condition variables of 1998.
  real_cond_timedwait = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
  if (!real_cond_timedwait) real_cond_timedwait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  real_sem_timedwait = dlsym(RTLD_NEXT, "sem_timedwait");
  real_poll = dlsym(RTLD_NEXT, "poll");
  real_epoll_wait = dlsym(RTLD_NEXT, "epoll_wait");
  const char *path = getenv("CLOCK_OFFSET_FILE");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *map = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (map != MAP_FAILED) offset_nanos = map;
}

static int64_t nanos(const struct timespec *time) { return time->tv_sec * SECOND + time->tv_nsec; }

static struct timespec timespec_of(int64_t time) {
  return (struct timespec){.tv_sec = time / SECOND, .tv_nsec = time % SECOND};
}

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return nanos(&time);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!real_clock_gettime) load();  // other libraries are initialised before this one
  int result = real_clock_gettime(clock, time);
  int is_cpu_clock = clock < 0 || clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
  if (result == 0 && !is_cpu_clock) *time = timespec_of(nanos(time) + *offset_nanos);
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  int64_t micros = now(CLOCK_REALTIME) / 1000;
  *time = (struct timeval){.tv_sec = micros / 1000000, .tv_usec = micros % 1000000};
  return 0;
}

time_t time(time_t *result) {
  time_t seconds = now(CLOCK_REALTIME) / SECOND;
  if (result) *result = seconds;
  return seconds;
}

// When a wait until then has to be interrupted at the latest, on the clock that the kernel knows.
static struct timespec slice_end(clockid_t clock, const struct timespec *until) {
  int64_t end = now(clock) + SLICE;
  if (nanos(until) < end) end = nanos(until);
  end -= *offset_nanos;
  return timespec_of(end > 0 ? end : 0);
}

static clockid_t clock_of(const struct timespec *until) {
  return until->tv_sec < UPTIME_SECONDS_MAX ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
  clockid_t clock = clock_of(until);
  struct timespec end = slice_end(clock, until);
  int result = real_cond_timedwait(condition, mutex, &end);
  return result == ETIMEDOUT && now(clock) < nanos(until) ? 0 : result;
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
  int result;
  do {
    struct timespec end = slice_end(CLOCK_REALTIME, until);
    result = real_sem_timedwait(semaphore, &end);
  } while (result < 0 && errno == ETIMEDOUT && now(CLOCK_REALTIME) < nanos(until));
  return result;
}

// Of a wait that began at `start`: how long the next slice is, 0 when its time is over.
static int slice_millis(int64_t start, int timeout) {
  int64_t left = timeout - (now(CLOCK_MONOTONIC) - start) / 1000000;
  return left <= 0 ? 0 : left < SLICE_MILLIS ? (int)left : SLICE_MILLIS;
}

int poll(struct pollfd *files, nfds_t count, int timeout) {
  if (timeout <= 0) return real_poll(files, count, timeout);
  int64_t start = now(CLOCK_MONOTONIC);
  int slice, result;
  do {
    slice = slice_millis(start, timeout);
    result = real_poll(files, count, slice);
  } while (result == 0 && slice > 0);
  return result;
}

int epoll_wait(int queue, struct epoll_event *events, int count, int timeout) {
  if (timeout <= 0) return real_epoll_wait(queue, events, count, timeout);
  int64_t start = now(CLOCK_MONOTONIC);
  int slice, result;
  do {
    slice = slice_millis(start, timeout);
    result = real_epoll_wait(queue, events, count, slice);
  } while (result == 0 && slice > 0);
  return result;
}
