// Writes one made-up capture to standard output. The same arguments give the same bytes, whatever the compiler.
//
//   make-captures bulk BYTES                    one FTP download: full segments, delayed ACKs, timestamps
//   make-captures small-files FILES             FTP sessions of 50 downloads each, a data connection for every file
//   make-captures small-frames FRAMES STREAMS   short data and its ACKs, many connections at once
//   make-captures syn-flood FRAMES              SYNs only, each from another endpoint
//   make-captures out-of-order FRAMES           FTP commands on one connection, a byte missing before every segment
//   make-captures overlaps FRAMES               FTP commands on one connection: the same places, never the same bytes
#define _DEFAULT_SOURCE   // fwrite_unlocked
#include "segments.h"

static uint32_t random_state = 1;

/// xorshift32: the same on every machine.
static uint32_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    return random_state ^= random_state << 5;
}

static uint8_t contents[1 << 16];   // what payloads are cut from

// MARK: - FTP

static const uint32_t CLIENT = 0xC0000201, SERVER = 0xC6336401;   // 192.0.2.1, 198.51.100.1

static struct Connection log_in(uint32_t client, uint16_t port) {
    struct Connection control = between(client, port, SERVER, 21);
    struct Side *c = &control.client, *s = &control.server;
    open_connection(&control);
    text(s, c, "220 Welcome.\r\n");
    text(c, s, "USER reader\r\n");
    text(s, c, "331 Please specify the password.\r\n");
    text(c, s, "PASS secret\r\n");
    text(s, c, "230 Login successful.\r\n");
    text(c, s, "TYPE I\r\n");
    text(s, c, "200 Switching to Binary mode.\r\n");
    return control;
}

static void log_out(struct Connection *control) {
    text(&control->client, &control->server, "QUIT\r\n");
    text(&control->server, &control->client, "221 Goodbye.\r\n");
    close_connection(&control->server, &control->client);
}

/// PASV and RETR for a file, its data connection opened in between.
static struct Connection ask_for(struct Connection *control, unsigned file, uint16_t clientPort, uint16_t serverPort) {
    struct Side *c = &control->client, *s = &control->server;
    char line[96];
    text(c, s, "PASV\r\n");
    snprintf(line, sizeof line, "227 Entering Passive Mode (%u,%u,%u,%u,%u,%u).\r\n", SERVER >> 24, SERVER >> 16 & 255,
             SERVER >> 8 & 255, SERVER & 255, serverPort >> 8u, serverPort & 255u);
    text(s, c, line);
    struct Connection data = between(c->address, clientPort, SERVER, serverPort);
    open_connection(&data);
    snprintf(line, sizeof line, "RETR file-%06u.bin\r\n", file);
    text(c, s, line);
    text(s, c, "150 Opening BINARY mode data connection.\r\n");
    return data;
}

/// The server sends `length` bytes in full segments, one every 12 µs (1 Gbit/s). The client acknowledges two at a time,
/// or now and then more. The capture is taken at the server: an ACK arrives when `lag` more segments have left.
static void download(struct Connection *data, uint64_t length, unsigned lag) {
    struct Side *c = &data->client, *s = &data->server;
    uint32_t start = s->next;
    uint64_t sent = 0, acknowledged = 0;
    unsigned unacknowledged = 0;
    for (uint64_t segments = 1; sent < length; segments++) {
        size_t part = length - sent < LARGEST_PAYLOAD ? (size_t)(length - sent) : LARGEST_PAYLOAD;
        microseconds += 12;
        say(s, c, sent + part == length ? PSH | ACK : ACK, contents + (sent * 7 & 0x7FFF), part);
        sent += part;
        if (segments <= lag || ++unacknowledged < 2 || next_random() % 4 == 0) continue;
        unacknowledged = 0;
        acknowledged = (segments - lag) * LARGEST_PAYLOAD;
        if (acknowledged > sent) acknowledged = sent;
        c->expected = start + (uint32_t)acknowledged;
        microseconds += 1;
        say(c, s, ACK, NULL, 0);
    }
    microseconds += 200;
    c->expected = s->next;
    if (acknowledged < sent) say(c, s, ACK, NULL, 0);
    close_connection(s, c);
}

static void bulk(uint64_t bytes) {
    struct Connection control = log_in(CLIENT, 40000);
    struct Connection data = ask_for(&control, 1, 40001, 30021);
    download(&data, bytes, 16);
    text(&control.server, &control.client, "226 Transfer complete.\r\n");
    log_out(&control);
}

/// Eight clients at a time, each in a session of its own: their transfers take turns in the file.
static void small_files(uint64_t files) {
    enum { SESSIONS = 8, PER_SESSION = 50 };
    struct Connection control[SESSIONS];
    for (uint32_t client = CLIENT; files; client += SESSIONS) {
        for (uint32_t i = 0; i < SESSIONS; i++) control[i] = log_in(client + i, 40000);
        for (unsigned file = 0; file < PER_SESSION; file++) {
            for (unsigned i = 0; i < SESSIONS && files; i++, files--) {
                struct Connection data = ask_for(&control[i], file, (uint16_t)(40001 + file), (uint16_t)(30000 + file));
                download(&data, 200 + next_random() % 6000, 0);
                text(&control[i].server, &control[i].client, "226 Transfer complete.\r\n");
            }
        }
        for (unsigned i = 0; i < SESSIONS; i++) log_out(&control[i]);
    }
}

// MARK: - Small frames, and hostile ones

/// Connections chosen at random take their next step: SYN, SYN-ACK, ACK, then data up, its ACK, data down, its ACK, …
static void small_frames(uint64_t frames, uint32_t streams) {
    struct Connection *all = calloc(streams, sizeof *all);
    uint8_t *steps = calloc(streams, 1);
    if (!all || !steps) exit(1);
    for (uint32_t i = 0; i < streams; i++) {
        all[i] = between(CLIENT + i / 50000, (uint16_t)(10000 + i % 50000), SERVER, 9000);
    }
    while (frames--) {
        uint32_t i = next_random() % streams;
        struct Side *c = &all[i].client, *s = &all[i].server;
        microseconds += 5;
        size_t length = 2 + next_random() % 32;
        switch (steps[i]++) {
            case 0: say(c, s, SYN, NULL, 0); break;
            case 1: say(s, c, SYN | ACK, NULL, 0); break;
            case 2: say(c, s, ACK, NULL, 0); break;
            case 3: say(c, s, PSH | ACK, contents, length); break;
            case 4: say(s, c, ACK, NULL, 0); break;
            case 5: say(s, c, PSH | ACK, contents, length); break;
            default: say(c, s, ACK, NULL, 0); steps[i] = 3;
        }
    }
    free(all);
    free(steps);
}

static void syn_flood(uint64_t frames) {
    for (uint64_t i = 0; i < frames; i++) {
        struct Connection c = between(CLIENT + (uint32_t)(i / 60000), (uint16_t)(1025 + i % 60000), SERVER, 21);
        microseconds += 1;
        say(&c.client, &c.server, SYN, NULL, 0);
    }
}

/// A cut out of a text of FTP commands.
static const uint8_t *commands(void) {
    static uint8_t text[1 << 15];
    if (!text[0]) {
        for (size_t at = 0; at + 6 <= sizeof text; at += 6) {
            static const char *const verbs[] = {"NOOP\r\n", "STAT\r\n", "PASV\r\n", "LIST\r\n"};
            memcpy(text + at, verbs[next_random() % 4], 6);
        }
    }
    return text + next_random() % (sizeof text - 200);
}

/// Every segment leaves a byte out, and what was left out never comes.
static void out_of_order(uint64_t frames) {
    struct Connection control = log_in(CLIENT, 40000);
    while (frames--) {
        control.client.next += 1;
        microseconds += 5;
        write_segment(&control.client, &control.server, PSH | ACK, commands(), 18);
        control.client.next += 18;
    }
}

/// Segments that start anywhere in the same 64 KB, each with other bytes than the ones before.
static void overlaps(uint64_t frames) {
    struct Connection control = log_in(CLIENT, 40000);
    uint32_t start = control.client.next;
    while (frames--) {
        control.client.next = start + (next_random() & 0xFFFF);
        microseconds += 5;
        // Not in the call: in which order its arguments are evaluated is the compiler's choice.
        const uint8_t *payload = commands();
        size_t length = 1 + next_random() % 100;
        write_segment(&control.client, &control.server, PSH | ACK, payload, length);
    }
}

int main(int count, char **arguments) {
    const char *shape = count > 2 ? arguments[1] : "";
    uint64_t amount = count > 2 ? strtoull(arguments[2], NULL, 10) : 0;
    uint32_t streams = count > 3 ? (uint32_t)strtoul(arguments[3], NULL, 10) : 400;
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (size_t i = 0; i < sizeof contents; i++) contents[i] = (uint8_t)(next_random() >> 11);

    struct { uint32_t magic; uint16_t major, minor; int32_t zone; uint32_t accuracy, snapLength, linkType; } header =
        {0xA1B2C3D4, 2, 4, 0, 0, 262144, 1};
    fwrite(&header, sizeof header, 1, stdout);

    if (!strcmp(shape, "bulk")) bulk(amount);
    else if (!strcmp(shape, "small-files")) small_files(amount);
    else if (!strcmp(shape, "small-frames") && streams) small_frames(amount, streams);
    else if (!strcmp(shape, "syn-flood")) syn_flood(amount);
    else if (!strcmp(shape, "out-of-order")) out_of_order(amount);
    else if (!strcmp(shape, "overlaps")) overlaps(amount);
    else {
        fprintf(stderr, "usage: make-captures SHAPE AMOUNT [STREAMS]\n");
        return 64;
    }
    return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
