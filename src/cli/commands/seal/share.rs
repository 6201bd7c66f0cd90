//! How much of a batch is done.

use wayseal::batch::pipeline::{BatchPlan, OpenedInput};
/// Lines before each input, and after the last: those of all, as far as they are known.
pub fn lines(plan: &BatchPlan<'_>) -> Vec<Option<u64>> {
    let mut before = vec![Some(0_u64)];
    for input in plan.inputs {
        let lines = input.survey.as_ref().and_then(|survey| survey.lines);
        let sum = before.last().copied().flatten().zip(lines).map(|(sum, lines)| sum + lines);
        before.push(sum);
    }
    before
}

/// The finished share of all lines, if their number is known.
pub fn share(before: &[Option<u64>], all: Option<u64>, source: &OpenedInput, line: u64) -> Option<f64> {
    if let [_, _] = before {
        // A single workbook is counted once it is open.
        return Some(line as f64 / source.lines?.max(1) as f64);
    }
    Some((before[source.input]? + line) as f64 / all?.max(1) as f64)
}
