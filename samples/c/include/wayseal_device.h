/* A Wayseal device for C: everything of a courier's day, from enrolment to hand-in, and the reader.
 *
 * Link libwayseal_device (static or shared). docs/device.md tells how an app is built of it.
 *
 * Results     0, a refusal above 0 on which the courier acts, or a failure below 0. wayseal_device_name gives a code's stable name,
 *             wayseal_device_next the stable name of the courier's next step; put both into your own language.
 * Structs     begin with their size: set it with sizeof before the call. An older program's smaller struct and a newer one's larger are
 *             taken; what this library does not know is zero.
 * Texts       are UTF-8. Those without a length end with a zero. NULL stands for none where it is said.
 * Buffers     are the caller's. If one is too small the call gives WAYSEAL_E_SPACE, and *length the size that it needs.
 * Threads     any thread may call. One call at a time is in a device: another gets WAYSEAL_E_BUSY at once, and nothing waits.
 * Time        `now` is the device's clock in seconds since 1970-01-01 UTC. The library reads no clock.
 * Secrets     an opened record is wiped from the library before the call returns; wipe yours with wayseal_opened_wipe. Log no text of it.
 */
#ifndef WAYSEAL_DEVICE_H
#define WAYSEAL_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of calls and structs: a program runs with a library of the same number. */
#define WAYSEAL_ABI 1
uint32_t wayseal_abi(void);

#define WAYSEAL_E_OK 0

/* Refusals. */
#define WAYSEAL_E_NOT_OURS 1 /* No Wayseal label */
#define WAYSEAL_E_DAMAGED 2 /* The label's code is damaged */
#define WAYSEAL_E_OTHER_GENERATION 3 /* The label claims another generation of keys */
#define WAYSEAL_E_OTHER_STATION 4 /* The label claims another station */
#define WAYSEAL_E_DAY_NOT_IN_HAND 5 /* The label claims a day for which no keys are held */
#define WAYSEAL_E_TIER_NOT_GRANTED 6 /* The keys held do not open this part of the label */
#define WAYSEAL_E_TAMPERED 7 /* The label was tampered with */
#define WAYSEAL_E_SEALER_REVOKED 8 /* The label's sealer is revoked */
#define WAYSEAL_E_UNSUPPORTED 9 /* The label needs a later reader */
#define WAYSEAL_E_BUDGET_SPENT 16 /* The budget is spent until the next hand-in */
#define WAYSEAL_E_PURPOSE_NOT_GRANTED 17 /* The grant does not name the purpose */
#define WAYSEAL_E_AFTER_DELIVERY 18 /* The parcel was signed off */
#define WAYSEAL_E_OPENED_BEFORE 19 /* The label was opened before, and the grant refuses a second opening */
#define WAYSEAL_E_NOT_LOADED 20 /* The device is locked for the day, and the parcel is not loaded */
#define WAYSEAL_E_MOVED 21 /* The code was moved here from another parcel's label */
#define WAYSEAL_E_TOO_OLD 22 /* The label is older than any key in hand */
#define WAYSEAL_E_CLOCK_WRONG 23 /* By the device's clock the label was sealed later than any sealer can */
#define WAYSEAL_E_NO_KEYS 24 /* The device is not usable for this label now */
#define WAYSEAL_E_ALREADY 32 /* The parcel was signed off before */
#define WAYSEAL_E_NOT_OPENED 33 /* The label was neither opened nor loaded here */
#define WAYSEAL_E_TEXT_NEEDED 34 /* The label's text is needed for this */
#define WAYSEAL_E_CODE_GIVEN 35 /* A delivery code was given for this parcel before */
#define WAYSEAL_E_CODE_MISHEARD 36 /* The delivery code was misheard or mistyped: nothing is on the log */
#define WAYSEAL_E_NOTHING_SAID 37 /* Nothing was said of the parcel that could be taken back */
#define WAYSEAL_E_TAKEN_OVER 38 /* What was said is another operator's, of an earlier shift, or handed in */
#define WAYSEAL_E_WRONG_PIN 40 /* Number and PIN do not belong together */
#define WAYSEAL_E_PINS_CLOSED 41 /* Too many PINs were wrong */
#define WAYSEAL_E_NO_OPERATORS 42 /* The device knows no operators, and asks for none */
#define WAYSEAL_E_NO_SHIFT 43 /* It is nobody's shift */
#define WAYSEAL_E_NO_LANE 48 /* The desk has no keys of today to seal for that station */
#define WAYSEAL_E_NO_PLACE 49 /* No place is known to which the parcel is returned */
#define WAYSEAL_E_NOT_SEALED 50 /* The record cannot be sealed again */
#define WAYSEAL_E_NOT_MASKED 51 /* The masks hide too little, or a routing code tells what they hide */
#define WAYSEAL_E_NO_PASSES 56 /* The device's grant gives it no key by which it asks for passes and gives them */
#define WAYSEAL_E_REQUEST_REFUSED 57 /* No colleague's request for parcels, a damaged one, or not by a device of this authority */
#define WAYSEAL_E_REQUEST_OLD 58 /* The request was made more than an hour ago, or one of the two clocks is wrong */
#define WAYSEAL_E_ASKER_REFUSED 59 /* The device that asks is revoked, or its grant is over */
#define WAYSEAL_E_BUDGET_SHORT 60 /* More labels are given than are left in the budget */

/* Failures. */
#define WAYSEAL_E_SPACE (-3) /* A buffer is too small */
#define WAYSEAL_E_ARGUMENT (-1) /* An argument is not what the call takes */
#define WAYSEAL_E_TOO_LARGE (-100) /* Something is larger than any that is taken */
#define WAYSEAL_E_BUSY (-101) /* Another thread or another process uses the device */
#define WAYSEAL_E_CLOSED (-102) /* The device is closed */
#define WAYSEAL_E_DISK_FULL (-103) /* The disk is full */
#define WAYSEAL_E_STORAGE (-104) /* A file cannot be read or written */
#define WAYSEAL_E_NOT_ENROLLED (-105) /* The store holds no device */
#define WAYSEAL_E_ALREADY_ENROLLED (-106) /* The store holds a device already */
#define WAYSEAL_E_KEYSTORE_LOST (-107) /* The key store has lost the device's key */
#define WAYSEAL_E_KEYSTORE_UNAVAILABLE (-108) /* The key store does not answer now */
#define WAYSEAL_E_KEYSTORE_NOT_LOST (-109) /* The key store has the device's key: it need not be enrolled anew */
#define WAYSEAL_E_NAME_USED (-110) /* The name is that of a log before */
#define WAYSEAL_E_LOG_DAMAGED (-111) /* The log was cut or altered, or its key is lost */
#define WAYSEAL_E_STATE_DAMAGED (-112) /* The device's state is damaged */
#define WAYSEAL_E_STATE_VERSION (-113) /* The device's state is of another version of this program */
#define WAYSEAL_E_IDENTITY (-114) /* The device's identity is none */
#define WAYSEAL_E_NO_RANDOM_BYTES (-115) /* The system gives no random bytes */
#define WAYSEAL_E_INTERNAL (-116) /* A fault of this program. The device is closed */
#define WAYSEAL_E_LOCKED (-120) /* The keys of stations are locked away */
#define WAYSEAL_E_NOTHING_LOADED (-121) /* Nothing is loaded */
#define WAYSEAL_E_LOADED_FULL (-122) /* As many parcels are loaded as fit */
#define WAYSEAL_E_LOADED_DAMAGED (-123) /* The files of loaded parcels are damaged or were altered */
#define WAYSEAL_E_SAME_PLACE (-124) /* Two devices hold keys of one place */
#define WAYSEAL_E_UNKNOWN_FILE (-130) /* Nothing that a device takes */
#define WAYSEAL_E_GRANT_REFUSED (-131) /* Not a grant, damaged, or not signed by the authority */
#define WAYSEAL_E_OTHER_DEVICE (-132) /* A grant for another device */
#define WAYSEAL_E_ROLE_REFUSED (-133) /* A role whose grants a device does not hold */
#define WAYSEAL_E_REPLAY (-134) /* Another file of the number that is held */
#define WAYSEAL_E_OLDER (-135) /* Older than what is held */
#define WAYSEAL_E_OLDER_ROOT (-136) /* Of a root that is retired */
#define WAYSEAL_E_OVER (-137) /* Its days are over */
#define WAYSEAL_E_CLOCK_BEHIND (-138) /* The clock is before signed time */
#define WAYSEAL_E_NO_GRANT (-139) /* No grant is held */
#define WAYSEAL_E_LIST_REFUSED (-140) /* Not a revocation list, damaged, or not signed by the authority */
#define WAYSEAL_E_LIST_BEHIND (-141) /* The grant requires a newer revocation list */
#define WAYSEAL_E_LIST_OVER (-142) /* The revocation list is over */
#define WAYSEAL_E_ISSUER_OVER (-143) /* The certificate of the grant's issuer ended */
#define WAYSEAL_E_ISSUER_REVOKED (-144) /* The grant's issuer is revoked */
#define WAYSEAL_E_ADDITIONS_FULL (-145) /* As many additions to the list are held as fit */
#define WAYSEAL_E_DEVICE_REVOKED (-146) /* The device itself is revoked */
#define WAYSEAL_E_ENVELOPE_REFUSED (-147) /* An envelope does not open here */
#define WAYSEAL_E_HEAD_REFUSED (-148) /* A head that the auditor did not sign */
#define WAYSEAL_E_OTHER_HEAD (-149) /* A head of another log, or an older one */
#define WAYSEAL_E_OPERATORS_REFUSED (-150) /* Not a list of operators, or not signed by the auditor */
#define WAYSEAL_E_OPERATORS_OLDER (-151) /* An older list of operators than the newest that was taken */
#define WAYSEAL_E_STATIONS_REFUSED (-152) /* The desk's file of stations is not the signed one that its grant demands */

/* The stable names of a code and of the courier's next step; they stay valid. */
const char *wayseal_device_name(int code);
const char *wayseal_device_next(int code);

/* A device's handle. It is a number and no address: one that is closed, or never was, gives WAYSEAL_E_CLOSED. */
typedef struct wayseal_device wayseal_device;

/* The platform's key store. Each function gets `length` bytes and writes at most *size bytes to `out`, then sets *size. It returns 0,
 * WAYSEAL_E_KEYSTORE_LOST if the key is gone or the bytes are not of it, or anything else if it does not answer now. It must not call this
 * library with the same device. */
typedef int (*wayseal_keystore_call)(void *context, const uint8_t *bytes, size_t length, uint8_t *out, size_t *size);

/* A key store may also hold the keys of stations, which are then in no file and not in this library: all three functions, or NULL for each. They are
 * called by wayseal_device_open, and by take, refresh, scan, load, give, lock and unlock on the thread that calls, until the device is closed;
 * so long `context` has to stay. A name is a text of 32 characters; two devices may have the same, so give each a context of its own.
 * hold keeps 32 bytes under a name, in place of what it had. hmac writes HMAC-SHA256 under the key of that name, 32 bytes, or returns
 * WAYSEAL_E_KEYSTORE_LOST without one: the device takes its grant again. keep erases every key but those of `count` names. Each returns
 * 0 when it is done, or anything else if it does not answer now. */
typedef int (*wayseal_node_hold)(void *context, const char *name, const uint8_t *key);
typedef int (*wayseal_node_hmac)(void *context, const char *name, const uint8_t *message, size_t length, uint8_t *out);
typedef int (*wayseal_node_keep)(void *context, const char *const *names, size_t count);
typedef struct {
    uint32_t size;
    void *context;
    wayseal_keystore_call wrap;
    wayseal_keystore_call unwrap;
    wayseal_node_hold hold;
    wayseal_node_hmac hmac;
    wayseal_node_keep keep;
} wayseal_keystore;

/* Enrolment, opening, closing. `keystore` may be NULL: then keys lie in the folder in the clear. `recipient` gets the age recipient to which
 * the authority seals grants, or an empty text without a key store; WAYSEAL_RECIPIENT bytes hold it. */
#define WAYSEAL_RECIPIENT 128
int wayseal_device_enrol(const char *folder, const wayseal_keystore *keystore, const uint8_t *enrolment, size_t length,
                         char *recipient, size_t size);
/* After WAYSEAL_E_KEYSTORE_LOST: hand in what wayseal_device_lost_hand_in gives, and begin anew under another name. */
int wayseal_device_enrol_anew(const char *folder, const wayseal_keystore *keystore, const uint8_t *enrolment, size_t length,
                              char *recipient, size_t size);
int wayseal_device_open(const char *folder, const wayseal_keystore *keystore, uint64_t now, wayseal_device **device);
/* Wipes and frees. WAYSEAL_E_BUSY while another thread is in a call. */
int wayseal_device_close(wayseal_device *device);

/* What the device has. -1 stands for no limit, or none. */
typedef struct {
    uint32_t size;
    uint32_t locked;        /* 1: the keys of stations are locked away */
    uint32_t unanswered;    /* 1: no budget counts before the first hand-in after a lost key */
    uint32_t loaded;        /* parcels loaded and not signed off */
    uint32_t days_left;     /* days for which a key may still be used, today included */
    int32_t list_days_left; /* the same of the revocation list; -1 without one */
    int64_t budget;         /* labels between two hand-ins */
    int64_t left;           /* labels left of them */
    uint64_t entries;       /* of the log */
    uint64_t handed_in;     /* entries of which the auditor signed the head */
    uint64_t list;          /* number of the revocation list, 0 for none */
    uint64_t floor;         /* newest signed time, which the clock must not be before */
    uint64_t grant;         /* serial of the grant in use, 0 for none */
    uint64_t operators;     /* number of the list of operators, 0: none are asked for */
    uint32_t operator_;     /* whose shift it is, 0 for nobody */
    char device[52];
    char recipient[WAYSEAL_RECIPIENT];
} wayseal_status;
int wayseal_device_status(wayseal_device *device, uint64_t now, wayseal_status *status);

/* Takes a grant, a pass or its digits, a revocation list, a signed head or a list of operators: its bytes tell. `taken` may be NULL. */
#define WAYSEAL_TAKEN_GRANT 1
#define WAYSEAL_TAKEN_LIST 2
#define WAYSEAL_TAKEN_HEAD 3
#define WAYSEAL_TAKEN_PASS 4
#define WAYSEAL_TAKEN_OPERATORS 5
typedef struct {
    uint32_t size;
    uint32_t kind;
    uint64_t number;          /* serial, number or count */
    uint32_t added, erased;   /* keys of a grant */
} wayseal_taken;
int wayseal_device_take(wayseal_device *device, const uint8_t *bytes, size_t length, uint64_t now, wayseal_taken *taken);
/* Takes what lies in the folder's inbox/, as every scan does too. *refused, which may be NULL: files that were refused. */
int wayseal_device_refresh(wayseal_device *device, uint64_t now, uint32_t *refused);

/* Purposes: 0 and 1 deliver. What is opened: 0 all that the keys reach, 1 delivery, 2 contact, 3 both. */
#define WAYSEAL_DELIVER 1
#define WAYSEAL_RETURN 2
#define WAYSEAL_RELABEL 3
#define WAYSEAL_ENQUIRY 4
#define WAYSEAL_CALL 5
#define WAYSEAL_WANT_HELD 0
#define WAYSEAL_WANT_DELIVERY 1
#define WAYSEAL_WANT_CONTACT 2
#define WAYSEAL_WANT_BOTH 3
typedef struct {
    uint32_t size;
    uint32_t purpose;
    uint32_t want;
    const char *text;    /* of the QR code, as wayseal_line or wayseal_frame give it */
    size_t length;
    const char *printed; /* text of the bar code beside it, or NULL */
    uint64_t now;
} wayseal_scan;

#define WAYSEAL_WAYBILL 0
#define WAYSEAL_NAME 1
#define WAYSEAL_COUNTRY 2
#define WAYSEAL_POSTCODE 3
#define WAYSEAL_PROVINCE 4
#define WAYSEAL_CITY 5
#define WAYSEAL_DISTRICT 6
#define WAYSEAL_DIVISION_CODE 7
#define WAYSEAL_STREET 8
#define WAYSEAL_DETAIL 9
#define WAYSEAL_NOTE 10
#define WAYSEAL_PHONE 11
#define WAYSEAL_EXTENSION 12 /* dialled once the number answers */
#define WAYSEAL_SENDER_PHONE 13
#define WAYSEAL_SENDER_EXTENSION 14
#define WAYSEAL_SENDER_NAME 15
/* An opened label. WAYSEAL_OPENED(&opened, WAYSEAL_NAME) is a field's text, empty if there is none. */
typedef struct {
    uint32_t size;
    uint32_t times;    /* the number of this opening, 1 for the first */
    int32_t left;      /* labels left in the budget; -1 without one */
    uint32_t repeated; /* 1: the same scan, sent twice */
    uint16_t day;      /* of sealing, since 2020-01-01 */
    uint16_t skipped;  /* entries of a later version */
    uint16_t field[16];
    uint8_t handle[16];
    char text[1536];
} wayseal_opened;
#define WAYSEAL_OPENED(opened, which) ((const char *)(opened)->text + (opened)->field[which])

/* Opens a label; its log entry is on disk when this returns. Whatever it returns, nothing of an earlier record is left in `opened`. */
int wayseal_device_scan(wayseal_device *device, const wayseal_scan *scan, wayseal_opened *opened);
void wayseal_opened_wipe(wayseal_opened *opened);
int wayseal_device_conceal(wayseal_device *device);

/* The day's parcels: loaded at the depot, then locked to its age recipient; back at the depot unlocked with its identity (AGE-SECRET-KEY-1…). */
int wayseal_device_load(wayseal_device *device, const wayseal_scan *scan, uint32_t *loaded);
int wayseal_device_lock(wayseal_device *device, const char *depot, uint64_t now);
int wayseal_device_unlock(wayseal_device *device, const char *identity, uint64_t now);

/* What became of a parcel, by its label's text; `code` is the delivery code that the recipient told, or NULL. */
#define WAYSEAL_DELIVERED 1
#define WAYSEAL_HANDED_OVER 2
#define WAYSEAL_LEFT 3
#define WAYSEAL_NOBODY 4
#define WAYSEAL_NOT_TAKEN 5
#define WAYSEAL_WRONG_ADDRESS 6
#define WAYSEAL_PARCEL_DAMAGED 7
int wayseal_device_sign_off(wayseal_device *device, const char *text, size_t length, uint32_t outcome, const char *code, uint64_t now);
/* *opens, which may be NULL: 1 if the label opens again, 0 if its key went with the sign-off. */
int wayseal_device_take_back(wayseal_device *device, const char *text, size_t length, uint64_t now, uint32_t *opens);

/* *tries, which may be NULL: PINs that may still be tried after WAYSEAL_E_WRONG_PIN. */
int wayseal_device_begin_shift(wayseal_device *device, uint32_t number, const char *pin, uint64_t now, uint32_t *tries);
int wayseal_device_end_shift(wayseal_device *device, uint64_t now);

/* The day's list, masked, in the order of a round; with `digits`, which may be NULL, those whose phone ends so. Set the size of each
 * element. *found: how many there are, also after WAYSEAL_E_SPACE. */
typedef struct {
    uint32_t size;
    uint32_t delivered; /* 1: signed off */
    uint32_t outcome;   /* as above, 0: nothing was said */
    uint8_t handle[16];
    char waybill[40];
    char phone[8]; /* the last digits */
    char name[80];
    char place[320]; /* without a person: what sorting needs */
    char address[320];
} wayseal_parcel;
int wayseal_device_parcels(wayseal_device *device, const char *digits, wayseal_parcel *parcels, size_t room, size_t *found);

/* Passing parcels to a colleague. Whoever takes them asks: with a file to send, or its digits to show as a QR code. Whoever has them gives: the answer is
 * a file, and up to 20 labels also digits. Taking is wayseal_device_take, of file or digits. A locked device asks, gives what is loaded, and takes. */
#define WAYSEAL_DIGITS_SIZE 7090        /* of digits with their zero, at most */
#define WAYSEAL_REQUEST_SIZE 16384      /* of the file of a request, at most */
#define WAYSEAL_PASS_LABELS 200         /* labels of a pass, at most */
#define WAYSEAL_PASS_SIZE(labels) (16384 + 160 * (size_t)(labels)) /* of the file of a pass, at most */
/* What a scanned text is: 0 nothing of these, 1 a colleague's request, 2 a pass. */
#define WAYSEAL_ASKS 1
#define WAYSEAL_GIVES 2
int wayseal_pass_code(const char *text, size_t length);
/* `digits` may be NULL. A request before it is answered no more. */
int wayseal_device_ask(wayseal_device *device, uint64_t now, uint8_t *file, size_t size, size_t *length, char *digits, size_t digits_size);
/* Who asks, by file or digits; WAYSEAL_DEVICE_NAME bytes hold it. */
#define WAYSEAL_DEVICE_NAME 52
int wayseal_device_asked(wayseal_device *device, const uint8_t *request, size_t length, uint64_t now, char *name, size_t size);
/* A label that is given: its text, or the handle of one that is loaded. */
typedef struct {
    uint32_t size;
    const char *text; /* NULL: by its handle */
    size_t length;
    uint8_t handle[16];
} wayseal_given_label;
typedef struct {
    uint32_t size;
    uint32_t labels;
    uint16_t until;  /* the last day on which they open, since 2020-01-01 */
    uint16_t at;     /* of a refusal: the label that cannot be given, from 1 */
    uint32_t left;   /* of WAYSEAL_E_BUDGET_SHORT: labels left in the budget */
    char to[WAYSEAL_DEVICE_NAME];
} wayseal_given;
/* Each label is charged and on the log before the pass is written. WAYSEAL_E_SPACE, before any is, for less room than WAYSEAL_PASS_SIZE(count), or of digits,
 * which may be NULL, than WAYSEAL_DIGITS_SIZE. Digits are empty for more labels than a code holds. */
int wayseal_device_give(wayseal_device *device, const uint8_t *request, size_t length, const wayseal_given_label *labels, size_t count,
                        uint32_t purpose, uint64_t now, wayseal_given *given, uint8_t *file, size_t size, size_t *written, char *digits,
                        size_t digits_size);

/* The exchange with a depot: bytes to send, and its answer. Any carrier will do, and none is trusted. *challenged: 1 if `challenge` got 32 bytes,
 * for wayseal_device_hand_in. */
int wayseal_device_fetch_request(wayseal_device *device, uint64_t now, char *out, size_t size, size_t *length);
int wayseal_device_take_bundle(wayseal_device *device, const uint8_t *bytes, size_t length, uint64_t now, uint32_t *taken,
                               uint32_t *refused, uint8_t challenge[32], uint32_t *challenged);
int wayseal_device_hand_in(wayseal_device *device, const uint8_t challenge[32], uint8_t *out, size_t size, size_t *length);
int wayseal_device_answer(wayseal_device *device, const uint8_t challenge[32], char *out, size_t size, size_t *length);
int wayseal_device_log_bytes(wayseal_device *device, uint8_t *out, size_t size, size_t *length);
int wayseal_device_lost_hand_in(const char *folder, uint8_t *out, size_t size, size_t *length);

/* A desk's: a new label of the same parcel, for another station or back. Texts may be NULL. `name` to `detail` are of a return alone: who takes the
 * parcel there. */
typedef struct {
    uint32_t size;
    uint16_t region, site;
    uint32_t contact; /* 1: with phones and sender */
    const char *code, *routing, *hub, *goods, *remark;
    const char *name, *phone, *province, *city, *district, *detail;
} wayseal_station;
typedef struct {
    uint32_t size;
    int32_t left;
    uint32_t left_out;       /* of the sender: 1 name, 2 phone */
    uint32_t lost_entries;   /* 1: entries of a later version are lost */
    uint32_t without_sender; /* 1: of a return, that it goes to the place */
    uint8_t handle[16];
    char waybill[40];
    char text[312]; /* of the QR code to print */
    char name[80], phone[40], address[320]; /* masked, to print */
} wayseal_replaced;
/* Before them, if the sealer's grant demands it: the file of stations by which you choose `station`, that of pick-up points if there is one, and the signature
 * beside it (`.sig`). WAYSEAL_E_STATIONS_REFUSED for other files than the authority signed. It is used until the device is closed. *signed_at,
 * which may be NULL: when they were signed. */
int wayseal_device_use_stations(wayseal_device *device, const uint8_t *stations, size_t length, const uint8_t *points, size_t points_length,
                                const uint8_t *signature, size_t signature_length, uint64_t now, uint64_t *signed_at);
int wayseal_device_relabel(wayseal_device *device, const wayseal_scan *scan, const wayseal_station *station, wayseal_replaced *label);
int wayseal_device_give_back(wayseal_device *device, const wayseal_scan *scan, const wayseal_station *station, wayseal_replaced *label);

/* Reading. A line of a wedge or serial scanner, with prefix, line end, caps lock or another keyboard's layout: the text of the code, ended by
 * a zero. *is_waybill: 1 if it was a bar code's. */
#define WAYSEAL_TEXT_SIZE 311
int wayseal_line(const char *line, size_t length, char *text, size_t size, uint32_t *is_waybill);
/* A camera frame's brightness, 8 bits a pixel, `stride` bytes from row to row: the text of its label, and if `printed` is not NULL the number
 * in the bar code beside it. With WAYSEAL_DIGITS_SIZE of room for the text a colleague's code is read, too. WAYSEAL_E_NOT_OURS: none to be seen. */
int wayseal_frame(const uint8_t *luma, uint32_t width, uint32_t height, uint32_t stride, char *text, size_t size, char *printed,
                  size_t printed_size);

#ifdef __cplusplus
}
#endif

#endif
