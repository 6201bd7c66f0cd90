package io.wayseal.courier

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** The texts of a language, read from the resources as they are. */
class Resources(folder: String) : Texts {
    val texts: Map<String, String> = strings(File("src/main/res/$folder/strings.xml"))
    private val names = R.string::class.java.declaredFields.filter { it.type == Int::class.java }.associate { it.getInt(null) to it.name }

    override fun text(id: Int, vararg arguments: Any): String = texts.getValue(names.getValue(id)).format(*arguments)

    companion object {
        /** Names of the stand-in for `R`. */
        val stand: Set<String> = R.string::class.java.declaredFields.filter { it.type == Int::class.java }.map { it.name }.toSet()

        private fun strings(file: File): Map<String, String> {
            val nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getElementsByTagName("string")
            return (0 until nodes.length).map { nodes.item(it) }
                .associate { it.attributes.getNamedItem("name").nodeValue to it.textContent.replace("\\'", "'") }
        }
    }
}
