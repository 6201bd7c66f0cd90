package io.wayseal.courier

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element

/** The app's manifest and the restrictions that it names, as far as they are checked without aapt2. */
class ManifestTest {
    private val manifest = parsed("src/main/AndroidManifest.xml")

    private fun parsed(path: String): Element = DocumentBuilderFactory.newInstance()
        .apply { isNamespaceAware = true }
        .newDocumentBuilder()
        .parse(File(path))
        .documentElement

    private fun Element.all(tag: String) = getElementsByTagName(tag).let { found -> (0 until found.length).map { found.item(it) as Element } }

    private fun Element.android(name: String): String = getAttributeNS("http://schemas.android.com/apk/res/android", name)

    @Test fun `each activity is a class here and only the launcher starts it`() {
        val activities = manifest.all("activity")
        assertEquals(1, activities.size)
        for (activity in activities) {
            val name = activity.android("name")
            assertTrue(name, android.app.Activity::class.java.isAssignableFrom(Class.forName("io.wayseal.courier$name")))
            assertEquals(listOf("android.intent.action.MAIN"), activity.all("action").map { it.android("name") })
        }
    }

    @Test fun `no backup takes what the app has and it asks for the network and the scan engine alone`() {
        assertEquals("false", manifest.all("application").single().android("allowBackup"))
        val permissions = manifest.all("uses-permission").map { it.android("name") }
        assertEquals(listOf("android.permission.INTERNET", "com.honeywell.decode.permission.DECODE"), permissions)
        for (tag in listOf("provider", "service", "receiver")) assertTrue(tag, manifest.all(tag).isEmpty())
        val library = parsed("../sdk/src/main/AndroidManifest.xml")
        assertEquals("an app takes nothing from the library that it does not ask for", 0, library.childNodes.length)
    }

    @Test fun `each key of the managed configuration is read and each that is read is there`() {
        val named = manifest.all("meta-data").single { it.android("name") == "android.content.APP_RESTRICTIONS" }.android("resource")
        val restrictions = parsed("src/main/res/${named.removePrefix("@")}.xml").all("restriction")
        val source = File("../sdk/src/main/kotlin/io/wayseal/device/ManagedConfiguration.kt").readText()
        val read = Regex("""(text|getBoolean)\("(\w+)"""").findAll(source).associate { it.groupValues[2] to it.groupValues[1] }
        assertEquals(read.keys, restrictions.map { it.android("key") }.toSet())
        for (restriction in restrictions) {
            val type = if (read.getValue(restriction.android("key")) == "text") "string" else "bool"
            assertEquals(restriction.android("key"), type, restriction.android("restrictionType"))
        }
    }
}
