// Stands between a program and the C library (LD_PRELOAD), counts its calls on files below one folder, and lets one of them fail or ends the
// process there. How is said by a file of 32-bit numbers that is mapped into memory, so that all processes count together and whoever tests
// can change it while they run: see shim.ts.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN, WRITE, SYNC, RENAME, LINK, KINDS };
enum { KILL = 0xffff };

struct control {
  _Atomic unsigned armed, at, error, lasting, kinds, hits, count, by_kind[KINDS];
};

static struct control *control;
static const char *root;
static size_t root_length;
static _Atomic char is_ours[65536];

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULT_CONTROL");
  root = getenv("FAULT_ROOT");
  if (path == NULL || root == NULL) return;
  root_length = strlen(root);
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) control = memory;
  close(file);
}

static int below(const char *path) {
  return control != NULL && path != NULL && strncmp(path, root, root_length) == 0;
}

static int ours(int file) { return control != NULL && file >= 0 && file < 65536 && is_ours[file]; }

// Whether this call is to fail, with the error set.
static int fails(int kind) {
  if (!control->armed || !(control->kinds >> kind & 1)) return 0;
  atomic_fetch_add(&control->by_kind[kind], 1);
  unsigned number = atomic_fetch_add(&control->count, 1) + 1;
  if (number != control->at && !(control->lasting && control->at != 0 && number > control->at)) return 0;
  atomic_fetch_add(&control->hits, 1);
  if (control->error == KILL) kill(getpid(), SIGKILL);
  errno = (int)control->error;
  return 1;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int opened(int file, const char *path) {
  if (file >= 0 && file < 65536) is_ours[file] = below(path);
  return file;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    MODE(flags) \
    if (below(path) && fails(OPEN)) return -1; \
    return opened(real(path, flags, mode), path); \
  }
OPENS(open)
OPENS(open64)

int openat(int folder, const char *path, int flags, ...) {
  REAL(openat);
  MODE(flags)
  if (below(path) && fails(OPEN)) return -1;
  return opened(real(folder, path, flags, mode), path);
}

int close(int file) {
  REAL(close);
  if (file >= 0 && file < 65536) is_ours[file] = 0;
  return real(file);
}

#define ON_FILE(kind, type, name, parameters, arguments) \
  type name parameters { \
    REAL(name); \
    if (ours(file) && fails(kind)) return -1; \
    return real arguments; \
  }
ON_FILE(WRITE, ssize_t, write, (int file, const void *bytes, size_t length), (file, bytes, length))
ON_FILE(WRITE, ssize_t, pwrite, (int file, const void *bytes, size_t length, off_t at), (file, bytes, length, at))
ON_FILE(WRITE, ssize_t, pwrite64, (int file, const void *bytes, size_t length, off64_t at), (file, bytes, length, at))
ON_FILE(WRITE, ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
ON_FILE(WRITE, ssize_t, pwritev, (int file, const struct iovec *parts, int count, off_t at), (file, parts, count, at))
ON_FILE(WRITE, ssize_t, pwritev64, (int file, const struct iovec *parts, int count, off64_t at), (file, parts, count, at))
ON_FILE(WRITE, int, ftruncate, (int file, off_t length), (file, length))
ON_FILE(WRITE, int, ftruncate64, (int file, off64_t length), (file, length))
ON_FILE(WRITE, ssize_t, sendfile, (int file, int from, off_t *at, size_t length), (file, from, at, length))
ON_FILE(SYNC, int, fsync, (int file), (file))
ON_FILE(SYNC, int, fdatasync, (int file), (file))

ssize_t copy_file_range(int from, off64_t *from_at, int file, off64_t *at, size_t length, unsigned flags) {
  REAL(copy_file_range);
  if (ours(file) && fails(WRITE)) return -1;
  return real(from, from_at, file, at, length, flags);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if ((below(from) || below(to)) && fails(RENAME)) return -1;
  return real(from, to);
}

int link(const char *from, const char *to) {
  REAL(link);
  if (below(to) && fails(LINK)) return -1;
  return real(from, to);
}

int symlink(const char *from, const char *to) {
  REAL(symlink);
  if (below(to) && fails(LINK)) return -1;
  return real(from, to);
}
