//! Selects the codec that writes a section in the fewest bits.

#[cfg(feature = "fast")]
use super::classes::Classes;
use super::codec::Codec;
#[cfg(not(feature = "fast"))]
use super::hash::PlainTexts;
use super::section::SectionSplit;
use crate::record::TEXT_MAX;
use crate::record::sink::Sink;

/// All codecs. Of equally short ones the first is taken.
#[cfg(feature = "fast")]
const ORDER: [Codec; 5] = [Codec::Chinese, Codec::ChineseOnly, Codec::Plain, Codec::Latin, Codec::Script];

/// Texts of a section at most.
const TEXTS_MAX: usize = 8;

/// Positions of the longest texts that a label takes: their characters and ends.
const LONGEST: usize = if cfg!(feature = "fast") { 1024 } else { TEXT_MAX + TEXTS_MAX + 1 };

/// Positions that are kept at once. Those of most labels fit a device's window too.
const ROOM: usize = if cfg!(feature = "fast") { LONGEST } else { 96 };

/// Whether longer texts are split window by window.
const STREAMED: bool = cfg!(not(feature = "fast"));

/// Most texts are short: smaller arrays cost less to zero.
#[cfg(feature = "fast")]
const ROOM_USUAL: usize = 128;

impl Codec {
    /// Whether texts are short enough for [`Codec::shortest`]: all that a label takes are, and some that are too long.
    pub(in crate::record) fn takes(texts: &[&str]) -> bool {
        bytes(texts) + texts.len() < LONGEST
    }

    /// Writes a section to `out` in the shortest codec for its texts and returns its length in bits. `head` writes the
    /// fields between the codec number and the texts. The first text is a name; empty texts are skipped. All together
    /// are short enough for [`Codec::takes`].
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(in crate::record) fn shortest(texts: &[&str], out: &mut [u8], head: &dyn Fn(&mut Sink<'_>)) -> usize {
        #[cfg(feature = "fast")]
        if bytes(texts) + texts.len() < ROOM_USUAL {
            return write::<ROOM_USUAL>(texts, Classes::new(texts), out, head);
        }
        #[cfg(feature = "fast")]
        return write::<ROOM>(texts, Classes::new(texts), out, head);
        #[cfg(not(feature = "fast"))]
        write::<ROOM>(texts, PlainTexts::new(texts), out, head)
    }

    /// The length in bits of texts that are too long for any label, for the error: that in UTF-8. A device has no stack for a
    /// second search.
    #[cfg(not(feature = "fast"))]
    pub(in crate::record) fn about(texts: &[&str]) -> usize {
        8 * (bytes(texts) + texts.len())
    }

    /// The length in bits of texts that are too long for any label, for the error: about that of the shortest codec.
    #[cfg(feature = "fast")]
    pub(in crate::record) fn about(texts: &[&str]) -> usize {
        let mut split = SectionSplit::<ROOM, STREAMED>::new();
        let mut least = 8 * (bytes(texts) + texts.len());
        for codec in ORDER.into_iter().filter(|codec| *codec != Self::Plain) {
            let mut bits = 0;
            for mut rest in texts.iter().copied() {
                while let Some((part, after)) = rest.split_at_checked(rest.floor_char_boundary(TEXT_MAX / 2))
                    && !part.is_empty()
                {
                    // The name's table hardly matters here.
                    let part = ["", part];
                    let mut letters = Classes::<ROOM>::new(&part);
                    bits += split.find(codec, &mut letters, usize::MAX).unwrap_or(0);
                    rest = after;
                }
            }
            least = least.min(bits);
        }
        least
    }
}

fn bytes(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.len()).sum()
}

/// The likely shortest codec is tried first, and the others only as far as they could be shorter.
fn write<const ROOM: usize>(
    texts: &[&str],
    mut letters: SectionLetters<'_, ROOM>,
    out: &mut [u8],
    head: &dyn Fn(&mut Sink<'_>),
) -> usize {
    let mut split = SectionSplit::<ROOM, STREAMED>::new();
    #[cfg(feature = "fast")]
    let codec = choose(texts, &mut letters, &mut split);
    // A device searches one codec while it keeps the split of the best: two windows are less work than to split again.
    #[cfg(not(feature = "fast"))]
    let mut other = SectionSplit::<ROOM, STREAMED>::new();
    #[cfg(not(feature = "fast"))]
    let (codec, split) = choose_small(texts, &mut letters, [&mut split, &mut other]);
    let mut sink = Sink::new(out);
    sink.put(codec as u32, Codec::BITS);
    head(&mut sink);
    if codec == Codec::Plain {
        texts.iter().filter(|text| !text.is_empty()).for_each(|text| sink.terminated(text.as_bytes()));
    } else {
        split.write(codec, &mut letters, &mut sink);
    }
    sink.finish()
}

/// Tries all codecs in their order: a device has no floors for them. Returns the shortest, and the split in it.
#[cfg(not(feature = "fast"))]
fn choose_small<'s, const ROOM: usize>(
    texts: &[&str],
    letters: &mut PlainTexts<'_>,
    [mut split, mut other]: [&'s mut SectionSplit<ROOM, STREAMED>; 2],
) -> (Codec, &'s mut SectionSplit<ROOM, STREAMED>) {
    let mut best = Codec::Plain;
    let mut least = texts.iter().filter(|text| !text.is_empty()).map(|text| 8 * (text.len() + 1)).sum();
    for codec in [Codec::Chinese, Codec::ChineseOnly, Codec::Latin, Codec::Script] {
        // Those before UTF-8 in the order win where both are equally short. No texts are left in UTF-8.
        let earlier = best == Codec::Plain && least > 0 && (codec as u32) < Codec::Latin as u32;
        if let Some(bits) = other.find(codec, letters, least + usize::from(earlier)) {
            (best, least) = (codec, bits);
            core::mem::swap(&mut split, &mut other);
        }
    }
    (best, split)
}

#[cfg(feature = "fast")]
fn choose<const ROOM: usize>(
    texts: &[&str],
    letters: &mut SectionLetters<'_, ROOM>,
    split: &mut SectionSplit<ROOM, STREAMED>,
) -> Codec {
    let floors = floors::<ROOM>(texts, letters);
    let floor = |codec: Codec| floors[codec as usize];
    let (mut best, mut least) = (Codec::Plain, floor(Codec::Plain));
    if least == 0 {
        // There are no texts.
        return best;
    }
    let settled = settled::<ROOM>(letters, split);
    let others = || ORDER.into_iter().filter(|codec| *codec != Codec::Plain && Some(*codec) != settled);
    let likely = others().min_by_key(|codec| floor(*codec));
    for codec in likely.into_iter().chain(others().filter(|codec| Some(*codec) != likely)) {
        // An earlier codec of the order wins where both are equally short.
        let limit = least + usize::from(codec.rank() < best.rank());
        if floor(codec) < limit
            && let Some(bits) = split.find(codec, letters, limit)
        {
            (best, least) = (codec, bits);
        }
    }
    best
}

#[cfg(feature = "fast")]
impl Codec {
    /// Its place in the order.
    fn rank(self) -> usize {
        ORDER.iter().position(|codec| *codec == self).unwrap_or(ORDER.len())
    }
}

#[cfg(feature = "fast")]
type SectionLetters<'t, const ROOM: usize> = Classes<ROOM>;
#[cfg(not(feature = "fast"))]
type SectionLetters<'t, const ROOM: usize> = PlainTexts<'t>;

/// A lower bound in bits for the texts in each codec, by codec number. That for UTF-8 is exact.
#[cfg(feature = "fast")]
fn floors<const ROOM: usize>(texts: &[&str], letters: &SectionLetters<'_, ROOM>) -> [usize; 5] {
    let mut floors = [0; 5];
    floors[Codec::Plain as usize] =
        texts.iter().filter(|text| !text.is_empty()).map(|text| 8 * (text.len() + 1)).sum();
    let [[names, chinese, latin, script], [_, more_chinese, more_latin, more_script]] = letters.floors();
    floors[Codec::Chinese as usize] = names + more_chinese;
    floors[Codec::ChineseOnly as usize] = chinese + more_chinese;
    floors[Codec::Latin as usize] = latin + more_latin;
    floors[Codec::Script as usize] = script + more_script;
    floors
}

/// Which of the two Chinese codecs need not be tried. They differ only in the table of the name, so where nothing else
/// depends on the name, the name decides. A device tries both: slower, but no further code.
#[cfg(feature = "fast")]
fn settled<const ROOM: usize>(
    letters: &mut SectionLetters<'_, ROOM>,
    split: &mut SectionSplit<ROOM, STREAMED>,
) -> Option<Codec> {
    let first_block = Codec::Chinese.table(false).map_or(0, |table| table.block);
    if !letters.name_stands_alone(first_block) {
        return None;
    }
    let [own, shared] =
        [Codec::Chinese, Codec::ChineseOnly].map(|codec| split.find(codec, &mut letters.name(), usize::MAX));
    Some(if own <= shared { Codec::ChineseOnly } else { Codec::Chinese })
}
