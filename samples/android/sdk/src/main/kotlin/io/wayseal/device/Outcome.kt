package io.wayseal.device

/** What came of a call. No call of this library throws for what can happen on a round. */
sealed interface Outcome<out T> {
    /** It was done. */
    class Done<out T>(val value: T) : Outcome<T>

    /** It was not done. */
    class Failed(val failure: Failure) : Outcome<Nothing>
}

/** The value, or `null` if the call failed. */
fun <T> Outcome<T>.valueOrNull(): T? = when (this) {
    is Outcome.Done -> value
    is Outcome.Failed -> null
}

/** What failed, or `null` if the call was done. */
val Outcome<*>.failureOrNull: Failure? get() = (this as? Outcome.Failed)?.failure

/**
 * Why a call was not done.
 *
 * @property code what to decide by.
 * @property number the code's number, which says more than [code] if the native library is newer than this class.
 * @property next what the courier does next.
 * @property count PINs that may still be tried of [Code.WRONG_PIN], labels of the budget of
 *   [Code.BUDGET_SPENT], those left of [Code.BUDGET_SHORT], and of a label that cannot be given its place among them, from 1; else 0.
 * @property detail an English sentence for the program's log. It holds no secret and nothing of a record.
 */
class Failure internal constructor(
    val code: Code,
    val number: Int,
    val next: NextStep,
    val count: Int,
    val detail: String,
) {
    override fun toString(): String = "${code.id} ($number): $detail"
}
