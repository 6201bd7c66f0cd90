package io.wayseal.device

/** What the courier does next. The app says it in its own words: the sample has a text of each in its resources. */
enum class NextStep {
    /** Nothing: it is as it should be. */
    NOTHING,

    /** Scan the parcel's Wayseal label. */
    SCAN_LABEL,

    /** Scan the same label again. */
    SCAN_AGAIN,

    /** Open the label first. */
    OPEN_FIRST,

    /** The parcel goes to its own station. */
    SORT,

    /** Keep the parcel apart, and tell the security line. */
    SET_ASIDE,

    /** Get what waits at the depot: grants, lists and heads. */
    FETCH,

    /** Ask at the depot. */
    ASK_DEPOT,

    /** Ask for a pass for this label. */
    ASK_PASS,

    /** Ask the recipient for the code again, or go on without one. */
    ASK_CODE,

    /** Have the colleague's device show its code again. */
    SHOW_AGAIN,

    /** Load the parcel at the depot. */
    LOAD,

    /** Have the device unlocked at the depot. */
    UNLOCK,

    /** Begin a shift with number and PIN. */
    BEGIN_SHIFT,

    /** Hand the log in. */
    HAND_IN,

    /** Set the clock. */
    SET_CLOCK,

    /** Make room on the device. */
    FREE_SPACE,

    /** Call again a little later. */
    RETRY,

    /** Open the device. */
    OPEN,

    /** Enrol the device. */
    ENROL,

    /** Hand the log in as it is, and enrol the device anew under another name. */
    ENROL_ANEW,

    /** Bring the device to the security line. */
    SECURITY_LINE,

    /** Update the app. */
    UPDATE,

    /** Correct the program that calls. */
    FIX_CALL,

    /** A step of a later native library: show the detail of the failure. */
    UNKNOWN,
    ;

    internal companion object {
        fun of(id: String): NextStep = entries.firstOrNull { it.name.equals(id, ignoreCase = true) } ?: UNKNOWN
    }
}
