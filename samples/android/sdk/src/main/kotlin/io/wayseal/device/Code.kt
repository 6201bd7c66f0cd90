package io.wayseal.device

/**
 * Why there is no result. A positive number is a refusal, on which the courier acts; a negative one is a failure of the device, its
 * files or the call. Numbers and names stay what they are.
 */
enum class Code(val number: Int) {
    /** No Wayseal label. */
    NOT_OURS(1),

    /** The label's code is damaged. */
    DAMAGED(2),

    /** The label claims another generation of keys. */
    OTHER_GENERATION(3),

    /** The label claims another station. */
    OTHER_STATION(4),

    /** The label claims a day for which no keys are held. */
    DAY_NOT_IN_HAND(5),

    /** The keys held do not open this part of the label. */
    TIER_NOT_GRANTED(6),

    /** The label was tampered with. */
    TAMPERED(7),

    /** The label's sealer is revoked. */
    SEALER_REVOKED(8),

    /** The label needs a later reader. */
    UNSUPPORTED(9),

    /** The budget is spent until the next hand-in. */
    BUDGET_SPENT(16),

    /** The grant does not name the purpose. */
    PURPOSE_NOT_GRANTED(17),

    /** The parcel was signed off. */
    AFTER_DELIVERY(18),

    /** The label was opened before, and the grant refuses a second opening. */
    OPENED_BEFORE(19),

    /** The device is locked for the day, and the parcel is not loaded. */
    NOT_LOADED(20),

    /** The code was moved here from another parcel's label. */
    MOVED(21),

    /** The label is older than any key in hand. */
    TOO_OLD(22),

    /** By the device's clock the label was sealed later than any sealer can. */
    CLOCK_WRONG(23),

    /** The device is not usable for this label now. */
    NO_KEYS(24),

    /** The parcel was signed off before. */
    ALREADY(32),

    /** The label was neither opened nor loaded here. */
    NOT_OPENED(33),

    /** The label's text is needed for this. */
    TEXT_NEEDED(34),

    /** A delivery code was given for this parcel before. */
    CODE_GIVEN(35),

    /** The delivery code was misheard or mistyped: nothing is on the log. */
    CODE_MISHEARD(36),

    /** Nothing was said of the parcel that could be taken back. */
    NOTHING_SAID(37),

    /** What was said is another operator's, of an earlier shift, or handed in. */
    TAKEN_OVER(38),

    /** Number and PIN do not belong together. */
    WRONG_PIN(40),

    /** Too many PINs were wrong. */
    PINS_CLOSED(41),

    /** The device knows no operators, and asks for none. */
    NO_OPERATORS(42),

    /** It is nobody's shift. */
    NO_SHIFT(43),

    /** The desk has no keys of today to seal for that station. */
    NO_LANE(48),

    /** No place is known to which the parcel is returned. */
    NO_PLACE(49),

    /** The record cannot be sealed again. */
    NOT_SEALED(50),

    /** The masks hide too little, or a routing code tells what they hide. */
    NOT_MASKED(51),

    /** The device's grant gives it no key by which it asks for passes and gives them. */
    NO_PASSES(56),

    /** No colleague's request for parcels, a damaged one, or not by a device of this authority. */
    REQUEST_REFUSED(57),

    /** The request was made more than an hour ago, or one of the two clocks is wrong. */
    REQUEST_OLD(58),

    /** The device that asks is revoked, or its grant is over. */
    ASKER_REFUSED(59),

    /** More labels are given than are left in the budget. */
    BUDGET_SHORT(60),

    /** An argument is not what the call takes. */
    ARGUMENT(-1),

    /** Something is larger than any that is taken. */
    TOO_LARGE(-100),

    /** Another thread or another process uses the device. */
    BUSY(-101),

    /** The device is closed. */
    CLOSED(-102),

    /** The disk is full. */
    DISK_FULL(-103),

    /** A file cannot be read or written. */
    STORAGE(-104),

    /** The store holds no device. */
    NOT_ENROLLED(-105),

    /** The store holds a device already. */
    ALREADY_ENROLLED(-106),

    /** The key store has lost the device's key. */
    KEYSTORE_LOST(-107),

    /** The key store does not answer now. */
    KEYSTORE_UNAVAILABLE(-108),

    /** The key store has the device's key: it need not be enrolled anew. */
    KEYSTORE_NOT_LOST(-109),

    /** The name is that of a log before. */
    NAME_USED(-110),

    /** The log was cut or altered, or its key is lost. */
    LOG_DAMAGED(-111),

    /** The device's state is damaged. */
    STATE_DAMAGED(-112),

    /** The device's state is of another version of this program. */
    STATE_VERSION(-113),

    /** The device's identity is none. */
    IDENTITY(-114),

    /** The system gives no random bytes. */
    NO_RANDOM_BYTES(-115),

    /** A fault of this program. The device is closed. */
    INTERNAL(-116),

    /** The keys of stations are locked away. */
    LOCKED(-120),

    /** Nothing is loaded. */
    NOTHING_LOADED(-121),

    /** As many parcels are loaded as fit. */
    LOADED_FULL(-122),

    /** The files of loaded parcels are damaged or were altered. */
    LOADED_DAMAGED(-123),

    /** Two devices hold keys of one place. */
    SAME_PLACE(-124),

    /** Nothing that a device takes. */
    UNKNOWN_FILE(-130),

    /** Not a grant, damaged, or not signed by the authority. */
    GRANT_REFUSED(-131),

    /** A grant for another device. */
    OTHER_DEVICE(-132),

    /** A role whose grants a device does not hold. */
    ROLE_REFUSED(-133),

    /** Another file of the number that is held. */
    REPLAY(-134),

    /** Older than what is held. */
    OLDER(-135),

    /** Of a root that is retired. */
    OLDER_ROOT(-136),

    /** Its days are over. */
    OVER(-137),

    /** The clock is before signed time. */
    CLOCK_BEHIND(-138),

    /** No grant is held. */
    NO_GRANT(-139),

    /** Not a revocation list, damaged, or not signed by the authority. */
    LIST_REFUSED(-140),

    /** The grant requires a newer revocation list. */
    LIST_BEHIND(-141),

    /** The revocation list is over. */
    LIST_OVER(-142),

    /** The certificate of the grant's issuer ended. */
    ISSUER_OVER(-143),

    /** The grant's issuer is revoked. */
    ISSUER_REVOKED(-144),

    /** As many additions to the list are held as fit. */
    ADDITIONS_FULL(-145),

    /** The device itself is revoked. */
    DEVICE_REVOKED(-146),

    /** An envelope does not open here. */
    ENVELOPE_REFUSED(-147),

    /** A head that the auditor did not sign. */
    HEAD_REFUSED(-148),

    /** A head of another log, or an older one. */
    OTHER_HEAD(-149),

    /** Not a list of operators, or not signed by the auditor. */
    OPERATORS_REFUSED(-150),

    /** An older list of operators than the newest that was taken. */
    OPERATORS_OLDER(-151),

    /** The desk's file of stations is not the signed one that its grant demands. */
    STATIONS_REFUSED(-152),

    /** A code of a later native library. */
    UNKNOWN(Int.MIN_VALUE),
    ;

    /** The stable name. */
    val id: String get() = name.lowercase()

    /** Whether it is a refusal, on which the courier acts. */
    val isRefusal: Boolean get() = number > 0

    internal companion object {
        private val byNumber = entries.associateBy { it.number }

        fun of(number: Int): Code = byNumber[number] ?: UNKNOWN
    }
}
