//! A day of three hundred scans at the courier's terminal, key by key, with a scanner that sends everything twice.

#[cfg(test)]
mod tests {
    use crate::cli::commands::courier::app::{App, Next};
    use crate::cli::commands::courier::screen::take;
    use crate::cli::commands::courier::shift::tests::{Shift, lines_of};
    use crate::cli::commands::courier::typed::Typed;
    use crate::cli::language::Language;
    use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
    use wayseal::device::log::{EntryOutcome, Log};

    const SCANS: u64 = 300;
    const SIZES: [(u16, u16); 2] = [(40, 12), (80, 24)];

    /// What the courier sits at.
    struct Till {
        app: App,
        line: Typed,
        drawn: usize,
    }

    impl Till {
        fn key(&mut self, code: KeyCode) {
            let event = Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
            assert!(take(event, &mut self.line, &mut self.app) == Next::Go);
        }

        /// A hand or a scanner: keys, a tab among them, and Enter.
        fn types(&mut self, text: &str) {
            for character in text.chars() {
                self.key(if character == '\t' { KeyCode::Tab } else { KeyCode::Char(character) });
            }
            self.key(KeyCode::Enter);
            // What is sent twice is drawn in both sizes.
            self.drawn += 1;
            let size = SIZES[self.drawn % 2];
            let whole = lines_of(&self.app, &self.line, size).concat();
            assert!(!whole.contains("ALARM") && !whole.contains("report"), "{size:?}: {whole}");
        }

        /// A scanner that sends everything twice.
        fn scans(&mut self, text: &str) {
            self.types(text);
            self.types(text);
        }

        /// The record is on the screen, whole, whatever its size.
        fn shows(&self, number: u64) {
            for size in SIZES {
                let whole: String = lines_of(&self.app, &self.line, size)
                    .concat()
                    .chars()
                    .filter(|character| !character.is_whitespace())
                    .collect();
                for part in ["欧阳修远", "13812345678", "1203室", &format!("YT{number:013}"), "hidesin"]
                {
                    assert!(whole.contains(part), "{number} {size:?} {part}: {whole}");
                }
            }
        }
    }

    #[test]
    fn a_day_of_three_hundred_scans_sent_twice_is_charged_once_a_parcel_and_accuses_nobody() {
        let shift = Shift::with_budget(SCANS as u32);
        let open = || Till { app: shift.app(Language::En), line: Typed::default(), drawn: 0 };
        let mut till = open();
        // Lines that reach a label, the first of each parcel apart; those that reach none; files that are refused.
        let (mut copies, mut others, mut refused) = (0, 0, 0);
        let (mut delivered, mut unread) = (0, 0);
        for number in 1..=SCANS {
            if number == SCANS / 2 {
                // The terminal is closed and opened again: the list and its counts are there.
                drop(till);
                till = open();
                let status = lines_of(&till.app, &till.line, SIZES[0])[0].clone();
                assert!(status.contains(&format!("{delivered}/{}", number - 1)), "{status}");
                unread = 0;
            }
            let text = shift.label(number, 12, "13812345678");
            let bar = format!("YT{number:013}");
            match number % 10 {
                1 => till.scans(&format!("{text}\t{bar}")),
                2 => {
                    till.scans(&bar);
                    till.scans(&text);
                }
                3 => {
                    till.scans(&text);
                    till.scans(&bar);
                }
                4 => {
                    till.scans("6901234567892");
                    till.scans(&text);
                }
                5 => {
                    till.scans(&text[..60]);
                    till.scans(&text);
                    others += 2;
                }
                6 => till.scans(&format!("{text}{text}")),
                7 => {
                    till.scans(&shift.label(number, 13, "13812345678"));
                    till.scans(&text);
                    others += 2;
                }
                8 => {
                    till.scans(&text);
                    let file = shift.state().join(format!("inbox/{number}.grant"));
                    std::fs::write(file, "no grant").unwrap();
                    till.types(&text);
                    copies += 1;
                    refused += 1;
                    unread += 1;
                    till.shows(number);
                    let status = lines_of(&till.app, &till.line, SIZES[1])[0].clone();
                    assert!(status.ends_with(&format!("inbox {unread}")), "{status}");
                }
                9 => {
                    // The old label of the parcel, and a code that is none of ours.
                    till.scans("https://example.com/p/7");
                    till.scans(&text);
                    others += 2;
                }
                _ => till.scans(&text),
            }
            copies += 1;
            till.shows(number);
            if number % 9 == 0 {
                till.types("4");
                till.types("3");
            } else {
                till.types("1");
                delivered += 1;
            }
            let status = lines_of(&till.app, &till.line, SIZES[1])[0].clone();
            assert!(status.contains(&format!("{delivered}/{number}")), "{status}");
            assert!(status.contains(&format!("left {}", SCANS - number)), "{status}");
        }
        assert_eq!(u64::from(till.app.session.spent()), SCANS);
        drop(till);
        let till = open();
        let status = lines_of(&till.app, &till.line, SIZES[0])[0].clone();
        assert!(status.contains(&format!("{delivered}/{SCANS}")), "{status}");

        // Every line is on the log, once, for what it was.
        let log = std::fs::read(shift.state().join(Log::FILE)).unwrap();
        let verified = shift.auditor.verify(&log, None).unwrap();
        assert_eq!(verified.damage, []);
        let count = |is: &dyn Fn(EntryOutcome) -> bool| {
            verified.entries.iter().filter(|entry| is(entry.mark)).count() as u64
        };
        assert_eq!(count(&|mark| mark == EntryOutcome::Opened), SCANS);
        // A machine that stood still for five seconds takes a copy for another opening, which is not charged.
        assert_eq!(count(&|mark| [EntryOutcome::Repeated, EntryOutcome::Uncounted].contains(&mark)), copies);
        assert_eq!(count(&|mark| matches!(mark, EntryOutcome::Refused(_))), others);
        assert_eq!(count(&|mark| mark == EntryOutcome::Delivered), delivered);
        assert_eq!(count(&|mark| mark == EntryOutcome::Nobody), SCANS - delivered);
        let kept = std::fs::read_to_string(shift.state().join("refused")).unwrap();
        assert_eq!(kept.lines().count(), refused);
    }
}
