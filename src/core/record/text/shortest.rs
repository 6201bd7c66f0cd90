//! Selects the codec that writes a section in the fewest bits.

#[cfg(feature = "fast")]
use super::choose::{CodecFloors, ORDER, choose, choose_single};
#[cfg(feature = "fast")]
use super::classes::Classes;
use super::codec::{AllowedCodecs, Codec};
#[cfg(not(feature = "fast"))]
use super::hash::PlainTexts;
use super::letters::LetterCursor;
use super::section::SectionSplit;
#[cfg(feature = "fast")]
use super::single::SinglePaths;
use crate::record::TEXT_MAX;
use crate::record::sink::Sink;
#[cfg(feature = "fast")]
use crate::secret::scrubbed_times;

/// Texts of a section at most.
const TEXTS_MAX: usize = 8;

/// Positions of the longest texts that a label takes: their characters and ends.
const LONGEST: usize = if cfg!(feature = "fast") { 1024 } else { TEXT_MAX + TEXTS_MAX + 1 };

/// Positions that are kept at once. Those of most labels fit a device's window too.
const ROOM: usize = if cfg!(feature = "fast") { LONGEST } else { 96 };

/// Whether longer texts are split window by window.
const STREAMED: bool = cfg!(not(feature = "fast"));

/// Most texts are short: smaller arrays cost less to zero, and take less of the stack that is wiped after each label.
#[cfg(feature = "fast")]
const ROOM_USUAL: usize = 128;

impl Codec {
    /// Whether texts are short enough for [`Codec::shortest`]: all that a label takes are, and some that are too long.
    pub(in crate::record) fn takes(texts: &[&str]) -> bool {
        bytes(texts) + texts.len() < LONGEST
    }

    /// Writes a section to `out` in the shortest codec for its texts and returns its length in bits. `head` writes the
    /// fields between the codec number and the texts. The first text is a name; empty texts are skipped. All together
    /// are short enough for [`Codec::takes`]. A codec that is not allowed is not taken.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(in crate::record) fn shortest(
        texts: &[&str],
        allowed: AllowedCodecs,
        out: &mut [u8],
        head: &dyn Fn(&mut Sink<'_>),
    ) -> usize {
        #[cfg(feature = "fast")]
        if bytes(texts) == 0 {
            let mut sink = Sink::new(out);
            sink.put(Self::Plain as u32, Self::BITS);
            head(&mut sink);
            return sink.finish();
        }
        #[cfg(feature = "fast")]
        if positions(texts) < ROOM_USUAL {
            return write::<ROOM_USUAL>(texts, allowed, out, head);
        }
        #[cfg(feature = "fast")]
        return write_long(texts, allowed, out, head);
        #[cfg(not(feature = "fast"))]
        write(texts, allowed, out, head)
    }

    /// The length in bits of texts that are too long for any label, for the error: that in UTF-8. A device has no stack for a
    /// second search.
    #[cfg(not(feature = "fast"))]
    pub(in crate::record) fn about(texts: &[&str]) -> usize {
        8 * (bytes(texts) + texts.len())
    }

    /// The length in bits of texts that are too long for any label, for the error: about that of the shortest codec.
    #[cfg(feature = "fast")]
    #[cold]
    #[inline(never)]
    pub(in crate::record) fn about(texts: &[&str]) -> usize {
        let mut split = SectionSplit::<ROOM, STREAMED>::new();
        let mut least = 8 * (bytes(texts) + texts.len());
        for &codec in ORDER.iter().filter(|codec| **codec != Self::Plain) {
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

/// Positions at most: characters, and an end of each text.
#[cfg(feature = "fast")]
fn positions(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.chars().count() + 1).sum()
}

/// Writes a section of long texts. Its arrays lie deeper than what is wiped after each label.
#[cfg(feature = "fast")]
#[cold]
#[inline(never)]
fn write_long(texts: &[&str], allowed: AllowedCodecs, out: &mut [u8], head: &dyn Fn(&mut Sink<'_>)) -> usize {
    scrubbed_times(4, || write::<ROOM>(texts, allowed, out, head))
}

/// Writes the section with the search of a host. In a frame of its own: those of longer texts would lie above it.
#[cfg(feature = "fast")]
#[inline(never)]
fn write<const ROOM: usize>(
    texts: &[&str],
    allowed: AllowedCodecs,
    out: &mut [u8],
    head: &dyn Fn(&mut Sink<'_>),
) -> usize {
    let mut letters = Classes::<ROOM>::new(texts);
    let floors = CodecFloors::new(texts, &letters, allowed);
    let (mut paths, mut others) = (SinglePaths::<ROOM>::new(), SinglePaths::new());
    if let Ok(found) = choose_single(floors, &letters, [&mut paths, &mut others]) {
        let (mut sink, codec) = (Sink::new(out), found.map_or(Codec::Plain, |paths| paths.codec()));
        sink.put(codec as u32, Codec::BITS);
        head(&mut sink);
        match found {
            Some(paths) => paths.write(&letters, &mut sink),
            None => write_plain(texts, &mut sink),
        }
        return sink.finish();
    }
    write_chosen(floors, texts, &mut letters, out, head)
}

/// Writes the section where one path to a position is not enough.
#[cfg(feature = "fast")]
#[cold]
#[inline(never)]
fn write_chosen<const ROOM: usize>(
    floors: CodecFloors,
    texts: &[&str],
    letters: &mut Classes<ROOM>,
    out: &mut [u8],
    head: &dyn Fn(&mut Sink<'_>),
) -> usize {
    let mut split = SectionSplit::<ROOM, STREAMED>::new();
    let codec = choose(floors, letters, &mut split);
    write_split(codec, texts, letters, &mut split, out, head)
}

/// Writes the section with the search of a device.
#[cfg(not(feature = "fast"))]
fn write(texts: &[&str], allowed: AllowedCodecs, out: &mut [u8], head: &dyn Fn(&mut Sink<'_>)) -> usize {
    let mut letters = PlainTexts::new(texts);
    let mut split = SectionSplit::<ROOM, STREAMED>::new();
    // It searches one codec while it keeps the split of the best: two windows are less work than to split again.
    let mut other = SectionSplit::<ROOM, STREAMED>::new();
    let (codec, split) = choose_small(texts, allowed, &mut letters, [&mut split, &mut other]);
    write_split(codec, texts, &mut letters, split, out, head)
}

fn write_split<const ROOM: usize>(
    codec: Codec,
    texts: &[&str],
    letters: &mut impl LetterCursor,
    split: &mut SectionSplit<ROOM, STREAMED>,
    out: &mut [u8],
    head: &dyn Fn(&mut Sink<'_>),
) -> usize {
    let mut sink = Sink::new(out);
    sink.put(codec as u32, Codec::BITS);
    head(&mut sink);
    match codec {
        Codec::Plain => write_plain(texts, &mut sink),
        _ => split.write(codec, letters, &mut sink),
    }
    sink.finish()
}

fn write_plain(texts: &[&str], sink: &mut Sink<'_>) {
    texts.iter().filter(|text| !text.is_empty()).for_each(|text| sink.terminated(text.as_bytes()));
}

/// Tries all codecs in their order: a device has no floors for them. Returns the shortest, and the split in it.
#[cfg(not(feature = "fast"))]
fn choose_small<'s, const ROOM: usize>(
    texts: &[&str],
    allowed: AllowedCodecs,
    letters: &mut PlainTexts<'_>,
    [mut split, mut other]: [&'s mut SectionSplit<ROOM, STREAMED>; 2],
) -> (Codec, &'s mut SectionSplit<ROOM, STREAMED>) {
    let mut best = Codec::Plain;
    let mut least = texts.iter().filter(|text| !text.is_empty()).map(|text| 8 * (text.len() + 1)).sum();
    let all = [
        Codec::Chinese,
        Codec::ChineseOnly,
        Codec::Latin,
        Codec::Script,
        #[cfg(feature = "japanese")]
        Codec::Japanese,
        #[cfg(feature = "korean")]
        Codec::Korean,
    ];
    for codec in all.into_iter().filter(|codec| allowed.has(*codec)) {
        // Those before UTF-8 in the order win where both are equally short. No texts are left in UTF-8.
        let earlier = best == Codec::Plain && least > 0 && (codec as u32) < Codec::Latin as u32;
        if let Some(bits) = other.find(codec, letters, least + usize::from(earlier)) {
            (best, least) = (codec, bits);
            core::mem::swap(&mut split, &mut other);
        }
    }
    (best, split)
}
