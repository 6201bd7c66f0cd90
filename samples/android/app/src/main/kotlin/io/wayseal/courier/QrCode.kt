package io.wayseal.courier

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel

/** The modules of a QR code of digits, with its light margin, for a screen. */
class QrCode private constructor(val side: Int, private val dark: (Int, Int) -> Boolean) {
    /** Pixels for a picture of [side] by [side], row by row: black on white, whatever the theme is. */
    fun pixels(): IntArray = IntArray(side * side) { if (dark(it % side, it / side)) BLACK else WHITE }

    companion object {
        private const val BLACK = 0xff000000.toInt()
        private const val WHITE = 0xffffffff.toInt()

        /** The code of digits that a device gave: at most 7,089, which one code holds. */
        fun of(digits: String): QrCode {
            // Correction of the lowest level: a screen is clean, and twenty parcels fit.
            val hints = mapOf(EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.L, EncodeHintType.MARGIN to 4)
            val matrix = QRCodeWriter().encode(digits, BarcodeFormat.QR_CODE, 0, 0, hints)
            return QrCode(matrix.width) { x, y -> matrix.get(x, y) }
        }
    }
}
