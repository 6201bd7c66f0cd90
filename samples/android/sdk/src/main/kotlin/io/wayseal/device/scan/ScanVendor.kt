package io.wayseal.device.scan

import android.content.Intent
import android.os.Build

/**
 * What the scan engines of PDAs broadcast. Each line names its source; where that is not the vendor's own document, try it on the device
 * before a roll-out. Most vendors let action and extra be changed in the device's settings: [ScanIntents] takes other ones, too.
 */
enum class ScanVendor(
    /** The action of the broadcast. */
    val action: String,
    /** The extra that has the text. */
    val text: String,
    /** The extra that has the bytes, if the text is missing. */
    val bytes: String? = null,
    /** The makers, as [Build.MANUFACTURER] has them in lower case. */
    val makers: Set<String>,
) {
    /**
     * Zebra: DataWedge, with a profile whose intent output has this action and is delivered by broadcast. A rule of the profile's data
     * formatting that removes spaces spoils labels: spaces are characters of their code.
     * https://techdocs.zebra.com/datawedge/latest/guide/output/intent/
     */
    DATAWEDGE(ScanIntents.ACTION, "com.symbol.datawedge.data_string", makers = setOf("zebra technologies", "zebra", "motorola solutions")),

    /**
     * Honeywell: the Data Collection Intent API; the engine is claimed with this action for its data, and let go in the background.
     * Honeywell, "Android Data Collection Intent API", https://usermanual.wiki/Document/DataCollectionIntentAPIGuide.2132623572
     */
    HONEYWELL(ScanIntents.ACTION, "data", "dataBytes", setOf("honeywell", "intermec")),

    /**
     * Sunmi: the settings of the scan engine, broadcast on. Not from a document of Sunmi's: as public apps for its devices have it, such as
     * https://ext.dcloud.net.cn/plugin?id=26304
     */
    SUNMI("com.sunmi.scanner.ACTION_DATA_CODE_RECEIVED", "data", "source_byte", setOf("sunmi")),

    /**
     * Newland: output mode broadcast. The extra `SCAN_STATE` is `ok` for a code that was read.
     * https://github.com/NewlandAutoID/ScanDemo/blob/master/README_en.md, after Newland's "Android PDA API Handbook"
     */
    NEWLAND("nlscan.action.SCANNER_RESULT", "SCAN_BARCODE1", makers = setOf("newland", "nlscan")),

    /**
     * iData: output mode broadcast. Not from a document of iData's: as public apps for its devices have it, such as
     * https://github.com/yhostc/react-native-idata-scanner
     */
    IDATA("android.intent.action.SCANRESULT", "value", makers = setOf("idata")),

    /**
     * Urovo: `ScanManager` in intent mode, with its default action; the bytes have their length in the extra `length`. Names as Urovo's SDK
     * has them: `ACTION_DECODE`, `BARCODE_STRING_TAG`, `DECODE_DATA_TAG` of `android.device.ScanManager`, here by way of
     * https://pub.dev/packages/pda_scan_code/example
     */
    UROVO("android.intent.ACTION_DECODE_DATA", "barcode_string", "barcode", setOf("urovo", "ubx")),
    ;

    /** The text of a broadcast; `null` if it is another one's, or no code was read. */
    fun textOf(intent: Intent, action: String = this.action, extra: String = text): String? {
        if (intent.action != action) return null
        if (this == NEWLAND && intent.getStringExtra("SCAN_STATE").let { it != null && it != "ok" }) return null
        return intent.getStringExtra(extra) ?: bytes?.let(intent::getByteArrayExtra)?.let { read ->
            val length = if (this == UROVO) intent.getIntExtra("length", read.size).coerceIn(0, read.size) else read.size
            // A label's text is of the alphabet of Base45.
            read.decodeToString(0, length)
        }
    }

    companion object {
        /** The vendor of this device; `null` for a phone without a scan engine that is known here. */
        fun ofThisDevice(maker: String = Build.MANUFACTURER): ScanVendor? =
            entries.firstOrNull { maker.trim().lowercase() in it.makers }
    }
}
