package io.wayseal.courier

import android.content.Intent
import android.net.Uri

/**
 * Dials a recipient: the number, then after a pause the extension. The dialler is another app and takes a text: from here on the number
 * is with the phone's own app, as it is when a courier types it.
 */
object Call {
    /** What starts the dialler; `null` without a phone, and after the record was put away. */
    fun intent(record: ShownRecord): Intent? {
        val digits = StringBuilder()
        record.phone.forEachIndexed { at, char -> if (char.isDigit() || at == 0 && char == '+') digits.append(char) }
        // None, or the record was put away.
        if (digits.isEmpty()) return null
        if (record.extension.isNotEmpty()) digits.append(",,").append(record.extension)
        return Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", digits.toString(), null))
    }
}
