#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/* System calls that have no wrapper in the C library, or none that Swift sees: it cannot call the variadic syscall().
 * All return -1 and set errno. */

static inline int wharf_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

/* RENAME_NOREPLACE (1) makes "rename unless it exists" one step. */
static inline int wharf_renameat2(int from, const char *source, int to, const char *target, unsigned int flags) {
    return (int)syscall(SYS_renameat2, from, source, to, target, flags);
}

static inline int wharf_accept4(int socket, void *address, unsigned int *length, int flags) {
    return (int)syscall(SYS_accept4, socket, address, length, flags);
}

/* The C library's setgroups() changes the whole process; the kernel's call changes the thread. */
static inline int wharf_thread_setgroups(size_t count, const unsigned int *groups) {
    return (int)syscall(SYS_setgroups, count, groups);
}

static inline int wharf_thread_setfsuid(unsigned int user) {
    return (int)syscall(SYS_setfsuid, user);
}

static inline int wharf_thread_setfsgid(unsigned int group) {
    return (int)syscall(SYS_setfsgid, group);
}

/* At most 15 bytes of `name`, as ps(1) and top(1) show them. */
static inline int wharf_name_thread(const char *name) {
    return (int)syscall(SYS_prctl, PR_SET_NAME, name, 0, 0, 0);
}

/* The f_type of the file system that an open file lies on (statfs(2)). */
static inline int64_t wharf_file_system_type(int file) {
    struct statfs status;
    return fstatfs(file, &status) == 0 ? (int64_t)status.f_type : -1;
}

/* Takes a capability (capabilities(7)) from the calling thread, and so from those that it starts. */
static inline int wharf_drop_capability(unsigned int capability) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, sets) != 0) return -1;
    unsigned int kept = ~(1u << capability % 32);
    sets[capability / 32].effective &= kept;
    sets[capability / 32].permitted &= kept;
    sets[capability / 32].inheritable &= kept;
    return (int)syscall(SYS_capset, &header, sets);
}
