/* A courier's day as an app has it, in three parts that `day.sh` runs with what an authority gives between them. */
#define _POSIX_C_SOURCE 200809L
#include "hmac.h"
#include "wayseal_device.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int checks;

#define CHECK(what)                                                                                                \
    do {                                                                                                           \
        checks++;                                                                                                  \
        if (!(what)) {                                                                                             \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what);                                             \
            exit(1);                                                                                               \
        }                                                                                                          \
    } while (0)

#define IS(call, code)                                                                                             \
    do {                                                                                                           \
        int is = (call);                                                                                           \
        if (is != (code))                                                                                          \
            fprintf(stderr, "%s: next %s\n", wayseal_device_name(is), wayseal_device_next(is));                    \
        CHECK(is == (code));                                                                                       \
    } while (0)

static uint64_t now(void) {
    return (uint64_t)time(NULL);
}

/* A key store of a test: it hides the bytes and has a mark by which a lost key is known. A real one keeps its key in hardware. */
static int hide(void *context, const uint8_t *bytes, size_t length, uint8_t *out, size_t *size) {
    const uint8_t *key = context;
    if (*size < length + 1)
        return -1;
    out[0] = *key;
    for (size_t i = 0; i < length; i++)
        out[i + 1] = (uint8_t)(bytes[i] ^ *key ^ (uint8_t)(i * 29));
    *size = length + 1;
    return 0;
}

static int show(void *context, const uint8_t *bytes, size_t length, uint8_t *out, size_t *size) {
    const uint8_t *key = context;
    if (length == 0 || bytes[0] != *key)
        return WAYSEAL_E_KEYSTORE_LOST;
    for (size_t i = 1; i < length; i++)
        out[i - 1] = (uint8_t)(bytes[i] ^ *key ^ (uint8_t)((i - 1) * 29));
    *size = length - 1;
    return 0;
}

static uint8_t key = 0x5a, other_key = 0xa5;

static wayseal_keystore keystore(uint8_t *of) {
    wayseal_keystore store = {.size = sizeof store, .context = of, .wrap = hide, .unwrap = show};
    return store;
}

/* The same, and one that holds nodes. */
struct nodes {
    uint8_t key;
    int silent, hmacs;
    size_t count;
    struct {
        char name[33];
        uint8_t key[32];
    } held[64];
};

static size_t place_of(const struct nodes *nodes, const char *name) {
    size_t at = 0;
    while (at < nodes->count && strcmp(nodes->held[at].name, name))
        at++;
    return at;
}

static int hold(void *context, const char *name, const uint8_t *node) {
    struct nodes *nodes = context;
    size_t at = place_of(nodes, name);
    CHECK(at < 64 && strlen(name) == 32);
    memcpy(nodes->held[at].name, name, 33);
    memcpy(nodes->held[at].key, node, 32);
    nodes->count += at == nodes->count;
    return nodes->silent;
}

static int hmac(void *context, const char *name, const uint8_t *message, size_t length, uint8_t *out) {
    struct nodes *nodes = context;
    size_t at = place_of(nodes, name);
    if (nodes->silent)
        return -1;
    if (at == nodes->count)
        return WAYSEAL_E_KEYSTORE_LOST;
    nodes->hmacs++;
    CHECK(length < 56);
    hmac_sha256(nodes->held[at].key, message, length, out);
    return 0;
}

static int keep(void *context, const char *const *names, size_t count) {
    struct nodes *nodes = context;
    size_t kept = 0;
    for (size_t at = 0; at < nodes->count; at++)
        for (size_t name = 0; name < count; name++)
            if (!strcmp(nodes->held[at].name, names[name])) {
                nodes->held[kept++] = nodes->held[at];
                break;
            }
    nodes->count = kept;
    return nodes->silent;
}

static uint8_t *file(const char *path, size_t *length) {
    FILE *in = fopen(path, "rb");
    CHECK(in != NULL);
    uint8_t *bytes = malloc(1 << 20);
    CHECK(bytes != NULL);
    *length = fread(bytes, 1, (1 << 20) - 1, in);
    bytes[*length] = 0;
    fclose(in);
    return bytes;
}

static void write_file(const char *path, const uint8_t *bytes, size_t length) {
    FILE *out = fopen(path, "wb");
    CHECK(out != NULL && fwrite(bytes, 1, length, out) == length && fclose(out) == 0);
}

static wayseal_device *opened(const char *folder) {
    wayseal_keystore store = keystore(&key);
    wayseal_device *device = NULL;
    IS(wayseal_device_open(folder, &store, now(), &device), WAYSEAL_E_OK);
    CHECK(device != NULL);
    return device;
}

static wayseal_scan scan_of(const char *text) {
    wayseal_scan scan;
    memset(&scan, 0, sizeof scan);
    scan.size = sizeof scan;
    scan.text = text;
    scan.length = strlen(text);
    scan.now = now();
    return scan;
}

static int all_zero(const void *memory, size_t size) {
    for (const uint8_t *byte = memory; size > 0; size--, byte++)
        if (*byte)
            return 0;
    return 1;
}

/* enrol FOLDER ENROLMENT: prints the recipient of its grants. */
static void enrol(const char *folder, const char *path) {
    char recipient[WAYSEAL_RECIPIENT];
    size_t length;
    uint8_t *enrolment = file(path, &length);
    wayseal_keystore store = keystore(&key);
    wayseal_device *device;
    CHECK(wayseal_abi() == WAYSEAL_ABI);
    IS(wayseal_device_enrol(folder, &store, enrolment, 10, recipient, sizeof recipient), WAYSEAL_E_ARGUMENT);
    IS(wayseal_device_enrol(NULL, &store, enrolment, length, recipient, sizeof recipient), WAYSEAL_E_ARGUMENT);
    IS(wayseal_device_open(folder, &store, now(), &device), WAYSEAL_E_NOT_ENROLLED);
    IS(wayseal_device_open(folder, NULL, now(), &device), WAYSEAL_E_NOT_ENROLLED);
    IS(wayseal_device_enrol(folder, &store, enrolment, length, recipient, sizeof recipient), WAYSEAL_E_OK);
    IS(wayseal_device_enrol(folder, &store, enrolment, length, recipient, sizeof recipient), WAYSEAL_E_ALREADY_ENROLLED);
    wayseal_keystore lost = keystore(&other_key);
    IS(wayseal_device_open(folder, &lost, now(), &device), WAYSEAL_E_KEYSTORE_LOST);
    CHECK(device == NULL && !strcmp(wayseal_device_next(WAYSEAL_E_KEYSTORE_LOST), "enrol_anew"));
    IS(wayseal_device_conceal(NULL), WAYSEAL_E_CLOSED);
    free(enrolment);
    wayseal_status status = {.size = sizeof status};
    device = opened(folder);
    IS(wayseal_device_status(device, now(), &status), WAYSEAL_E_OK);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    IS(wayseal_device_close(device), WAYSEAL_E_CLOSED);
    CHECK(status.device[0] && status.recipient[0]);
    puts(status.recipient);
}

struct caller {
    wayseal_device *device;
    int done, busy, other;
};

static void *call(void *of) {
    struct caller *caller = of;
    for (int i = 0; i < 200; i++) {
        wayseal_status status = {.size = sizeof status};
        int code = wayseal_device_status(caller->device, now(), &status);
        *(code == WAYSEAL_E_OK ? &caller->done : code == WAYSEAL_E_BUSY ? &caller->busy : &caller->other) += 1;
    }
    return NULL;
}

/* work FOLDER GRANT LABELS DEPOT IDENTITY: the day; LABELS has a text a line. */
static void work(const char *folder, const char *grant_path, const char *labels_path, const char *depot,
                 const char *identity_path) {
    wayseal_device *device = opened(folder), *second;
    wayseal_keystore store = keystore(&key);
    IS(wayseal_device_open(folder, &store, now(), &second), WAYSEAL_E_BUSY);
    size_t length;
    uint8_t *labels = file(labels_path, &length);
    char *text[4];
    for (int i = 0; i < 4; i++)
        CHECK((text[i] = strtok(i ? NULL : (char *)labels, "\n")) != NULL);
    wayseal_opened record = {.size = sizeof record};
    wayseal_scan scan = scan_of(text[0]);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_NO_GRANT);

    /* What the depot gave. */
    uint8_t *grant = file(grant_path, &length);
    wayseal_taken taken = {.size = sizeof taken};
    IS(wayseal_device_take(device, grant, length, now(), &taken), WAYSEAL_E_OK);
    CHECK(taken.kind == WAYSEAL_TAKEN_GRANT && taken.added > 0);
    IS(wayseal_device_take(device, grant, 30, now(), NULL), WAYSEAL_E_ENVELOPE_REFUSED);
    IS(wayseal_device_take(device, (const uint8_t *)"x", 1, now(), NULL), WAYSEAL_E_UNKNOWN_FILE);
    free(grant);
    wayseal_status status = {.size = sizeof status};
    IS(wayseal_device_status(device, now(), &status), WAYSEAL_E_OK);
    CHECK(status.budget == 3 && status.left == 3 && status.days_left > 0 && !status.locked && status.list_days_left == -1);

    /* Loaded and locked for the round. */
    uint32_t loaded;
    for (int i = 0; i < 3; i++) {
        scan = scan_of(text[i]);
        IS(wayseal_device_load(device, &scan, &loaded), WAYSEAL_E_OK);
    }
    CHECK(loaded == 3);
    IS(wayseal_device_lock(device, "age1", now()), WAYSEAL_E_ENVELOPE_REFUSED);
    IS(wayseal_device_lock(device, depot, now()), WAYSEAL_E_OK);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    device = opened(folder);

    /* Scanned, shown, wiped. */
    char line[WAYSEAL_TEXT_SIZE + 16], code[WAYSEAL_TEXT_SIZE];
    uint32_t is_waybill;
    snprintf(line, sizeof line, "]Q1%s\r\n", text[0]);
    IS(wayseal_line(line, strlen(line), code, sizeof code, &is_waybill), WAYSEAL_E_OK);
    CHECK(!strcmp(code, text[0]) && !is_waybill);
    IS(wayseal_line(line, strlen(line), code, 20, &is_waybill), WAYSEAL_E_SPACE);
    IS(wayseal_line("]C0SF1390004216501", 18, code, sizeof code, &is_waybill), WAYSEAL_E_OK);
    CHECK(is_waybill && !strcmp(code, "SF1390004216501"));
    IS(wayseal_line("https://", 8, code, sizeof code, &is_waybill), WAYSEAL_E_NOT_OURS);
    scan = scan_of(text[0]);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_OK);
    CHECK(*WAYSEAL_OPENED(&record, WAYSEAL_NAME) && *WAYSEAL_OPENED(&record, WAYSEAL_PHONE));
    CHECK(*WAYSEAL_OPENED(&record, WAYSEAL_DETAIL) && strlen(WAYSEAL_OPENED(&record, WAYSEAL_DIVISION_CODE)) == 6);
    CHECK(record.times == 1 && record.left == 2 && record.day > 2000);
    char name[64];
    snprintf(name, sizeof name, "%s", WAYSEAL_OPENED(&record, WAYSEAL_NAME));
    scan = scan_of(text[1]);
    scan.printed = "SF0000000000000";
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_MOVED);
    CHECK(all_zero(&record.times, sizeof record - sizeof record.size));
    CHECK(!strcmp(wayseal_device_name(WAYSEAL_E_MOVED), "moved") && !strcmp(wayseal_device_next(WAYSEAL_E_MOVED), "set_aside"));
    scan = scan_of(text[3]);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_NOT_LOADED);
    scan = scan_of("https://example.com");
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_NOT_OURS);
    scan = scan_of("\xff");
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_NOT_OURS);
    scan = scan_of(text[1]);
    scan.purpose = 9;
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_ARGUMENT);
    scan = scan_of(text[1]);
    scan.now -= 864000;
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_CLOCK_BEHIND);

    /* Structs of a newer program are larger, and of no program smaller than the first. */
    struct {
        wayseal_opened first;
        uint8_t later[24];
    } newer;
    memset(&newer, 0xee, sizeof newer);
    newer.first.size = sizeof newer;
    scan = scan_of(text[1]);
    IS(wayseal_device_scan(device, &scan, &newer.first), WAYSEAL_E_OK);
    CHECK(all_zero(newer.later, sizeof newer.later) && newer.first.times == 1);
    wayseal_opened_wipe(&newer.first);
    CHECK(all_zero(&newer.first.times, sizeof newer - sizeof newer.first.size));
    record.size = 8;
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_ARGUMENT);
    record.size = sizeof record;
    IS(wayseal_device_scan(device, &scan, NULL), WAYSEAL_E_ARGUMENT);

    /* What became of them. */
    uint32_t opens;
    IS(wayseal_device_sign_off(device, text[0], strlen(text[0]), WAYSEAL_DELIVERED, "1234567", now()), WAYSEAL_E_CODE_MISHEARD);
    IS(wayseal_device_sign_off(device, text[0], strlen(text[0]), 99, NULL, now()), WAYSEAL_E_ARGUMENT);
    IS(wayseal_device_sign_off(device, text[0], strlen(text[0]), WAYSEAL_DELIVERED, "0794009", now()), WAYSEAL_E_OK);
    IS(wayseal_device_sign_off(device, text[0], strlen(text[0]), WAYSEAL_DELIVERED, NULL, now()), WAYSEAL_E_ALREADY);
    IS(wayseal_device_sign_off(device, text[1], strlen(text[1]), WAYSEAL_NOBODY, NULL, now()), WAYSEAL_E_OK);
    IS(wayseal_device_take_back(device, text[1], strlen(text[1]), now(), &opens), WAYSEAL_E_OK);
    CHECK(opens);
    IS(wayseal_device_take_back(device, text[1], strlen(text[1]), now(), &opens), WAYSEAL_E_NOTHING_SAID);
    wayseal_parcel parcels[3];
    size_t found;
    for (int i = 0; i < 3; i++)
        parcels[i].size = sizeof parcels[i];
    IS(wayseal_device_parcels(device, NULL, parcels, 2, &found), WAYSEAL_E_SPACE);
    CHECK(found == 3);
    IS(wayseal_device_parcels(device, NULL, parcels, 3, &found), WAYSEAL_E_OK);
    CHECK(parcels[2].delivered && parcels[2].outcome == WAYSEAL_DELIVERED && !parcels[0].delivered);
    CHECK(*parcels[0].waybill && *parcels[0].name && strcmp(parcels[2].name, name));
    IS(wayseal_device_parcels(device, parcels[0].phone, parcels, 3, &found), WAYSEAL_E_OK);
    CHECK(found >= 1);
    IS(wayseal_device_begin_shift(device, 7, "2468", now(), NULL), WAYSEAL_E_NO_OPERATORS);
    IS(wayseal_device_end_shift(device, now()), WAYSEAL_E_OK);

    /* Several threads on one handle: each call is done or busy. */
    struct caller callers[8];
    pthread_t threads[8];
    memset(callers, 0, sizeof callers);
    for (int i = 0; i < 8; i++) {
        callers[i].device = device;
        CHECK(pthread_create(&threads[i], NULL, call, &callers[i]) == 0);
    }
    int done = 0, busy = 0;
    for (int i = 0; i < 8; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0 && callers[i].other == 0);
        done += callers[i].done;
        busy += callers[i].busy;
    }
    CHECK(done > 0 && done + busy == 8 * 200);

    /* A frame without a label, and frames that are none. */
    static uint8_t luma[64 * 80];
    IS(wayseal_frame(luma, 64, 64, 80, code, sizeof code, NULL, 0), WAYSEAL_E_NOT_OURS);
    IS(wayseal_frame(luma, 64, 64, 63, code, sizeof code, NULL, 0), WAYSEAL_E_ARGUMENT);
    IS(wayseal_frame(NULL, 64, 64, 64, code, sizeof code, NULL, 0), WAYSEAL_E_ARGUMENT);

    /* Back at the depot. */
    char *identity = (char *)file(identity_path, &length);
    IS(wayseal_device_unlock(device, "AGE", now()), WAYSEAL_E_ARGUMENT);
    IS(wayseal_device_unlock(device, identity, now()), WAYSEAL_E_OK);
    wayseal_opened_wipe(&record);
    memset(identity, 0, length);
    free(identity);
    scan = scan_of(text[2]);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_OK);
    scan = scan_of(text[3]);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_BUDGET_SPENT);
    CHECK(wayseal_pass_code(text[0], strlen(text[0])) == 0);
    uint8_t request[WAYSEAL_REQUEST_SIZE];
    size_t room = WAYSEAL_PASS_SIZE(1);
    uint8_t *pass = malloc(room);
    CHECK(pass != NULL);
    wayseal_given given = {.size = sizeof given};
    wayseal_given_label one_label = {.size = sizeof one_label, .text = text[2], .length = strlen(text[2])};
    IS(wayseal_device_give(device, request, sizeof request, &one_label, 1, WAYSEAL_DELIVER, now(), &given, pass, room - 1, &length, NULL, 0),
       WAYSEAL_E_SPACE);
    CHECK(length == room);
    memset(request, 0, sizeof request);
    IS(wayseal_device_give(device, request, sizeof request, &one_label, 1, WAYSEAL_DELIVER, now(), &given, pass, room, &length, NULL, 0),
       WAYSEAL_E_REQUEST_REFUSED);
    IS(wayseal_device_give(device, request, sizeof request, &one_label, 1, 9, now(), &given, pass, room, &length, NULL, 0),
       WAYSEAL_E_ARGUMENT);
    free(pass);
    wayseal_station station = {.size = sizeof station, .region = 755, .site = 12};
    wayseal_replaced label = {.size = sizeof label};
    IS(wayseal_device_relabel(device, &scan, &station, &label), WAYSEAL_E_NO_GRANT);
    IS(wayseal_device_give_back(device, &scan, &station, &label), WAYSEAL_E_NO_GRANT);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    wayseal_opened_wipe(&record);
    free(labels);
}

/* pass GIVER TAKER LABELS: the last two labels go from one device to the other, by the digits of a code and by a file. */
static void pass(const char *giving, const char *taking, const char *labels_path) {
    wayseal_device *giver = opened(giving), *taker = opened(taking);
    size_t length, written;
    uint8_t *labels = file(labels_path, &length);
    char *text[4], name[WAYSEAL_DEVICE_NAME], asks[WAYSEAL_DIGITS_SIZE], gives[WAYSEAL_DIGITS_SIZE];
    for (int i = 0; i < 4; i++)
        CHECK((text[i] = strtok(i ? NULL : (char *)labels, "\n")) != NULL);
    static uint8_t request[WAYSEAL_REQUEST_SIZE], answer[WAYSEAL_PASS_SIZE(2)];
    wayseal_opened record = {.size = sizeof record};
    for (int round = 0; round < 2; round++) {
        wayseal_scan scan = scan_of(text[2 + round]);
        IS(wayseal_device_scan(taker, &scan, &record), WAYSEAL_E_OTHER_STATION);
        IS(wayseal_device_ask(taker, now(), request, 10, &length, NULL, 0), WAYSEAL_E_SPACE);
        IS(wayseal_device_ask(taker, now(), request, sizeof request, &length, asks, sizeof asks), WAYSEAL_E_OK);
        CHECK(wayseal_pass_code(asks, strlen(asks)) == WAYSEAL_ASKS);
        IS(wayseal_device_asked(giver, request, length, now(), name, sizeof name), WAYSEAL_E_OK);
        CHECK(!strcmp(name, "pda-18"));
        IS(wayseal_device_asked(giver, request, length - 1, now(), name, sizeof name), WAYSEAL_E_REQUEST_REFUSED);
        /* The first is loaded and goes by its handle, the second by its text. */
        wayseal_given_label label[2] = {{.size = sizeof *label}, {.size = sizeof *label}};
        if (round == 0) {
            uint32_t loaded;
            IS(wayseal_device_load(giver, &scan, &loaded), WAYSEAL_E_OK);
            wayseal_parcel parcel = {.size = sizeof parcel};
            IS(wayseal_device_parcels(giver, NULL, &parcel, 1, &written), WAYSEAL_E_OK);
            memcpy(label[0].handle, parcel.handle, sizeof parcel.handle);
        } else {
            label[0].text = text[3];
            label[0].length = strlen(text[3]);
        }
        label[1].text = "WS1:";
        label[1].length = 4;
        wayseal_given given = {.size = sizeof given};
        IS(wayseal_device_give(giver, request, length, label, 2, WAYSEAL_DELIVER, now(), &given, answer, sizeof answer, &written, NULL, 0),
           WAYSEAL_E_DAMAGED);
        CHECK(given.at == 2 && written == 0);
        IS(wayseal_device_give(giver, round ? (const uint8_t *)asks : request, round ? strlen(asks) : length, label, 1, WAYSEAL_DELIVER,
                               now(), &given, answer, sizeof answer, &written, gives, sizeof gives),
           WAYSEAL_E_OK);
        CHECK(given.labels == 1 && !strcmp(given.to, "pda-18") && given.until > 2000);
        CHECK(wayseal_pass_code(gives, strlen(gives)) == WAYSEAL_GIVES);
        wayseal_taken taken = {.size = sizeof taken};
        IS(wayseal_device_take(giver, answer, written, now(), &taken), WAYSEAL_E_ENVELOPE_REFUSED);
        IS(wayseal_device_take(taker, round ? answer : (const uint8_t *)gives, round ? written : strlen(gives), now(), &taken), WAYSEAL_E_OK);
        CHECK(taken.kind == WAYSEAL_TAKEN_PASS && taken.added == 1);
        IS(wayseal_device_scan(taker, &scan, &record), WAYSEAL_E_OK);
        CHECK(*WAYSEAL_OPENED(&record, WAYSEAL_NAME));
    }
    wayseal_opened_wipe(&record);
    IS(wayseal_device_close(giver), WAYSEAL_E_OK);
    IS(wayseal_device_close(taker), WAYSEAL_E_OK);
    free(labels);
}

/* take FOLDER FILE: what an authority gave. */
static void take(const char *folder, const char *path) {
    wayseal_device *device = opened(folder);
    size_t length;
    uint8_t *bytes = file(path, &length);
    IS(wayseal_device_take(device, bytes, length, now(), NULL), WAYSEAL_E_OK);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    free(bytes);
}

/* desk FOLDER LABELS STATIONS: new labels by the stations that the authority signed. */
static void desk(const char *folder, const char *labels_path, const char *stations_path) {
    wayseal_device *device = opened(folder);
    size_t length, signed_length;
    uint8_t *labels = file(labels_path, &length);
    wayseal_scan scan = scan_of(strtok((char *)labels, "\n"));
    wayseal_station station = {.size = sizeof station, .region = 755, .site = 12, .contact = 1, .code = "SZ-NS-012"};
    wayseal_replaced label = {.size = sizeof label};
    IS(wayseal_device_relabel(device, &scan, &station, &label), WAYSEAL_E_STATIONS_REFUSED);
    char path[512];
    snprintf(path, sizeof path, "%s.sig", stations_path);
    uint8_t *stations = file(stations_path, &length), *signature = file(path, &signed_length);
    uint64_t at = 0;
    IS(wayseal_device_use_stations(device, stations, length - 1, NULL, 0, signature, signed_length, now(), &at), WAYSEAL_E_STATIONS_REFUSED);
    IS(wayseal_device_use_stations(device, stations, length, stations, 1, signature, signed_length, now(), &at), WAYSEAL_E_STATIONS_REFUSED);
    IS(wayseal_device_relabel(device, &scan, &station, &label), WAYSEAL_E_STATIONS_REFUSED);
    CHECK(at == 0);
    IS(wayseal_device_use_stations(device, stations, length, NULL, 0, signature, signed_length, now(), &at), WAYSEAL_E_OK);
    CHECK(at + 600 > now());
    IS(wayseal_device_relabel(device, &scan, &station, &label), WAYSEAL_E_OK);
    CHECK(!strncmp(label.text, "WS1:", 4) && strcmp(label.text, scan.text) && *label.waybill && *label.name);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    free(labels);
    free(stations);
    free(signature);
}

/* held FOLDER LABELS: the keys of stations move into a key store that holds them. */
static void held(const char *folder, const char *labels_path) {
    static struct nodes nodes = {.key = 0x5a};
    size_t length;
    char *labels = (char *)file(labels_path, &length), *label = strtok(labels, "\n");
    CHECK(label != NULL);
    wayseal_keystore store = {sizeof store, &nodes, hide, show, hold, hmac, NULL};
    wayseal_device *device;
    IS(wayseal_device_open(folder, &store, now(), &device), WAYSEAL_E_ARGUMENT);
    store.keep = keep;
    IS(wayseal_device_open(folder, &store, now(), &device), WAYSEAL_E_OK);
    CHECK(nodes.count > 0 && nodes.hmacs == 0);
    wayseal_opened record = {.size = sizeof record};
    wayseal_scan scan = scan_of(label);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_OK);
    CHECK(*WAYSEAL_OPENED(&record, WAYSEAL_NAME) && nodes.hmacs == 3);
    nodes.silent = -1;
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_KEYSTORE_UNAVAILABLE);
    CHECK(all_zero(&record.times, sizeof record - sizeof record.size));
    nodes.silent = 0;
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    /* A program that does not know of it opens the device, and none of its labels. */
    device = opened(folder);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_KEYSTORE_UNAVAILABLE);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    nodes.count = 0;
    IS(wayseal_device_open(folder, &store, now(), &device), WAYSEAL_E_OK);
    IS(wayseal_device_scan(device, &scan, &record), WAYSEAL_E_NO_GRANT);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
    wayseal_opened_wipe(&record);
    free(labels);
}

/* hand-in FOLDER CHALLENGE OUT, and head FOLDER BUNDLE. */
static void hand_in(const char *folder, const char *digits, const char *path) {
    uint8_t challenge[32];
    for (int i = 0; i < 32; i++) {
        unsigned value;
        CHECK(sscanf(digits + 2 * i, "%2x", &value) == 1);
        challenge[i] = (uint8_t)value;
    }
    wayseal_device *device = opened(folder);
    size_t length, given;
    IS(wayseal_device_hand_in(device, challenge, NULL, 0, &length), WAYSEAL_E_SPACE);
    uint8_t *bytes = malloc(length);
    CHECK(bytes != NULL);
    IS(wayseal_device_hand_in(device, challenge, bytes, length, &given), WAYSEAL_E_OK);
    CHECK(given == length);
    write_file(path, bytes, length);
    free(bytes);
    char request[1024];
    IS(wayseal_device_fetch_request(device, now(), request, sizeof request, &length), WAYSEAL_E_OK);
    CHECK(!strncmp(request, "wayseal fetch 1\ndevice pda-17\n", 30));
    IS(wayseal_device_close(device), WAYSEAL_E_OK);
}

static void head(const char *folder, const char *path) {
    wayseal_device *device = opened(folder);
    size_t length;
    uint8_t *bytes = file(path, &length), challenge[32];
    uint32_t taken, refused, challenged;
    IS(wayseal_device_take_bundle(device, bytes, length - 1, now(), &taken, &refused, challenge, &challenged),
       WAYSEAL_E_UNKNOWN_FILE);
    IS(wayseal_device_take_bundle(device, bytes, length, now(), &taken, &refused, challenge, &challenged), WAYSEAL_E_OK);
    CHECK(taken == 1 && refused == 1 && !challenged);
    free(bytes);
    wayseal_status status = {.size = sizeof status};
    IS(wayseal_device_status(device, now(), &status), WAYSEAL_E_OK);
    CHECK(status.handed_in > 0 && status.left == 3);
    IS(wayseal_device_close(device), WAYSEAL_E_OK);

    /* The key store loses its key: the log goes in as it is. */
    wayseal_keystore lost = keystore(&other_key);
    IS(wayseal_device_open(folder, &lost, now(), &device), WAYSEAL_E_KEYSTORE_LOST);
    IS(wayseal_device_lost_hand_in(folder, NULL, 0, &length), WAYSEAL_E_SPACE);
    CHECK(length > 128);
}

int main(int count, char **argument) {
    if (count == 4 && !strcmp(argument[1], "enrol"))
        enrol(argument[2], argument[3]);
    else if (count == 7 && !strcmp(argument[1], "work"))
        work(argument[2], argument[3], argument[4], argument[5], argument[6]);
    else if (count == 5 && !strcmp(argument[1], "hand-in"))
        hand_in(argument[2], argument[3], argument[4]);
    else if (count == 5 && !strcmp(argument[1], "pass"))
        pass(argument[2], argument[3], argument[4]);
    else if (count == 4 && !strcmp(argument[1], "held"))
        held(argument[2], argument[3]);
    else if (count == 4 && !strcmp(argument[1], "take"))
        take(argument[2], argument[3]);
    else if (count == 5 && !strcmp(argument[1], "desk"))
        desk(argument[2], argument[3], argument[4]);
    else if (count == 4 && !strcmp(argument[1], "head"))
        head(argument[2], argument[3]);
    else
        return 2;
    fprintf(stderr, "%s: %d passed, 0 failed\n", argument[1], checks);
    return 0;
}
