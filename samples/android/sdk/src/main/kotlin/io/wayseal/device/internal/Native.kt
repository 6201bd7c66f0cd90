package io.wayseal.device.internal

import java.nio.ByteBuffer

/**
 * The native library, call by call. A reply is what [Reply] reads. Texts are UTF-8; times are seconds since 1970-01-01 UTC; keys are a
 * [KeysBridge] or `null`.
 */
internal object Native {
    init {
        System.loadLibrary("wayseal")
    }

    @JvmStatic external fun enrol(folder: ByteArray, keys: Any?, enrolment: ByteArray): ByteArray

    @JvmStatic external fun enrolAnew(folder: ByteArray, keys: Any?, enrolment: ByteArray): ByteArray

    @JvmStatic external fun open(folder: ByteArray, keys: Any?, now: Long): ByteArray

    @JvmStatic external fun close(device: Long)

    @JvmStatic external fun lostLog(folder: ByteArray): ByteArray

    @JvmStatic external fun take(device: Long, bytes: ByteArray, now: Long): ByteArray

    @JvmStatic external fun refresh(device: Long, now: Long): ByteArray

    @JvmStatic external fun fetchRequest(device: Long, now: Long): ByteArray

    @JvmStatic external fun takeBundle(device: Long, bytes: ByteArray, now: Long): ByteArray

    @JvmStatic external fun handIn(device: Long, challenge: ByteArray): ByteArray

    @JvmStatic external fun scan(
        device: Long,
        text: ByteArray,
        printed: ByteArray?,
        purpose: Int,
        want: Int,
        now: Long,
        record: ByteBuffer,
    ): ByteArray

    @JvmStatic external fun load(device: Long, text: ByteArray, printed: ByteArray?, now: Long): ByteArray

    @JvmStatic external fun lock(device: Long, depot: ByteArray, now: Long): ByteArray

    @JvmStatic external fun unlock(device: Long, depot: ByteArray, now: Long): ByteArray

    @JvmStatic external fun signOff(device: Long, label: ByteArray, outcome: Int, code: ByteArray?, now: Long): ByteArray

    @JvmStatic external fun takeBack(device: Long, label: ByteArray, now: Long): ByteArray

    @JvmStatic external fun parcels(device: Long): ByteArray

    @JvmStatic external fun find(device: Long, digits: ByteArray): ByteArray

    @JvmStatic external fun ask(device: Long, now: Long): ByteArray

    @JvmStatic external fun asked(device: Long, request: ByteArray, now: Long): ByteArray

    @JvmStatic external fun give(device: Long, request: ByteArray, labels: ByteArray, purpose: Int, now: Long): ByteArray

    @JvmStatic external fun useStations(
        device: Long,
        stations: ByteArray,
        points: ByteArray?,
        signature: ByteArray,
        now: Long,
    ): ByteArray

    @JvmStatic external fun relabel(device: Long, text: ByteArray, printed: ByteArray?, station: ByteArray, now: Long): ByteArray

    @JvmStatic external fun giveBack(device: Long, text: ByteArray, printed: ByteArray?, place: ByteArray, now: Long): ByteArray

    @JvmStatic external fun beginShift(device: Long, operator: Int, pin: ByteArray, now: Long): ByteArray

    @JvmStatic external fun endShift(device: Long, now: Long): ByteArray

    @JvmStatic external fun status(device: Long, now: Long): ByteArray

    @JvmStatic external fun conceal(device: Long): ByteArray

    @JvmStatic external fun line(sent: ByteArray): ByteArray

    @JvmStatic external fun codes(): ByteArray

    @JvmStatic external fun openCamera(): Long

    @JvmStatic external fun frame(camera: Long, luma: ByteBuffer, width: Int, height: Int, stride: Int): ByteArray

    @JvmStatic external fun closeCamera(camera: Long)
}
