//! How certain a refusal of a typed text is. A text that a scanner typed has no check but the label's own tag, so that one wrong
//! character looks like a forgery: a refusal is believed only when the same text comes from another scan, and came as it was
//! printed.

use std::time::{Duration, Instant};
use wayseal::error::Refusal;
use wayseal::read::wedge::WedgeDamage;

/// Within this time a text that arrives again is the same scan, sent twice, as openings are counted.
const SAME_SCAN: Duration = Duration::from_secs(5);

/// The text that was refused last.
#[derive(Default)]
pub struct Doubts {
    refused: Option<(String, Instant)>,
}

/// What may be wrong with a text that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// One character may have changed on the way: it is to be scanned again.
    Misread,
    /// It comes the same again, and a keyboard's setting may change it each time.
    Setting,
    /// Nothing: the refusal is the label's.
    Nothing,
}

impl Doubts {
    /// Judges a text that is refused at a time.
    pub fn judge(&mut self, text: &str, damage: WedgeDamage, refusal: Refusal, at: Instant) -> Doubt {
        if !may_be_misread(refusal) {
            self.refused = None;
            return Doubt::Nothing;
        }
        match &self.refused {
            Some((last, since)) if last == text && at.saturating_duration_since(*since) > SAME_SCAN => {
                if damage.is_none() && !lacks_spaces(text) {
                    Doubt::Nothing
                } else {
                    Doubt::Setting
                }
            }
            // Copies of one scan do not put off the second one.
            Some((last, _)) if last == text => Doubt::Misread,
            _ => {
                self.refused = Some((text.to_owned(), at));
                Doubt::Misread
            }
        }
    }

    /// Forgets the text: another one was opened.
    pub fn clear(&mut self) {
        self.refused = None;
    }
}

/// Whether one wrong character on the way from the scanner could give a refusal.
const fn may_be_misread(refusal: Refusal) -> bool {
    !matches!(refusal, Refusal::NotOurs | Refusal::Damaged | Refusal::TierNotGranted | Refusal::Unsupported)
}

/// Whether spaces may have been typed as `+`: of a hundred payloads a few have a plus and no space.
pub fn lacks_spaces(text: &str) -> bool {
    !text.contains(' ') && text.contains('+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_believed_when_it_comes_from_a_second_scan_unchanged() {
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let plain = WedgeDamage::default();
        let mut doubts = Doubts::default();
        let mut judge = |text: &str, damage, at| doubts.judge(text, damage, Refusal::Tampered, after(at));
        // A scanner that sends everything twice, or three times, is no second scan.
        for at in [0, 40, 1_600, 4_900] {
            assert_eq!(judge("WS1:A B", plain, at), Doubt::Misread, "{at}");
        }
        assert_eq!(judge("WS1:A B", plain, 5_100), Doubt::Nothing);
        assert_eq!(judge("WS1:A B", plain, 9_000), Doubt::Nothing);
        // Another text begins anew.
        assert_eq!(judge("WS1:A C", plain, 20_000), Doubt::Misread);
        assert_eq!(judge("WS1:A B", plain, 30_000), Doubt::Misread);
        // What a setting changes is changed each time.
        let mut changed = plain;
        changed.caps_lock = true;
        assert_eq!(judge("WS1:A B", changed, 40_000), Doubt::Setting);
        assert_eq!(judge("WS1:A+B", plain, 50_000), Doubt::Misread);
        assert_eq!(judge("WS1:A+B", plain, 60_000), Doubt::Setting);
        // A refusal that no misread gives needs no second scan.
        assert_eq!(doubts.judge("x", plain, Refusal::NotOurs, start), Doubt::Nothing);
    }
}
