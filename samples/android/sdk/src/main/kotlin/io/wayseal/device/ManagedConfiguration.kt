package io.wayseal.device

import android.content.Context
import android.content.RestrictionsManager
import android.os.Bundle
import io.wayseal.device.scan.ScanVendor

/**
 * What a fleet's management (an EMM's managed configuration) sets: none of it is secret. The keys stand in `res/xml/app_restrictions.xml`
 * of the sample app. An empty or unknown value counts as none.
 */
class ManagedConfiguration(values: Bundle) {
    /** The depot's address, `https://…`. Another scheme counts as none. */
    val depot: String? = values.text("depot_url")?.takeIf { it.startsWith("https://") }

    /** The depot's age recipient, to which the keys of stations are locked away for the day. */
    val lockTo: String? = values.text("lock_to")?.takeIf { it.startsWith("age1") }

    /** The scan engine, if it is not to be taken from the maker's name. */
    val vendor: ScanVendor? = values.text("scan_vendor")?.let { name -> ScanVendor.entries.firstOrNull { it.name.equals(name, true) } }

    /** The action and the extra that the scan engine was set to. */
    val scanAction: String? = values.text("scan_action")
    val scanExtra: String? = values.text("scan_extra")

    /** Whether to use the StrongBox where there is one; on by default. */
    val strongBox: Boolean = values.getBoolean("strong_box", true)

    companion object {
        /** What is set now. A change is broadcast as `Intent.ACTION_APPLICATION_RESTRICTIONS_CHANGED`. */
        fun of(context: Context): ManagedConfiguration {
            val manager = context.getSystemService(Context.RESTRICTIONS_SERVICE) as RestrictionsManager
            return ManagedConfiguration(manager.applicationRestrictions ?: Bundle.EMPTY)
        }
    }
}

private fun Bundle.text(key: String): String? = getString(key)?.trim()?.takeIf { it.isNotEmpty() }
