//! The summary of a label.

use super::check::Violation;
use super::masking::check;
use super::person::{Masked, Person};
use super::terms::Terms;

/// The summary of a label: proof that what it holds passed the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    recipient: Masked,
    sender: Option<Masked>,
}

impl Summary {
    /// Masks both people and checks the masks. Of what fails the check less is printed: of an address its division
    /// alone, and nothing of a phone.
    ///
    /// # Errors
    /// [`Violation`], if a mask fails the check even so: no label is printed then.
    pub fn new(recipient: &Person<'_>, sender: Option<&Person<'_>>) -> Result<Self, Violation> {
        Self::on(Terms::default(), recipient, sender)
    }

    /// The same on a carrier's terms; `discreet` is the recipient's alone.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn on(
        terms: Terms<'_>,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
    ) -> Result<Self, Violation> {
        let own = Terms { discreet: false, ..terms };
        let sender = sender.map(|sender| own.proven(sender)).transpose()?;
        Ok(Self { recipient: terms.proven(recipient)?, sender })
    }

    /// Checks masks that were made elsewhere, on the default terms.
    ///
    /// # Errors
    /// [`Violation`] of the first mask that shows what is not proven.
    pub fn from_masked(
        recipient: (&Person<'_>, Masked),
        sender: Option<(&Person<'_>, Masked)>,
    ) -> Result<Self, Violation> {
        check(recipient.0, &recipient.1)?;
        if let Some((person, masked)) = &sender {
            check(person, masked)?;
        }
        Ok(Self { recipient: recipient.1, sender: sender.map(|(_, masked)| masked) })
    }

    /// The recipient's mask.
    #[must_use]
    pub const fn recipient(&self) -> &Masked {
        &self.recipient
    }

    /// The sender's mask.
    #[must_use]
    pub const fn sender(&self) -> Option<&Masked> {
        self.sender.as_ref()
    }
}
