//! The line that is being typed, by a hand or by a wedge scanner.
//!
//! A hand that touches a key and types no more must not spoil the scan that follows. Three things keep them apart:
//! what waits on the line is on the screen; a key or two that nothing follows are forgotten after a while; and a
//! scanner types faster than any hand, so that a key which came long before a burst is no part of its code. Where
//! times are not known (a pipe, a slow terminal), [`wedge::parse`](wayseal::read::wedge::parse) skips the key.

use std::time::{Duration, Instant};
use wayseal::read::wedge::{self, Burst, STRAY_MAX};

/// The longest line that is taken: no code is longer.
pub const LINE_MAX: usize = 4096;
/// How long keys that may be stray wait for more.
const FORGOTTEN: Duration = Duration::from_secs(5);
/// The longest pause between two keys of a scanner, and less than the least of a hand's between most of its keys.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a scan waits for its end before the courier is told that none came.
const END_MISSING: Duration = Duration::from_secs(1);
/// How long a tab waits for what follows it: between the two codes of a label, or after the last.
const TAB_WAITS: Duration = Duration::from_millis(150);
/// The fewest characters that are a scan and no rolled keys: the shortest waybill number.
const SCAN_MIN: usize = 6;

/// What is on the line and when it came.
#[derive(Default)]
pub struct Typed {
    text: String,
    last: Option<Instant>,
    /// Where the keys begin that came without a pause between them.
    burst: usize,
}

impl Typed {
    /// A key.
    pub fn push(&mut self, key: char, now: Instant) {
        if self.last.is_none_or(|last| now.duration_since(last) > PAUSE) {
            self.burst = self.text.len();
        }
        self.last = Some(now);
        if self.text.len() < LINE_MAX {
            self.text.push(key);
        }
    }

    /// What a terminal pasted at once.
    pub fn paste(&mut self, text: &str, now: Instant) {
        text.chars().for_each(|key| self.push(key, now));
    }

    /// Takes the last key back.
    pub fn rub_out(&mut self) {
        self.text.pop();
        self.burst = self.burst.min(self.text.len());
    }

    /// Forgets the line.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The finished line, without stray keys before a scan.
    pub fn finish(&mut self) -> String {
        let Self { mut text, burst, .. } = std::mem::take(self);
        let (before, scan) = text.split_at(burst);
        let may_be_stray = before.chars().count() <= STRAY_MAX && scan.chars().count() >= SCAN_MIN;
        // A host that stood still for a moment is no hand: a label's code is whole or not, and tells.
        if may_be_stray && !matches!(wedge::burst(&text), Ok(Burst::Label { .. })) {
            text.drain(..burst);
        }
        text
    }

    /// Whether a tab was the scan's end, since nothing followed it.
    pub fn ended_by_tab(&self, now: Instant) -> bool {
        self.text.ends_with('\t') && self.last.is_some_and(|last| now.duration_since(last) >= TAB_WAITS)
    }

    /// Whether a scan waits for an end that its scanner does not send.
    pub fn lacks_end(&self, now: Instant) -> bool {
        let scanned = self.text.get(self.burst..).is_some_and(|scan| scan.chars().count() >= SCAN_MIN);
        scanned && self.last.is_some_and(|last| now.duration_since(last) >= END_MISSING)
    }

    /// Forgets keys that nothing has followed for long. A number that is typed slowly is longer.
    pub fn tick(&mut self, now: Instant) {
        let waits = self.last.is_some_and(|last| now.duration_since(last) >= FORGOTTEN);
        if waits && self.text.chars().count() <= STRAY_MAX {
            self.clear();
        }
    }

    /// What waits on the line, its end if it is long.
    pub fn shown(&self, columns: usize) -> &str {
        let skipped = self.text.chars().count().saturating_sub(columns);
        self.text.char_indices().nth(skipped).map_or("", |(at, _)| &self.text[at..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types text with so many milliseconds before each key.
    fn typing(typed: &mut Typed, clock: &mut Instant, text: &str, pause: u64) {
        for key in text.chars() {
            *clock += Duration::from_millis(pause);
            typed.push(key, *clock);
        }
    }

    #[test]
    fn a_stray_key_is_no_part_of_the_scan_that_follows() {
        let (mut typed, mut clock) = (Typed::default(), Instant::now());
        // A bar code without an AIM prefix is a number with the key as well: only the time between the keys shows it.
        typing(&mut typed, &mut clock, "1", 0);
        clock += Duration::from_millis(700);
        typing(&mut typed, &mut clock, "YT8800123456789", 4);
        assert_eq!(typed.finish(), "YT8800123456789");
        // Nothing of it is left.
        typing(&mut typed, &mut clock, "YT8800123456790", 4);
        assert_eq!(typed.finish(), "YT8800123456790");
        // The scanner's first key may be late by itself.
        typing(&mut typed, &mut clock, "12", 200);
        typing(&mut typed, &mut clock, "Y", 200);
        typing(&mut typed, &mut clock, "T8800123456789", 4);
        assert_eq!(typed.finish(), "YT8800123456789");
    }

    #[test]
    fn what_a_hand_types_is_kept() {
        for pause in [60, 120, 400, 4_000] {
            let (mut typed, mut clock) = (Typed::default(), Instant::now());
            for key in "YT8800123456789".chars() {
                typing(&mut typed, &mut clock, &key.to_string(), pause);
                typed.tick(clock);
            }
            assert_eq!(typed.finish(), "YT8800123456789", "{pause}");
            typing(&mut typed, &mut clock, "1", pause);
            assert_eq!(typed.finish(), "1");
        }
    }

    #[test]
    fn a_scan_without_an_end_is_noticed_after_a_second_and_a_hand_is_not_hurried() {
        let (mut typed, mut clock) = (Typed::default(), Instant::now());
        typing(&mut typed, &mut clock, "YT8800123456789", 4);
        assert!(!typed.lacks_end(clock + Duration::from_millis(900)));
        assert!(typed.lacks_end(clock + Duration::from_secs(1)));
        typed.finish();
        assert!(!typed.lacks_end(clock + Duration::from_secs(2)));
        typing(&mut typed, &mut clock, "YT8800123456789", 120);
        assert!(!typed.lacks_end(clock + Duration::from_secs(2)));
    }

    #[test]
    fn a_tab_ends_a_scan_unless_another_code_follows() {
        let (mut typed, mut clock) = (Typed::default(), Instant::now());
        typing(&mut typed, &mut clock, "WS1:ABC\t", 4);
        assert!(!typed.ended_by_tab(clock + Duration::from_millis(40)));
        assert!(typed.ended_by_tab(clock + Duration::from_millis(150)));
        typing(&mut typed, &mut clock, "YT8800123456789", 4);
        assert!(!typed.ended_by_tab(clock + Duration::from_secs(1)));
        assert_eq!(typed.finish(), "WS1:ABC\tYT8800123456789");
    }

    #[test]
    fn a_key_or_two_are_forgotten_and_a_number_is_not() {
        let (mut typed, mut clock) = (Typed::default(), Instant::now());
        typing(&mut typed, &mut clock, "1", 0);
        typed.tick(clock + Duration::from_millis(4_900));
        assert_eq!(typed.shown(20), "1");
        typed.tick(clock + FORGOTTEN);
        assert_eq!(typed.shown(20), "");
        typing(&mut typed, &mut clock, "YT88001", 300);
        typed.tick(clock + 4 * FORGOTTEN);
        assert_eq!((typed.shown(20), typed.shown(3)), ("YT88001", "001"));
        typed.rub_out();
        typing(&mut typed, &mut clock, "2", 300);
        assert_eq!(typed.finish(), "YT88002");
    }
}
