package io.wayseal.device.depot

import io.wayseal.device.Device
import io.wayseal.device.Failure
import io.wayseal.device.Outcome
import io.wayseal.device.Receipt
import java.io.IOException

/** A device's daily bread: what waits at the depot is taken, and what the auditor wants is handed in. Blocks; not for the main thread. */
class DepotExchange(private val transport: DepotTransport) {
    /** What came of an exchange. What was taken before a failure stays taken, and the next exchange resumes from there. */
    sealed interface Result {
        /** All was exchanged: what was brought, and whether the log was handed in. */
        class Done internal constructor(val receipts: List<Receipt>, val handedIn: Boolean) : Result

        /** The depot was not reached: the day goes on with what the device has. */
        class Offline internal constructor(val cause: IOException) : Result

        /** The device could not do its part. */
        class Failed internal constructor(val failure: Failure) : Result
    }

    /** Fetches, and hands in if the auditor wants it. */
    fun run(device: Device, now: Long = System.currentTimeMillis() / 1000): Result = try {
        exchange(device, now)
    } catch (cause: IOException) {
        Result.Offline(cause)
    }

    private fun exchange(device: Device, now: Long): Result {
        val request = device.fetchRequest(now).or { return Result.Failed(it) }
        val fetched = device.takeBundle(transport.fetch(request), now).or { return Result.Failed(it) }
        val challenge = fetched.challenge ?: return Result.Done(fetched.receipts, handedIn = false)
        val log = device.handIn(challenge).or { return Result.Failed(it) }
        val answered = device.takeBundle(transport.handIn(log), now).or { return Result.Failed(it) }
        return Result.Done(fetched.receipts + answered.receipts, handedIn = true)
    }

    private inline fun <T> Outcome<T>.or(otherwise: (Failure) -> Nothing): T = when (this) {
        is Outcome.Done -> value
        is Outcome.Failed -> otherwise(failure)
    }
}
