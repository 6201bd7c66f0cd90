//! The texts of the codes that a printer draws.

/// The texts of the codes of a label.
pub(super) struct CodeTexts {
    qr: Vec<u8>,
    bars: Vec<u8>,
}

impl CodeTexts {
    /// Whether they are these two.
    pub(super) fn are(&self, qr: &str, bars: &str) -> bool {
        self.qr == qr.as_bytes() && self.bars == bars.as_bytes()
    }

    /// Of one QR code and one bar code; `None` if there are more or fewer.
    pub(super) fn one_each(mut qr: Vec<Vec<u8>>, mut bars: Vec<Vec<u8>>) -> Option<Self> {
        if (qr.len(), bars.len()) != (1, 1) {
            return None;
        }
        Some(Self { qr: qr.pop()?, bars: bars.pop()? })
    }
}
