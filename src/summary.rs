//! The masked summary.
use crate::bytes::Text;

/// One person, masked.
#[derive(Default)]
pub struct Masked {
    /// Name.
    pub name: Text<64>,
    /// Phone.
    pub phone: Text<64>,
    /// Address.
    pub address: Text<512>,
}

/// What may be printed.
#[derive(Default)]
pub struct Summary {
    #[doc(hidden)]
    pub to: Masked,
    #[doc(hidden)]
    pub from: Option<Masked>,
}

impl Summary {
    /// The recipient.
    #[must_use]
    pub fn recipient(&self) -> &Masked {
        &self.to
    }

    /// The sender.
    #[must_use]
    pub fn sender(&self) -> Option<&Masked> {
        self.from.as_ref()
    }
}
