package io.wayseal.courier

import io.wayseal.device.Code
import io.wayseal.device.Failure
import io.wayseal.device.NextStep
import io.wayseal.device.ParcelOutcome
import io.wayseal.device.scan.Line

/** The texts of the resources, in the courier's language. */
fun interface Texts {
    fun text(id: Int, vararg arguments: Any): String
}

/** Why, and what to do next. */
fun Texts.of(failure: Failure): String = text(reason(failure.code), *arguments(failure)) + "\n" + text(step(failure.next))

private fun reason(code: Code): Int = when (code) {
    Code.MOVED -> R.string.why_moved
    Code.BUDGET_SPENT -> R.string.why_budget
    Code.TAMPERED -> R.string.why_tampered
    Code.CLOCK_WRONG, Code.CLOCK_BEHIND -> R.string.why_clock
    Code.AFTER_DELIVERY, Code.ALREADY -> R.string.why_delivered
    Code.KEYSTORE_LOST -> R.string.why_keystore
    Code.DISK_FULL -> R.string.why_disk
    Code.CODE_MISHEARD -> R.string.why_misheard
    Code.WRONG_PIN -> R.string.why_pin
    Code.NOT_OURS -> R.string.fault_not_ours
    Code.BUDGET_SHORT -> R.string.why_budget_short
    Code.REQUEST_REFUSED -> R.string.why_request
    Code.REQUEST_OLD -> R.string.why_request_old
    Code.ASKER_REFUSED -> R.string.why_asker
    Code.NO_PASSES -> R.string.why_no_passes
    else -> R.string.why_other
}

private fun arguments(failure: Failure): Array<Any> = when (reason(failure.code)) {
    R.string.why_budget, R.string.why_pin, R.string.why_budget_short -> arrayOf(failure.count)
    R.string.why_other -> arrayOf(if (failure.code == Code.UNKNOWN) failure.number.toString() else failure.code.id)
    else -> emptyArray()
}

private fun step(next: NextStep): Int = when (next) {
    NextStep.NOTHING -> R.string.next_nothing
    NextStep.SCAN_LABEL -> R.string.next_scan_label
    NextStep.SCAN_AGAIN -> R.string.next_scan_again
    NextStep.OPEN_FIRST -> R.string.next_open_first
    NextStep.SORT -> R.string.next_sort
    NextStep.SET_ASIDE -> R.string.next_set_aside
    NextStep.FETCH -> R.string.next_fetch
    NextStep.ASK_DEPOT -> R.string.next_ask_depot
    NextStep.ASK_PASS -> R.string.next_ask_pass
    NextStep.ASK_CODE -> R.string.next_ask_code
    NextStep.SHOW_AGAIN -> R.string.next_show_again
    NextStep.LOAD -> R.string.next_load
    NextStep.UNLOCK -> R.string.next_unlock
    NextStep.BEGIN_SHIFT -> R.string.next_begin_shift
    NextStep.HAND_IN -> R.string.next_hand_in
    NextStep.SET_CLOCK -> R.string.next_set_clock
    NextStep.FREE_SPACE -> R.string.next_free_space
    NextStep.RETRY -> R.string.next_retry
    NextStep.OPEN -> R.string.next_open
    NextStep.ENROL -> R.string.next_enrol
    NextStep.ENROL_ANEW -> R.string.next_enrol_anew
    NextStep.SECURITY_LINE -> R.string.next_security_line
    NextStep.UPDATE, NextStep.UNKNOWN -> R.string.next_update
    NextStep.FIX_CALL -> R.string.next_fix_call
}

/** Why parcels are not given: a label's own reason with its place among those that were chosen. */
fun Texts.ofGiving(failure: Failure): String {
    val isLabel = failure.count > 0 && failure.code != Code.BUDGET_SHORT
    if (!isLabel) return of(failure)
    return text(R.string.why_label, failure.count, failure.code.id) + "\n" + text(step(failure.next))
}

/** What a scan engine did to a text. */
fun Texts.of(fault: Line.Fault): String = text(
    when (fault) {
        Line.Fault.SPACES_LOST -> R.string.fault_spaces
        Line.Fault.SEVERAL -> R.string.fault_several
        Line.Fault.SHIFT_LOST, Line.Fault.INPUT_METHOD, Line.Fault.AMBIGUOUS, Line.Fault.DAMAGED -> R.string.fault_keyboard
        Line.Fault.EMPTY, Line.Fault.NOT_OURS -> R.string.fault_not_ours
    },
)

fun Texts.of(outcome: ParcelOutcome): String = text(
    when (outcome) {
        ParcelOutcome.DELIVERED -> R.string.outcome_delivered
        ParcelOutcome.HANDED_OVER -> R.string.outcome_handed_over
        ParcelOutcome.LEFT -> R.string.outcome_left
        ParcelOutcome.NOBODY -> R.string.outcome_nobody
        ParcelOutcome.REFUSED -> R.string.outcome_refused
        ParcelOutcome.WRONG_ADDRESS -> R.string.outcome_wrong_address
        ParcelOutcome.DAMAGED -> R.string.outcome_damaged
    },
)
