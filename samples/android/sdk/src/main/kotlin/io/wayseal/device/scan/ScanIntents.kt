package io.wayseal.device.scan

import android.annotation.SuppressLint
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Build
import android.os.Bundle

/**
 * The scan engine of a PDA, whoever made it: [start] in `onResume`, [stop] in `onPause`.
 *
 * Other apps can send such a broadcast, too. That gives them nothing: a text that is no label of this station opens nothing, and each
 * attempt is on the log.
 *
 * @param vendor the vendor; of this device by default.
 * @param action what the device's settings say, if it is not the vendor's default.
 * @param extra likewise.
 * @param received each code, on the main thread.
 */
class ScanIntents(
    private val context: Context,
    private val vendor: ScanVendor,
    private val action: String = vendor.action,
    private val extra: String = vendor.text,
    private val received: (String) -> Unit,
) {
    private var registered = false

    private val receiver = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) {
            vendor.textOf(intent, action, extra)?.let(received)
        }
    }

    /** Listens, and claims the engine where that is needed. */
    @SuppressLint("UnspecifiedRegisterReceiverFlag")
    fun start() {
        if (registered) return
        val filter = IntentFilter(action).apply { addCategory(Intent.CATEGORY_DEFAULT) }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            // The scan engine's service is another app.
            context.registerReceiver(receiver, filter, Context.RECEIVER_EXPORTED)
        } else {
            context.registerReceiver(receiver, filter)
        }
        registered = true
        if (vendor == ScanVendor.HONEYWELL) {
            val properties = Bundle()
            properties.putBoolean("DPR_DATA_INTENT", true)
            properties.putString("DPR_DATA_INTENT_ACTION", action)
            context.sendBroadcast(
                honeywell("CLAIM").putExtra("com.honeywell.aidc.extra.EXTRA_PROFILE", "DEFAULT")
                    .putExtra("com.honeywell.aidc.extra.EXTRA_PROPERTIES", properties),
            )
        }
    }

    /** Stops listening, and lets the engine go. */
    fun stop() {
        if (!registered) return
        context.unregisterReceiver(receiver)
        registered = false
        if (vendor == ScanVendor.HONEYWELL) context.sendBroadcast(honeywell("RELEASE"))
    }

    private fun honeywell(what: String) =
        Intent("com.honeywell.aidc.action.ACTION_${what}_SCANNER").setPackage("com.intermec.datacollectionservice")

    companion object {
        /** The action to set where the vendor lets the program choose one. */
        const val ACTION = "io.wayseal.action.SCANNED"
    }
}
