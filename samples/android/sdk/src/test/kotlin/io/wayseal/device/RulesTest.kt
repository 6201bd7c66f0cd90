package io.wayseal.device

import java.io.File
import java.lang.reflect.Modifier
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/**
 * The rules that an app's R8 takes from the AAR, against what finds classes and methods by name: the virtual machine, for which a native
 * method is a symbol, and the native library. R8 itself is at Google's repository alone, so that the rules are read here.
 */
class RulesTest {
    private val rules = Regex("^-keep(\\S*) class (\\S+) \\{([^}]*)}", RegexOption.MULTILINE)
        .findAll(File("consumer-rules.pro").readText())
        .associate { rule -> rule.groupValues[2] to Rule(rule.groupValues[1], rule.groupValues[3].split(';').map(String::trim).filter(String::isNotEmpty)) }

    private class Rule(val modifiers: String, val members: List<String>)

    private val sources = File("src/main/kotlin").walk().filter { it.extension == "kt" }.associateWith(File::readText)
    private val native = File("../jni/src").walk().filter { it.extension == "rs" }.map(File::readText).toList()

    @Test fun `each class of the rules is there with the members that they name`() {
        assertTrue(rules.size >= 3)
        for ((name, rule) in rules) {
            val methods = Class.forName(name).declaredMethods
            for (member in rule.members.filter { it != NATIVE }) {
                val found = methods.map { method -> "${method.returnType.typeName} ${method.name}(${method.parameterTypes.joinToString { it.typeName }})" }
                assertTrue("$name: $member of $found", member in found)
            }
        }
    }

    @Test fun `each native method keeps its name and the classes of its arguments`() {
        val declaring = sources.filterValues { "external fun" in it }.map { (file, text) ->
            Regex("^package (\\S+)", RegexOption.MULTILINE).find(text)!!.groupValues[1] + "." + file.nameWithoutExtension
        }
        assertTrue(declaring.isNotEmpty())
        for (name in declaring) {
            assertTrue(name, Class.forName(name).declaredMethods.any { Modifier.isNative(it.modifiers) })
            val rule = rules.getValue(name)
            assertEquals(name, listOf(NATIVE), rule.members)
            // Without the second modifier a symbol's name, which has its arguments' classes, is another one.
            assertEquals(name, "classeswithmembers,includedescriptorclasses", rule.modifiers)
        }
    }

    @Test fun `each class and method that the native library looks up is kept`() {
        val kept = rules.values.flatMap { rule -> rule.members.map { it.substringBefore('(').substringAfterLast(' ') } }
        val looked = native.flatMap { text -> Regex("\\bc\"(\\w+)\"").findAll(text).map { it.groupValues[1] } }.toSet()
        assertEquals(setOf("ask", "nodes"), looked)
        for (name in looked) assertTrue("$name of $kept", name in kept)
        val classes = native.flatMap { text -> Regex("\"(io/wayseal/[\\w/]+)\"").findAll(text).map { it.groupValues[1].replace('/', '.') } }.toSet()
        assertTrue(classes.isNotEmpty())
        for (name in classes) assertTrue(name, name in rules)
        // What is asked by `ask` is named by no text there: these are all that Kotlin hands over.
        val handed = sources.values.flatMap { text -> Regex("\\b(\\w+Bridge)\\(").findAll(text).map { it.groupValues[1] } }.toSet()
        for (name in handed) assertTrue(name, rules.getValue("io.wayseal.device.internal.$name").members.any { " ask(" in it })
    }

    private companion object {
        const val NATIVE = "native <methods>"
    }
}
