// The floor: what it costs to look at every frame of a capture at all. Walks the records of a pcap file in this
// machine's byte order, reads the Ethernet, IPv4 and TCP headers with as few checks as keep it inside the file, and
// sums payload by direction.
//
//   header-loop FILE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { FILE_HEADER = 24, RECORD_HEADER = 16, ETHERNET = 14, IPV4 = 20, TCP = 20 };

static inline uint32_t native32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline uint32_t big16(const uint8_t *at) { return (uint32_t)at[0] << 8 | at[1]; }
static inline uint32_t big32(const uint8_t *at) { return big16(at) << 16 | big16(at + 2); }

struct Totals {
    uint64_t frames, segments;
    uint64_t payload[2];   // towards the higher address, towards the lower one
    uint32_t mixed;        // keeps the compiler from leaving out the fields that no sum needs
};

static inline void read_frame(struct Totals *totals, const uint8_t *frame, uint32_t captured) {
    totals->frames++;
    if (captured < ETHERNET + IPV4 + TCP || big16(frame + 12) != 0x0800) return;
    const uint8_t *ip = frame + ETHERNET;
    uint32_t ipLength = (ip[0] & 15) * 4u;
    if (ip[9] != 6 || ETHERNET + ipLength + TCP > captured) return;
    const uint8_t *tcp = ip + ipLength;
    uint32_t headers = ipLength + (tcp[12] >> 4) * 4u, total = big16(ip + 2);
    totals->segments++;
    totals->payload[big32(ip + 12) > big32(ip + 16)] += total > headers ? total - headers : 0;
    totals->mixed ^= big32(tcp) ^ big32(tcp + 4) ^ big32(tcp + 8) ^ tcp[13] ^ big16(tcp + 14);
}

int main(int count, char **arguments) {
    int file = count == 2 ? open(arguments[1], O_RDONLY) : -1;
    struct stat status;
    if (file < 0 || fstat(file, &status) || status.st_size < FILE_HEADER) {
        fprintf(stderr, "usage: header-loop FILE\n");
        return 64;
    }
    size_t size = (size_t)status.st_size;
    const uint8_t *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED || native32(bytes) != 0xA1B2C3D4) {
        fprintf(stderr, "header-loop: %s is not a pcap file with microseconds in this byte order\n", arguments[1]);
        return 65;
    }

    struct Totals totals = {0};
    for (size_t at = FILE_HEADER; size - at >= RECORD_HEADER;) {
        uint32_t captured = native32(bytes + at + 8);
        at += RECORD_HEADER;
        if (captured > size - at) break;
        read_frame(&totals, bytes + at, captured);
        at += captured;
    }
    printf("%llu frames, %llu segments, %llu and %llu bytes of payload, %08x\n", (unsigned long long)totals.frames,
           (unsigned long long)totals.segments, (unsigned long long)totals.payload[0],
           (unsigned long long)totals.payload[1], totals.mixed);
    return 0;
}
