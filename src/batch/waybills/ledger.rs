//! The ledger: which numbers were handed out, and to which rows of which batch.
//!
//! It is replaced whole, so that it is never torn; and it is locked while numbers are handed out, so that two processes
//! never hand out the same. What it lists is never handed out to another row, whether a label was made of it or not.

use super::ranges::{NumberRange, NumberRanges};
use super::supply::{Lacking, NumberSupply};
use crate::files::{self, Access, FileError, FileLock};
use crate::payload::Waybill;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};
use thiserror::Error;

/// The largest ledger that is read, in bytes; a run of numbers takes about 200.
const LEDGER_MAX: u64 = 1 << 28;
/// How long another process is waited for; it hands out its numbers in a moment.
const PATIENCE: Duration = Duration::from_secs(20);

/// A ledger that is locked for this process.
#[derive(Debug)]
pub struct NumberLedger {
    path: PathBuf,
    runs: Vec<Run>,
    _lock: FileLock,
}

/// Consecutive rows with as many numbers each, which are consecutive numbers of one range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    /// The keyed digest of the batch's orders.
    batch: String,
    /// The place of the first row.
    row: u64,
    rows: u64,
    /// Numbers for each row.
    each: u64,
    first: String,
    last: String,
}

impl NumberLedger {
    /// Locks and reads the ledger of a file of ranges: the file next to it whose name ends with `.ledger`.
    ///
    /// # Errors
    /// [`NumberLedgerError`].
    pub fn open(ranges: &Path) -> Result<Self, NumberLedgerError> {
        let mut name = ranges.file_name().unwrap_or_default().to_owned();
        name.push(".ledger");
        let path = ranges.with_file_name(name);
        let lock = files::hidden(&path).with_extension("lock");
        let begun = Instant::now();
        let lock = loop {
            match FileLock::take(&lock)? {
                Some(lock) => break lock,
                None if begun.elapsed() < PATIENCE => sleep(Duration::from_millis(20)),
                None => return Err(NumberLedgerError::Busy(path)),
            }
        };
        let runs = match files::read_own(&path, LEDGER_MAX) {
            Ok(bytes) => runs_of(&bytes).ok_or_else(|| NumberLedgerError::Damaged(path.clone()))?,
            Err(error) if error.is_missing() => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path, runs, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hands out numbers to the rows of a batch that lack some: those that they got before, and new ones for the others.
    /// `sealed` is the number of rows whose labels were made before. Unless it is a `rehearsal`, the ledger is durable when
    /// this returns.
    ///
    /// # Errors
    /// [`NumberLedgerError`]; nothing is handed out then.
    pub fn hand_out(
        mut self,
        ranges: &NumberRanges,
        batch: &str,
        lacking: &[Lacking],
        sealed: u64,
        rehearsal: bool,
    ) -> Result<NumberSupply, NumberLedgerError> {
        let mut supply = NumberSupply::default();
        let known = self.known(ranges, batch)?;
        let mut free = Free::new(ranges, &self.runs);
        let mut missing = 0;
        for row in lacking {
            let before = known.get(&row.row).map_or(&[][..], Vec::as_slice);
            if row.row < sealed && before.len() < row.numbers {
                return Err(NumberLedgerError::Lost(self.path));
            }
            let short = row.numbers.saturating_sub(before.len());
            let new = free.take(row.row, short);
            missing += (short - new.len()) as u64;
            supply.new += new.len() as u64;
            before.iter().chain(&new).for_each(|number| supply.add(row.row, *number));
        }
        supply.left = free.left();
        if missing > 0 {
            return Err(NumberLedgerError::Exhausted { left: supply.new + supply.left, missing });
        }
        if supply.new > 0 && !rehearsal {
            self.runs.extend(free.runs(batch));
            self.store()?;
        }
        Ok(supply)
    }

    /// The numbers that the rows of a batch have.
    fn known(
        &self,
        ranges: &NumberRanges,
        batch: &str,
    ) -> Result<BTreeMap<u64, Vec<Waybill>>, NumberLedgerError> {
        let mut known: BTreeMap<u64, Vec<Waybill>> = BTreeMap::new();
        for run in self.runs.iter().filter(|run| run.batch == batch) {
            // The range may be gone from the file if the run has one number.
            let alone = (run.rows == 1 && run.each == 1).then(|| Waybill::parse(&run.first).ok()).flatten();
            if let Some(number) = alone {
                known.entry(run.row).or_default().push(number);
                continue;
            }
            let missing = || NumberLedgerError::Range(self.path.clone(), run.first.clone());
            let (at, first) = ranges.find(&run.first).ok_or_else(missing)?;
            let mut serial = first;
            for row in run.row..run.row + run.rows {
                for _ in 0..run.each {
                    let number = ranges.list()[at].number(serial).ok_or_else(missing)?;
                    known.entry(row).or_default().push(number);
                    serial += 1;
                }
            }
        }
        Ok(known)
    }

    fn store(&self) -> Result<(), NumberLedgerError> {
        let mut text = Vec::with_capacity(self.runs.len() * 200);
        for run in &self.runs {
            // Serialising texts and numbers cannot fail.
            text.extend(serde_json::to_vec(run).unwrap_or_default());
            text.push(b'\n');
        }
        files::write(&self.path, &text, Access::Owner)?;
        Ok(())
    }
}

fn runs_of(bytes: &[u8]) -> Option<Vec<Run>> {
    let lines = std::str::from_utf8(bytes).ok()?.lines();
    let runs: Vec<Run> = lines.map(serde_json::from_str).collect::<Result<_, _>>().ok()?;
    let sound = |run: &Run| {
        run.rows > 0
            && run.each > 0
            && run.row.checked_add(run.rows).is_some()
            && run.rows.checked_mul(run.each).is_some()
    };
    runs.iter().all(sound).then_some(runs)
}

/// The numbers that are free.
struct Free<'a> {
    ranges: &'a NumberRanges,
    /// The next serial number of each range; one more than the last if none is left.
    next: Vec<u64>,
    at: usize,
    /// The runs of what was taken.
    taken: Vec<TakenNumbers>,
}

/// A run of numbers that are taken, with the place of the last.
struct TakenNumbers {
    range: usize,
    last: u64,
    run: Run,
}

impl<'a> Free<'a> {
    fn new(ranges: &'a NumberRanges, runs: &[Run]) -> Self {
        let mut next: Vec<u64> = ranges.list().iter().map(|range| range.first).collect();
        for run in runs {
            // Numbers are handed out upwards, so all up to the highest one are used.
            if let Some((at, serial)) = ranges.find(&run.last) {
                next[at] = next[at].max(serial + 1);
            }
        }
        Self { ranges, next, at: 0, taken: Vec::new() }
    }

    fn next(&mut self) -> Option<(usize, u64, Waybill)> {
        while let Some(range) = self.ranges.list().get(self.at) {
            let serial = self.next[self.at];
            if serial > range.last {
                self.at += 1;
                continue;
            }
            self.next[self.at] += 1;
            if let Some(number) = range.number(serial) {
                return Some((self.at, serial, number));
            }
        }
        None
    }

    /// Takes numbers for a row; returns as many as there are.
    fn take(&mut self, row: u64, count: usize) -> Vec<Waybill> {
        let mut numbers = Vec::with_capacity(count);
        let begun = self.taken.len();
        for _ in 0..count {
            let Some((range, serial, number)) = self.next() else { break };
            numbers.push(number);
            let last = number.to_string();
            match self.taken[begun..].last_mut() {
                Some(taken) if taken.range == range && taken.last + 1 == serial => {
                    (taken.last, taken.run.last) = (serial, last);
                    taken.run.each += 1;
                }
                _ => {
                    let run = Run { batch: String::new(), row, rows: 1, each: 1, first: last.clone(), last };
                    self.taken.push(TakenNumbers { range, last: serial, run });
                }
            }
        }
        self.join(begun);
        numbers
    }

    /// Joins the run of one row to that of the rows before it, if it continues that.
    fn join(&mut self, begun: usize) {
        if let [.., before, own] = &mut self.taken[..]
            && before.range == own.range
            && before.last + own.run.each == own.last
            && before.run.each == own.run.each
            && before.run.row + before.run.rows == own.run.row
        {
            before.last = own.last;
            before.run.last.clone_from(&own.run.last);
            before.run.rows += 1;
            self.taken.truncate(begun);
        }
    }

    /// How many numbers are left; a placeholder among them counts.
    fn left(&self) -> u64 {
        let of = |(range, next): (&NumberRange, &u64)| (range.last + 1).saturating_sub(*next);
        self.ranges.list().iter().zip(&self.next).map(of).sum()
    }

    /// The runs of what was taken.
    fn runs(self, batch: &str) -> impl Iterator<Item = Run> {
        self.taken.into_iter().map(move |taken| Run { batch: batch.to_owned(), ..taken.run })
    }
}

/// Why no numbers are handed out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NumberLedgerError {
    /// The ledger cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another process is handing out numbers.
    #[error("{path}: another process is handing out numbers; wait for it", path = .0.display())]
    Busy(PathBuf),
    /// The file is not a ledger.
    #[error(
        "{path}: not the ledger of a file of waybill numbers; without it numbers would be handed out again: restore it",
        path = .0.display()
    )]
    Damaged(PathBuf),
    /// The ranges have too few numbers.
    #[error("{left} numbers are left, and {missing} more are needed; add a range that the carrier assigned")]
    Exhausted {
        /// Numbers left.
        left: u64,
        /// Numbers that are missing.
        missing: u64,
    },
    /// Labels were made with numbers that the ledger does not have.
    #[error(
        "{path}: lacks numbers of labels that are made already; restore the ledger, or begin the batch again",
        path = .0.display()
    )]
    Lost(PathBuf),
    /// A range from which numbers were handed out to this batch is not in the file any more.
    #[error("{path}: the batch has numbers from {1} on, whose range is not in the file any more; put it back", path = .0.display())]
    Range(PathBuf, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges() -> NumberRanges {
        let text =
            "first,last\nSF1390004216500,SF1390004216509\n888887,888889\nYT8800123456700,YT8800123456799\n";
        NumberRanges::parse(text.as_bytes()).unwrap()
    }

    fn rows(rows: &[(u64, usize)]) -> Vec<Lacking> {
        rows.iter().map(|(row, numbers)| Lacking { row: *row, numbers: *numbers }).collect()
    }

    fn numbers(supply: &NumberSupply, row: u64) -> Vec<String> {
        supply.of(row).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn numbers_are_handed_out_once_and_the_same_rows_get_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waybills.csv");
        let hand_out = |batch: &str, lacking: &[(u64, usize)]| {
            NumberLedger::open(&path).unwrap().hand_out(&ranges(), batch, &rows(lacking), 0, false).unwrap()
        };
        let first = hand_out("a", &[(0, 1), (1, 1), (3, 3), (4, 1)]);
        assert_eq!(numbers(&first, 3), ["SF1390004216502", "SF1390004216503", "SF1390004216504"]);
        assert_eq!((first.new, first.left), (6, 4 + 3 + 100));
        let second = hand_out("b", &[(0, 5)]);
        // Across the end of a range, and without the placeholder 888888.
        let expected = ["SF1390004216506", "SF1390004216507", "SF1390004216508", "SF1390004216509", "888887"];
        assert_eq!(numbers(&second, 0), expected);
        let third = hand_out("c", &[(7, 1), (8, 2)]);
        assert_eq!(
            (numbers(&third, 7), numbers(&third, 8)),
            (vec!["888889".into()], vec!["YT8800123456700".into(), "YT8800123456701".into()])
        );
        // The same rows; one of them now lacks one more, and another row is new.
        let again = hand_out("a", &[(0, 1), (1, 2), (2, 1), (3, 3), (4, 1)]);
        for row in [0, 3, 4] {
            assert_eq!(numbers(&again, row), numbers(&first, row));
        }
        assert_eq!(numbers(&again, 1), ["SF1390004216501", "YT8800123456702"]);
        assert_eq!((numbers(&again, 2), again.new), (vec!["YT8800123456703".to_owned()], 2));
    }

    #[test]
    fn consecutive_rows_are_one_run_and_nothing_of_an_order_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waybills.csv");
        let all: Vec<(u64, usize)> = (0..50).map(|row| (row, 2)).collect();
        let ranges = NumberRanges::parse(
            b"first,last
YT8800123456700,YT8800123456799
",
        )
        .unwrap();
        NumberLedger::open(&path).unwrap().hand_out(&ranges, "a", &rows(&all), 0, false).unwrap();
        let text = std::fs::read_to_string(folder.path().join("waybills.csv.ledger")).unwrap();
        let expected =
            r#"{"batch":"a","row":0,"rows":50,"each":2,"first":"YT8800123456700","last":"YT8800123456799"}"#;
        assert_eq!(text, format!("{expected}\n"));
    }

    #[test]
    fn too_few_numbers_hand_out_none_and_a_rehearsal_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waybills.csv");
        let open = || NumberLedger::open(&path).unwrap();
        let error = open().hand_out(&ranges(), "a", &rows(&[(0, 120)]), 0, false).unwrap_err();
        // 112 and not 113: a placeholder is among them.
        assert!(matches!(error, NumberLedgerError::Exhausted { left: 112, missing: 8 }), "{error}");
        assert_eq!(open().hand_out(&ranges(), "a", &rows(&[(0, 1)]), 0, true).unwrap().new, 1);
        assert!(!folder.path().join("waybills.csv.ledger").exists());
        assert!(matches!(
            open().hand_out(&ranges(), "a", &rows(&[(0, 1)]), 1, false),
            Err(NumberLedgerError::Lost(_))
        ));
        std::fs::write(folder.path().join("waybills.csv.ledger"), "{}\n").unwrap();
        assert!(matches!(NumberLedger::open(&path), Err(NumberLedgerError::Damaged(_))));
    }

    #[test]
    fn threads_that_hand_out_at_once_share_no_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waybills.csv");
        let numbers = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|batch: u64| {
                    let path = &path;
                    scope.spawn(move || {
                        let lacking = rows(&[(0, 3), (1, 3), (2, 3)]);
                        let ledger = NumberLedger::open(path).unwrap();
                        let supply =
                            ledger.hand_out(&ranges(), &batch.to_string(), &lacking, 0, false).unwrap();
                        (0..3).flat_map(|row| super::tests::numbers(&supply, row)).collect::<Vec<_>>()
                    })
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let distinct: std::collections::BTreeSet<_> = numbers.iter().collect();
        assert_eq!((numbers.len(), distinct.len()), (72, 72));
    }
}
