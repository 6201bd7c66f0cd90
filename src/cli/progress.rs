//! Progress of a batch: a bar on a terminal, a line every ten seconds elsewhere, JSON events on request.

use super::console::{self, warn};
use super::language::Language;
use crate::cli::language::seal as text;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use wayseal::batch::manifest::Manifest;

/// Time between two lines where there is no terminal.
const LINES: Duration = Duration::from_secs(10);
/// Time between two events.
const EVENTS: Duration = Duration::from_secs(1);
/// Time between two updates of the bar.
const BAR: Duration = Duration::from_millis(100);

/// Reports the progress of a batch.
pub struct Progress {
    language: Language,
    to: ProgressTarget,
    begun: Instant,
    reported: Instant,
    /// Labels and finished share at the first report, from which the rate is measured.
    first: Option<(u64, f64)>,
}

enum ProgressTarget {
    Bar(ProgressBar),
    Lines,
    /// Events, to the standard error if labels go to the standard output.
    Events {
        aside: bool,
    },
}

impl Progress {
    /// Starts reporting: `json` for events; `aside` sends them to the standard error, because labels take the standard output.
    pub fn new(language: Language, json: bool, aside: bool) -> Self {
        let to = if json {
            ProgressTarget::Events { aside }
        } else if console::is_watched() {
            let style = ProgressStyle::with_template("{bar:32} {percent:>3}% {msg}");
            let bar = ProgressBar::new(1000);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            ProgressTarget::Bar(bar)
        } else {
            ProgressTarget::Lines
        };
        let now = Instant::now();
        Self { language, to, begun: now, reported: now, first: None }
    }

    /// Reports the progress if enough time has passed. `share` is the finished share of all rows, if it is known.
    pub fn report(&mut self, manifest: &Manifest, share: Option<f64>) {
        let now = Instant::now();
        let (labels, part) = *self.first.get_or_insert_with(|| {
            self.begun = now;
            (manifest.labels, share.unwrap_or(0.0))
        });
        let between = match self.to {
            ProgressTarget::Bar(_) => BAR,
            ProgressTarget::Lines => LINES,
            ProgressTarget::Events { .. } => EVENTS,
        };
        if now - self.reported < between {
            return;
        }
        self.reported = now;
        let passed = (now - self.begun).as_secs_f64();
        let rate = ((manifest.labels - labels) as f64 / passed.max(1e-3)).round() as u64;
        let left = share.filter(|share| *share > part).map(|share| passed * (1.0 - share) / (share - part));
        let left = left.map(|left| left.max(0.0).round() as u64);
        match &self.to {
            ProgressTarget::Events { .. } => self.event(&json!({
                "event": "progress", "rows": manifest.rows, "labels": manifest.labels,
                "rejected": manifest.rejected, "labels_per_second": rate, "seconds_left": left,
            })),
            ProgressTarget::Bar(bar) => {
                bar.set_position(share.map_or(0, |share| (share * 1000.0) as u64));
                bar.set_message(console::text(&self.message(manifest, rate, left)).into_owned());
            }
            ProgressTarget::Lines => warn(&self.message(manifest, rate, left)),
        }
    }

    fn message(&self, manifest: &Manifest, rate: u64, left: Option<u64>) -> String {
        let language = self.language;
        let mut message =
            format!("{} {} · {}/s", HumanCount(manifest.labels), language.of(text::LABELS), HumanCount(rate));
        if let Some(left) = left {
            let clock = format!("{}:{:02}", left / 60, left % 60);
            message += &text::left(language, clock);
        }
        if manifest.rejected > 0 {
            message += &format!(" · {} {}", HumanCount(manifest.rejected), language.of(text::REJECTED));
        }
        message
    }

    /// Prints a line for people, above the bar.
    pub fn line(&self, line: &str) {
        match &self.to {
            ProgressTarget::Bar(bar) => bar.suspend(|| warn(line)),
            ProgressTarget::Lines => warn(line),
            ProgressTarget::Events { .. } => {}
        }
    }

    /// Prints an event for machines.
    pub fn event(&self, event: &Value) {
        if let ProgressTarget::Events { aside } = self.to {
            // A reader that has gone does not stop the batch.
            let event = event.to_string();
            if aside {
                warn(&event);
            } else {
                let _gone = console::tell(&event);
            }
        }
    }

    /// Whether events are printed instead of lines.
    pub const fn is_json(&self) -> bool {
        matches!(self.to, ProgressTarget::Events { .. })
    }

    /// Removes the bar.
    pub fn end(&self) {
        if let ProgressTarget::Bar(bar) = &self.to {
            bar.finish_and_clear();
        }
    }
}
