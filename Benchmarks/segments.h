// TCP segments into a pcap file on standard output: two sides that keep their sequence numbers, and what they say.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIN = 0x01, SYN = 0x02, PSH = 0x08, ACK = 0x10 };
enum { ETHERNET = 14, IPV4 = 20, TCP = 20, LARGEST_PAYLOAD = 1448 };

struct Side {
    uint32_t address;
    uint16_t port;
    uint32_t next;       // the sequence number of the next byte it sends
    uint32_t expected;   // the next byte it expects: what it acknowledges
    uint32_t stamp;      // the last TSval it sent
};

struct Connection {
    struct Side client, server;
};

static uint64_t microseconds = 1700000000000000;

static void put16(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value) {
    put16(at, value >> 16);
    put16(at + 2, value);
}

/// The one's complement sum of RFC 1071, not yet folded. An odd last byte counts as a high one.
static uint64_t sum16(const uint8_t *bytes, size_t length) {
    uint64_t sum = 0;
    size_t at = 0;
    for (; at + 1 < length; at += 2) sum += (uint32_t)bytes[at] << 8 | bytes[at + 1];
    return at < length ? sum + ((uint32_t)bytes[at] << 8) : sum;
}

static uint16_t folded(uint64_t sum) {
    while (sum >> 16) sum = (sum & 0xFFFF) + (sum >> 16);
    return (uint16_t)~sum;
}

/// The options that Linux sends. With a SYN: MSS 1460, SACK permitted, timestamps, window scale 7; else timestamps.
static size_t putOptions(uint8_t *at, bool syn, uint32_t value, uint32_t echo) {
    if (syn) {
        static const uint8_t open[] = {2, 4, 0x05, 0xB4, 4, 2, 8, 10};
        memcpy(at, open, sizeof open);
        put32(at + 8, value);
        put32(at + 12, echo);
        memcpy(at + 16, (uint8_t[]){1, 3, 3, 7}, 4);
        return 20;
    }
    memcpy(at, (uint8_t[]){1, 1, 8, 10}, 4);
    put32(at + 4, value);
    put32(at + 8, echo);
    return 12;
}

/// Writes one segment, as it was sent: neither side's numbers change.
static void write_segment(struct Side *from, const struct Side *to, int flags, const uint8_t *payload, size_t length) {
    static uint8_t record[16 + ETHERNET + IPV4 + TCP + 40 + LARGEST_PAYLOAD];
    uint8_t *ethernet = record + 16, *ip = ethernet + ETHERNET, *tcp = ip + IPV4;
    bool syn = flags & SYN;
    from->stamp = (uint32_t)(microseconds / 1000);
    size_t header = TCP + putOptions(tcp + TCP, syn, from->stamp, to->stamp);
    size_t segment = header + length, captured = ETHERNET + IPV4 + segment;

    // pcap's own numbers are in the byte order of the machine; the magic number tells which.
    uint32_t head[4] = {(uint32_t)(microseconds / 1000000), (uint32_t)(microseconds % 1000000),
                        (uint32_t)captured, (uint32_t)captured};
    memcpy(record, head, sizeof head);

    bool upstream = from->port > to->port;
    memcpy(ethernet, upstream ? "\2\0\0\0\0\2\2\0\0\0\0\1\10\0" : "\2\0\0\0\0\1\2\0\0\0\0\2\10\0", ETHERNET);

    static uint16_t identification;
    memset(ip, 0, IPV4);
    ip[0] = 0x45;
    put16(ip + 2, (uint32_t)(IPV4 + segment));
    put16(ip + 4, ++identification);
    put16(ip + 6, 0x4000);
    ip[8] = 64;
    ip[9] = 6;
    put32(ip + 12, from->address);
    put32(ip + 16, to->address);
    put16(ip + 10, folded(sum16(ip, IPV4)));

    put16(tcp, from->port);
    put16(tcp + 2, to->port);
    put32(tcp + 4, from->next);
    put32(tcp + 8, flags & ACK ? from->expected : 0);
    tcp[12] = (uint8_t)(header / 4 << 4);
    tcp[13] = (uint8_t)flags;
    put16(tcp + 14, syn ? 64240 : 2058);
    memset(tcp + 16, 0, 4);
    if (length) memcpy(tcp + header, payload, length);
    put16(tcp + 16, folded(sum16(ip + 12, 8) + 6 + segment + sum16(tcp, segment)));

    fwrite_unlocked(record, 1, 16 + captured, stdout);
}

// MARK: - What two sides say to each other

/// Sends a segment that arrives: it moves the sender's next byte and what the receiver expects.
static void say(struct Side *from, struct Side *to, int flags, const void *payload, size_t length) {
    write_segment(from, to, flags, payload, length);
    from->next += (uint32_t)length + (flags & (SYN | FIN) ? 1 : 0);
    to->expected = from->next;
}

static void text(struct Side *from, struct Side *to, const char *line) {
    microseconds += 150;
    say(from, to, PSH | ACK, line, strlen(line));
}

static struct Connection between(uint32_t client, uint16_t clientPort, uint32_t server, uint16_t serverPort) {
    uint32_t seed = (client * 2654435761u) ^ ((uint32_t)clientPort << 16) ^ serverPort;
    uint32_t reply = seed * 40503u + 0xF0000000u;
    return (struct Connection){{client, clientPort, seed, 0, 0}, {server, serverPort, reply, 0, 0}};
}

static void open_connection(struct Connection *c) {
    microseconds += 100;
    say(&c->client, &c->server, SYN, NULL, 0);
    microseconds += 90;
    say(&c->server, &c->client, SYN | ACK, NULL, 0);
    microseconds += 10;
    say(&c->client, &c->server, ACK, NULL, 0);
}

/// Closes it from `first`'s side.
static void close_connection(struct Side *first, struct Side *second) {
    microseconds += 5;
    say(first, second, FIN | ACK, NULL, 0);
    microseconds += 60;
    say(second, first, FIN | ACK, NULL, 0);
    microseconds += 5;
    say(first, second, ACK, NULL, 0);
}
