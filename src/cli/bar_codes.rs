//! A label's bar code that is scanned by itself: which QR code it belongs to, by order and time.
//!
//! One that repeats the number of the label before it confirms that label, and waits for nothing. Another one waits for the
//! QR code that follows it. That code is compared only if both belong to one parcel as far as a clock can tell: soon after each
//! other, and closer to each other than to the label before; and only if it is a whole number that may be a parcel's. A number
//! that lost a key on the way, or that of goods, says nothing of the label.

use std::time::{Duration, Instant};
use wayseal::payload::Waybill;
use wayseal::read::likeness::{Likeness, likeness};
use wayseal::read::wedge::WedgeDamage;

/// Within this time a QR code is of the parcel whose bar code was scanned, whatever came before.
const SOON: Duration = Duration::from_secs(5);
/// After this time it is no longer, whatever came before.
const LONG: Duration = Duration::from_secs(60);

/// The bar codes of a session.
#[derive(Default)]
pub struct BarCodes {
    waiting: Option<WaitingBarCode>,
    before: Option<Before>,
}

/// A bar code that waits for its QR code.
struct WaitingBarCode {
    typed: String,
    at: Instant,
    /// How long after the label before it was scanned.
    after: Option<Duration>,
}

/// The label that was scanned last.
struct Before {
    waybill: String,
    damage: WedgeDamage,
    at: Instant,
}

impl BarCodes {
    /// Takes a bar code that came alone; whether it is that of the label before.
    pub fn scanned(&mut self, typed: &str, at: Instant) -> bool {
        let own = self.before.as_ref().is_some_and(|before| {
            let is_own = |number: &str| likeness(number, &before.waybill) == Likeness::Same;
            is_own(&as_number(typed)) || meant(typed, before.damage).is_some_and(|number| is_own(&number))
        });
        if own {
            self.waiting = None;
            return true;
        }
        let after = self.before.as_ref().map(|before| at.saturating_duration_since(before.at));
        self.waiting = Some(WaitingBarCode { typed: typed.to_owned(), at, after });
        false
    }

    /// The number beside a QR code that is scanned now, if it can be told: of the same burst, or that which waited.
    pub fn beside(
        &mut self,
        waybill: &str,
        damage: WedgeDamage,
        burst: Option<String>,
        at: Instant,
    ) -> Option<String> {
        let waiting = self.waiting.take().filter(|waiting| {
            let gap = at.saturating_duration_since(waiting.at);
            gap <= SOON || gap <= LONG && waiting.after.is_none_or(|after| gap <= after)
        });
        self.before = Some(Before { waybill: waybill.to_owned(), damage, at });
        let typed = burst.or(waiting.map(|waiting| waiting.typed))?;
        let number = meant(&typed, damage)?;
        match likeness(&number, waybill) {
            Likeness::Same => Some(waybill.to_owned()),
            Likeness::Other => Some(number),
            Likeness::Unknown => None,
        }
    }
}

/// The number that was printed, given what a host received through the same layout as the QR code.
fn meant(typed: &str, damage: WedgeDamage) -> Option<String> {
    damage.undo(typed).filter(|number| Waybill::parse(number).is_ok())
}

/// The number in a text that no layout changed.
fn as_number(typed: &str) -> String {
    typed.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wayseal::read::wedge::KeyboardLayout;

    const A: &str = "YT8800000000001";
    const B: &str = "YT8800000000002";
    const C: &str = "YT8800000000003";

    /// What a clock reads after so many milliseconds.
    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    fn beside(codes: &mut BarCodes, waybill: &str, at: Instant) -> Option<String> {
        codes.beside(waybill, WedgeDamage::default(), None, at)
    }

    #[test]
    fn a_bar_code_after_its_label_is_not_compared_with_the_next_label() {
        let start = Instant::now();
        // However often each is sent, and however fast.
        for pause in [0, 40, 900, 8_000] {
            for copies in 1..3 {
                let mut codes = BarCodes::default();
                let mut clock = 0;
                for waybill in [A, B, C] {
                    for _ in 0..copies {
                        assert_eq!(beside(&mut codes, waybill, after(start, clock)), None, "{pause}");
                        clock += pause;
                    }
                    for _ in 0..copies {
                        assert!(codes.scanned(waybill, after(start, clock)));
                        clock += pause;
                    }
                }
            }
        }
    }

    #[test]
    fn a_bar_code_before_its_label_is_compared_and_a_move_found() {
        let start = Instant::now();
        for (walk, pause) in [(0, 0), (3_000, 1_000), (20_000, 15_000), (400, 4_900)] {
            let mut codes = BarCodes::default();
            let mut clock = 0;
            for (bar, label) in [(A, A), (B, C), (C, B), (B, B)] {
                clock += walk;
                if codes.scanned(bar, after(start, clock)) {
                    continue;
                }
                clock += pause;
                assert_eq!(beside(&mut codes, label, after(start, clock)).as_deref(), Some(bar));
            }
        }
    }

    #[test]
    fn what_a_clock_cannot_tell_is_not_compared() {
        let start = Instant::now();
        // The moved label of A's parcel is scanned first, its bar code right after it: C's label a minute later is not to blame.
        let mut codes = BarCodes::default();
        assert_eq!(beside(&mut codes, A, start), None);
        assert!(!codes.scanned(B, after(start, 1_000)));
        assert_eq!(beside(&mut codes, C, after(start, 31_000)), None);
        // One that was scanned long ago is no longer of the parcel in hand.
        let mut codes = BarCodes::default();
        codes.scanned(A, start);
        assert_eq!(beside(&mut codes, B, after(start, 61_000)), None);
        // Goods have codes as well.
        for goods in
            ["6901234567892", "036000291452", "96385074", "16901234567899", "SKU-10045-B", "LOT20261129"]
        {
            codes.scanned(goods, after(start, 70_000));
            assert_eq!(beside(&mut codes, B, after(start, 71_000)), None, "{goods}");
        }
    }

    #[test]
    fn a_bar_code_is_read_through_the_layout_of_its_label() {
        let start = Instant::now();
        let mut german = WedgeDamage::default();
        german.layout = KeyboardLayout::German;
        let typed = KeyboardLayout::German.typed(A, false);
        let mut codes = BarCodes::default();
        codes.scanned(&typed, start);
        assert_eq!(codes.beside(A, german, None, start).as_deref(), Some(A));
        assert!(codes.scanned(&typed, start));
        assert_eq!(codes.beside(B, german, Some(typed), start).as_deref(), Some(A));
    }
}
