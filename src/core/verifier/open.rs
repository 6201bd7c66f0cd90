//! Opening a label with the keys of a station.

use super::LabelKeys;
use super::buffer::{Buffer, Opened};
use super::plan::{OpeningPlan, Want};
use super::revoked::Revoked;
use super::section::{Section, decode, decrypt_section, label_key};
use crate::error::Refusal;
use crate::keys::{Day, Node, SealerId};
use crate::payload::Payload;
use crate::secret::{Key, scrubbed};

/// Opens the labels for which it holds keys.
#[derive(Clone, Copy, Debug)]
pub struct Verifier<'k> {
    nodes: &'k [Node],
    today: Day,
    revoked: &'k [Revoked],
}

impl<'k> Verifier<'k> {
    /// A verifier with these keys. The day `today` is used only to resolve the nine bits of a label's day.
    #[must_use]
    pub const fn new(nodes: &'k [Node], today: Day) -> Self {
        Self { nodes, today, revoked: &[] }
    }

    /// Sets the revoked sealers. `revoked` is sorted by sealer and has one entry for each.
    ///
    /// A label carries its sealer's alias. The delivery key of the site inverts it; a device with contact keys
    /// alone cannot recognise a revoked sealer.
    #[must_use]
    pub const fn with_revoked(mut self, revoked: &'k [Revoked]) -> Self {
        self.revoked = revoked;
        self
    }

    /// Opens the text of a label's QR code into `buffer`, which is wiped before use and on drop.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order of its variants; `buffer` is wiped then.
    pub fn open<'b>(&self, text: &[u8], want: Want, buffer: &'b mut Buffer) -> Result<Opened<'b>, Refusal> {
        buffer.wipe();
        // Kept where it was parsed: a move would put a second copy on the stack.
        let parsed = Payload::parse(text);
        let payload = parsed.as_ref().map_err(|refusal| *refusal)?;
        let plan = OpeningPlan::new(self.nodes, self.today, payload, want)?;
        if cfg!(target_pointer_width = "32") {
            // Called separately: a merged frame would exceed a small device's stack.
            scrubbed(|| decrypt_or_wipe(payload, &plan, buffer))?;
            if !self.revoked.is_empty() {
                scrubbed(|| self.check_or_wipe(payload, &plan, buffer))?;
            }
            return scrubbed(|| decode(payload, plan.parts(), buffer));
        }
        scrubbed(|| {
            decrypt_or_wipe(payload, &plan, buffer)?;
            if !self.revoked.is_empty() {
                self.check_or_wipe(payload, &plan, buffer)?;
            }
            decode(payload, plan.parts(), buffer)
        })
    }

    /// Checks whether the keys match the header of a label, without checking a tag.
    ///
    /// # Errors
    /// [`Refusal`], from [`Refusal::OtherGeneration`] to [`Refusal::TierNotGranted`].
    pub fn reaches(&self, payload: &Payload, want: Want) -> Result<(), Refusal> {
        OpeningPlan::new(self.nodes, self.today, payload, want).map(|_| ())
    }

    /// The sealer of a label, by its alias; `None` without a delivery key of the label's site, region or day, which alone
    /// inverts it. Open the label first: no tag is checked here.
    #[must_use]
    pub fn sealer(&self, payload: &Payload) -> Option<SealerId> {
        let plan = OpeningPlan::new(self.nodes, self.today, payload, Want::Held).ok()?;
        scrubbed(|| plan.sealer(payload.header()))
    }

    /// Checks whether the sealer of a decrypted label is revoked.
    fn check_or_wipe(
        &self,
        payload: &Payload,
        plan: &OpeningPlan<'_>,
        buffer: &mut Buffer,
    ) -> Result<(), Refusal> {
        self.check_sealer(payload, plan, buffer).inspect_err(|_| buffer.wipe())
    }

    fn check_sealer(
        &self,
        payload: &Payload,
        plan: &OpeningPlan<'_>,
        buffer: &mut Buffer,
    ) -> Result<(), Refusal> {
        if let Some(sealer) = plan.sealer(payload.header())
            && let Ok(entry) = self.revoked.binary_search_by_key(&sealer, |entry| entry.sealer)
            && plan.day >= self.revoked[entry].from
        {
            // A malformed plaintext is `tampered`, which takes precedence over revocation; an unsupported one is not.
            return Err(match decode(payload, plan.parts(), buffer) {
                Err(Refusal::Tampered) => Refusal::Tampered,
                _ => Refusal::SealerRevoked,
            });
        }
        Ok(())
    }

    /// Derives the label keys of one label into `out`. Open the label first: no tag is checked here.
    ///
    /// # Errors
    /// [`Refusal`], as [`Verifier::reaches`].
    pub fn load(&self, payload: &Payload, want: Want, out: &mut LabelKeys) -> Result<(), Refusal> {
        let plan = OpeningPlan::new(self.nodes, self.today, payload, want)?;
        *out = LabelKeys::empty();
        out.day = plan.day;
        scrubbed(|| {
            for (key, reached) in [(&mut out.delivery, plan.delivery), (&mut out.contact, plan.contact)] {
                if let Some(reached) = reached {
                    label_key(payload, reached, key.insert(Key::zero()))?;
                }
            }
            Ok(())
        })
    }
}

fn decrypt_or_wipe(payload: &Payload, plan: &OpeningPlan<'_>, buffer: &mut Buffer) -> Result<(), Refusal> {
    decrypt(payload, plan, buffer).inspect_err(|_| buffer.wipe())
}

/// Verifies the tags and decrypts into `buffer`.
fn decrypt(payload: &Payload, plan: &OpeningPlan<'_>, buffer: &mut Buffer) -> Result<(), Refusal> {
    buffer.payload.expose_mut()[..payload.bytes().len()].copy_from_slice(payload.bytes());
    let mut key = Key::zero();
    for (section, reached) in [(Section::Delivery, plan.delivery), (Section::Contact, plan.contact)] {
        if let Some(reached) = reached {
            label_key(payload, reached, &mut key)?;
            decrypt_section(payload, section, &key, buffer)?;
        }
    }
    Ok(())
}
