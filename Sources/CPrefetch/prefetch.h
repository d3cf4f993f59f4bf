/* Swift has no word for it: asks the memory for the line at `address`, which need not be readable. */
static inline void wharf_prefetch(const void *address) {
    __builtin_prefetch(address);
}
