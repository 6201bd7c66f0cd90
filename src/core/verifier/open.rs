//! Opening a label with the keys of a station.

use super::LabelKeys;
use super::buffer::{Buffer, Opened};
use super::plan::{OpeningPlan, Want};
use super::revoked::Revoked;
use super::section::{Section, decode, decrypt_section, label_key};
use crate::error::Refusal;
use crate::keys::{Day, Node};
use crate::payload::Payload;
use crate::secret::{Key, scrubbed};

/// Opens the labels that its keys reach.
#[derive(Clone, Copy, Debug)]
pub struct Verifier<'k> {
    nodes: &'k [Node],
    today: Day,
    revoked: &'k [Revoked],
}

impl<'k> Verifier<'k> {
    /// A verifier with these keys, on the day `today`, which only resolves the nine bits of a label's day.
    #[must_use]
    pub const fn new(nodes: &'k [Node], today: Day) -> Self {
        Self { nodes, today, revoked: &[] }
    }

    /// Refuses the labels of revoked sealers; `revoked` is sorted by sealer, one entry each.
    ///
    /// A label names its sealer by an alias, which the delivery keys of its site turn back. Without them,
    /// as on a device that holds contact keys alone, no sealer is recognised.
    #[must_use]
    pub const fn with_revoked(mut self, revoked: &'k [Revoked]) -> Self {
        self.revoked = revoked;
        self
    }

    /// Opens the text of a label's QR code into `buffer`, which is wiped first and when dropped.
    ///
    /// # Errors
    /// [`Refusal`], in the order of its variants; nothing is left in `buffer` then.
    pub fn open<'b>(&self, text: &[u8], want: Want, buffer: &'b mut Buffer) -> Result<Opened<'b>, Refusal> {
        buffer.wipe();
        // Held where it was parsed: a move would leave a second copy on the stack.
        let parsed = Payload::parse(text);
        let payload = parsed.as_ref().map_err(|refusal| *refusal)?;
        let plan = OpeningPlan::new(self.nodes, self.today, payload, want)?;
        if cfg!(target_pointer_width = "32") {
            // Each by itself: together their frames take more stack than a small device has.
            scrubbed(|| self.decrypt_or_wipe(payload, &plan, buffer))?;
            return scrubbed(|| decode(payload, plan.parts(), buffer));
        }
        scrubbed(|| {
            self.decrypt_or_wipe(payload, &plan, buffer)?;
            decode(payload, plan.parts(), buffer)
        })
    }

    /// Whether the keys reach a label, by what it claims: the refusals before the tag.
    ///
    /// # Errors
    /// [`Refusal`], from [`Refusal::OtherGeneration`] to [`Refusal::TierNotGranted`].
    pub fn reaches(&self, payload: &Payload, want: Want) -> Result<(), Refusal> {
        OpeningPlan::new(self.nodes, self.today, payload, want).map(|_| ())
    }

    fn decrypt_or_wipe(
        &self,
        payload: &Payload,
        plan: &OpeningPlan<'_>,
        buffer: &mut Buffer,
    ) -> Result<(), Refusal> {
        self.decrypt(payload, plan, buffer).inspect_err(|_| buffer.wipe())
    }

    /// Checks the tags, then decrypts into `buffer`; then looks for the sealer among the revoked.
    fn decrypt(&self, payload: &Payload, plan: &OpeningPlan<'_>, buffer: &mut Buffer) -> Result<(), Refusal> {
        buffer.payload.expose_mut()[..payload.bytes().len()].copy_from_slice(payload.bytes());
        let mut key = Key::zero();
        for (section, reached) in [(Section::Delivery, plan.delivery), (Section::Contact, plan.contact)] {
            if let Some(reached) = reached {
                label_key(payload, reached, &mut key)?;
                decrypt_section(payload, section, &key, buffer)?;
            }
        }
        if self.revoked.is_empty() { Ok(()) } else { self.check_sealer(payload, plan, buffer) }
    }

    /// Looks for the sealer of a decrypted label among the revoked, in a frame that the decryption
    /// does not have on its stack.
    #[cfg_attr(not(feature = "fast"), inline(never))]
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
            // Still `tampered` if the content does not decode: it comes before the revocation.
            decode(payload, plan.parts(), buffer)?;
            return Err(Refusal::SealerRevoked);
        }
        Ok(())
    }

    /// Derives the keys of one label into `out`. The label is to be opened first: no tag is checked here.
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
