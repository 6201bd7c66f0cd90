/* Wayseal's core for C: seal a parcel's recipient into the text of a QR code, and open it.
 *
 * No heap, no state, no threads, no callbacks. A call returns 0, a refusal (1 to 9) or a negative error;
 * wayseal_error describes it. Keys are nodes of 44 bytes, as in the key bundle of a grant:
 * level, tier, day (2), region (2), site (2), leaf (4), key (32), integers big endian. These functions do not
 * check the grant's signature: check it before you install its keys. Wipe keys and records after use.
 */
#ifndef WAYSEAL_H
#define WAYSEAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WAYSEAL_NODE 44
#define WAYSEAL_NODES_MAX 64
/* Size of the longest QR code text, with its terminating zero. */
#define WAYSEAL_TEXT 311
#define WAYSEAL_HANDLE 16

/* Refusals, in the order of the checks; the first that fails wins. */
#define WAYSEAL_OK 0
#define WAYSEAL_NOT_OURS 1
#define WAYSEAL_DAMAGED 2
#define WAYSEAL_OTHER_GENERATION 3
#define WAYSEAL_OTHER_STATION 4
#define WAYSEAL_DAY_NOT_IN_HAND 5
#define WAYSEAL_TIER_NOT_GRANTED 6
#define WAYSEAL_TAMPERED 7
#define WAYSEAL_SEALER_REVOKED 8
#define WAYSEAL_UNSUPPORTED 9
/* Errors. */
#define WAYSEAL_ARGUMENT (-1)
#define WAYSEAL_KEYS (-2)
#define WAYSEAL_SPACE (-3)
#define WAYSEAL_FIELD (-4)
#define WAYSEAL_TOO_LONG (-5)

/* An order: null-terminated UTF-8 texts. NULL counts as empty. */
typedef struct {
    const char *waybill;
    const char *name;
    const char *country; /* ISO 3166-1 alpha-2; empty for China */
    const char *postcode;
    const char *province;
    const char *city;
    const char *district;
    const char *street;
    const char *detail;
    const char *note;
    const char *phone; /* without this and a sender, the label has no contact section */
    const char *sender_phone;
    const char *sender_name;
} wayseal_order;

#define WAYSEAL_RECORD_TEXT 1536

/* An opened label. WAYSEAL_FIELD_OF(&record, name) is the recipient's name, null-terminated. A
 * missing field is the empty text. */
typedef struct {
    uint16_t day; /* of sealing, since 2020-01-01 */
    uint16_t waybill, name, country, postcode, province, city, district, street, detail, note;
    uint16_t phone, sender_phone, sender_name;
    uint16_t division_code; /* six digits of GB/T 2260, also where the names are not known here; empty if named */
    uint16_t skipped;       /* a count: entries of a later version; whoever seals the record again would lose them */
    char text[WAYSEAL_RECORD_TEXT];
} wayseal_record;

#define WAYSEAL_FIELD_OF(record, field) ((const char *)(record)->text + (record)->field)

/* What of the sender is not in a label. */
#define WAYSEAL_LEFT_OUT_NAME 1
#define WAYSEAL_LEFT_OUT_PHONE 2

/* Seals an order into the null-terminated text of its QR code. The same order gives the same text.
 * origin, delivery, contact: one node each, of one sealer, day and destination; contact may be NULL.
 * left_out: which of the sender's name and phone did not fit; may be NULL. Tell somebody: a recipient may ask the carrier for the sender. */
int wayseal_seal(uint32_t generation, const uint8_t *origin, const uint8_t *delivery, const uint8_t *contact,
                 const wayseal_order *order, char *text, size_t size, uint32_t *left_out);

/* Opens the sections of a label that the nodes have keys for. today: days since 2020-01-01, UTC. After a
 * refusal the record is all zeros. */
int wayseal_open(uint32_t generation, const uint8_t *nodes, size_t count, uint16_t today, const char *text,
                 size_t length, wayseal_record *record);

/* The label's handle, for a log: log it before you show the record. */
int wayseal_handle(const char *text, size_t length, uint8_t handle[WAYSEAL_HANDLE]);

/* Describes a refusal or an error in English. */
const char *wayseal_error(int code);

/* Overwrites memory with zeros. The compiler cannot remove the writes. */
void wayseal_wipe(void *memory, size_t size);

#ifdef __cplusplus
}
#endif

#endif
