//! Selects the codec that writes a section in the fewest bits.

use super::codec::Codec;
#[cfg(feature = "fast")]
use super::trie;
use super::writer::TextWriter;
use crate::record::sink::Sink;

impl Codec {
    /// Writes a section to `out` in the shortest codec for its texts and returns its length in bits. Ties go to the
    /// first of `order`. `head` writes the fields between the codec number and the texts. The first text is a name;
    /// empty texts are skipped.
    ///
    /// The likely best codec is written directly. The others are counted only if they could be shorter.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(in crate::record) fn shortest(
        order: &[Self],
        texts: &[&str],
        out: &mut [u8],
        head: &dyn Fn(&mut Sink<'_>),
    ) -> usize {
        let floors = Self::floors(texts, order.len() > 2);
        let floor = |codec: Self| floors[codec as usize];
        #[cfg(feature = "fast")]
        let likely = order.iter().copied().min_by_key(|codec| (*codec == Self::Plain, floor(*codec)));
        #[cfg(not(feature = "fast"))]
        let likely = order.first().copied();
        let likely = likely.unwrap_or(Self::Plain);
        let mut sink = Sink::new(out);
        let (mut least, mut shortest) = (likely.section(texts, &mut sink, head), likely);
        let mut earlier = true;
        for &codec in order {
            if codec == likely {
                earlier = false;
            } else if floor(codec) < least + usize::from(earlier) {
                let bits = if codec == Self::Plain {
                    floor(codec)
                } else {
                    codec.texts(texts, &mut Sink::counter())
                };
                if bits < least + usize::from(earlier) {
                    (least, shortest) = (bits, codec);
                    earlier = false;
                }
            }
        }
        if shortest != likely {
            sink = Sink::new(out);
            shortest.section(texts, &mut sink, head);
        }
        sink.finish()
    }

    /// Writes a section, and returns the length of its texts in bits.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn section(self, texts: &[&str], sink: &mut Sink<'_>, head: &dyn Fn(&mut Sink<'_>)) -> usize {
        sink.put(self as u32, Self::BITS);
        head(sink);
        self.texts(texts, sink)
    }

    /// Writes the texts of a section, and returns their length in bits.
    fn texts(self, texts: &[&str], sink: &mut Sink<'_>) -> usize {
        let before = sink.bits();
        let mut writer = TextWriter::new(self, sink);
        for (place, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            writer.put(text, place == 0);
        }
        sink.bits() - before
    }

    /// A lower bound in bits for the texts in each codec, by codec number. The first text is a name; empty texts
    /// are skipped. The bound for UTF-8 is exact. The others are zero unless `all` is set, and always on a device,
    /// which lacks the tables.
    fn floors(texts: &[&str], all: bool) -> [usize; 5] {
        let mut floors = [0; 5];
        for (place, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            floors[Self::Plain as usize] += 8 * (text.len() + 1);
            #[cfg(feature = "fast")]
            if all {
                let [names, chinese, latin, script] = trie::floors(text);
                floors[Self::Chinese as usize] += if place == 0 { names } else { chinese };
                floors[Self::ChineseOnly as usize] += chinese;
                floors[Self::Latin as usize] += latin;
                floors[Self::Script as usize] += script;
            }
            #[cfg(not(feature = "fast"))]
            let _ = (place, all);
        }
        floors
    }
}
