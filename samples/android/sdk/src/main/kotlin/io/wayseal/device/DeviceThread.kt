package io.wayseal.device

import java.util.concurrent.Executors
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.withContext

/**
 * A device with a thread of its own, for programs of coroutines: calls wait for each other instead of being `busy`, and none blocks the
 * main thread.
 */
class DeviceThread(private val device: Device) : AutoCloseable {
    private val executor = Executors.newSingleThreadExecutor { Thread(it, "wayseal") }
    private val dispatcher = executor.asCoroutineDispatcher()

    /** Calls the device on its thread. */
    suspend fun <T> with(block: Device.() -> T): T = withContext(dispatcher) { device.block() }

    /** Closes the device after the calls that were made before. */
    override fun close() {
        executor.execute(device::close)
        executor.shutdown()
    }
}
