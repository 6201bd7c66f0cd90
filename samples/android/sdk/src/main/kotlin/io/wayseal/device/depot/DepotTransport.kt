package io.wayseal.device.depot

import java.io.IOException

/**
 * How bytes get to a depot and its answer back. Who carries them is trusted with nothing: the device verifies each item of an answer, and a
 * hand-in is good for one challenge.
 */
interface DepotTransport {
    /**
     * Gives a device's request, and returns the depot's answer.
     *
     * @throws IOException if the depot is not reached, or answers with an error.
     */
    @Throws(IOException::class)
    fun fetch(request: ByteArray): ByteArray

    /**
     * Gives a hand-in, and returns the depot's answer, which has the signed head once the auditor has signed it.
     *
     * @throws IOException likewise.
     */
    @Throws(IOException::class)
    fun handIn(bytes: ByteArray): ByteArray
}
