//! The printer's settings for a label: heat, speed, paper, position. Left out, nothing is sent for them, and the printer
//! keeps its own.

use serde::Deserialize;

/// What a template sets of the printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PrinterSettings {
    /// Heat of the print head in per cent of its greatest.
    pub darkness: Option<u8>,
    /// Inches per second.
    pub speed: Option<u8>,
    /// How labels are told apart.
    pub media: Option<Media>,
    /// The gap between labels, or the height of the black mark, in millimetres.
    pub gap_mm: Option<f32>,
    /// How far everything is moved to the right and downwards, in millimetres.
    pub offset_mm: Option<[f32; 2]>,
    /// 0 or 180 degrees.
    pub rotation: Option<u16>,
    /// How far the paper is fed beyond the label, to the tear bar, in millimetres.
    pub tear_off_mm: Option<f32>,
}

/// How a printer tells labels apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Media {
    /// By a gap between them.
    Gap,
    /// By a black mark on the back.
    Mark,
    /// Not at all: the paper is one piece.
    Continuous,
}

impl PrinterSettings {
    /// Whether the picture is turned upside down.
    pub(super) fn is_turned(&self) -> bool {
        self.rotation == Some(180)
    }

    /// The key of a value that is out of its range, and the range.
    pub(super) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let range = |key, is_in: bool, range| is_in.then_some(()).ok_or((key, range));
        range("printer.darkness", self.darkness.is_none_or(|heat| heat <= 100), "from 0 to 100")?;
        range("printer.speed", self.speed.is_none_or(|speed| (1..=14).contains(&speed)), "from 1 to 14")?;
        range("printer.gap_mm", self.gap_mm.is_none_or(|gap| (0.0..=25.0).contains(&gap)), "from 0 to 25")?;
        let offset = self.offset_mm.is_none_or(|offset| offset.iter().all(|mm| (-10.0..=10.0).contains(mm)));
        range("printer.offset_mm", offset, "from -10 to 10")?;
        let rotation = self.rotation.is_none_or(|degrees| degrees == 0 || degrees == 180);
        range("printer.rotation", rotation, "0 or 180")?;
        let tear_off = self.tear_off_mm.is_none_or(|mm| (-10.0..=10.0).contains(&mm));
        range("printer.tear_off_mm", tear_off, "from -10 to 10")
    }
}
