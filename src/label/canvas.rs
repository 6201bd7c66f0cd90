//! A monochrome page, one bit per dot, a set bit is black, rows padded to whole bytes: the format that printers
//! take.
//!
//! In: rectangles and small bitmaps, clipped to the page. Out: the rows. It knows only black and white, and no
//! text.

/// A page of dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    width: usize,
    height: usize,
    stride: usize,
    bits: Vec<u8>,
}

/// A bitmap, one bit per dot, the most significant bit leftmost.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Bitmap {
    /// Bytes per row.
    pub stride: usize,
    /// The rows, one after another.
    pub bits: Vec<u8>,
}

impl Canvas {
    /// Creates a white page.
    #[must_use]
    pub fn new(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(8);
        Self { width, height, stride, bits: vec![0; stride * height] }
    }

    /// Width in dots.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in dots.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Bytes per row.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// All rows from top to bottom. The padding of each row is white.
    #[must_use]
    pub fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// Resets to a page of this size in one colour, padding included, and reuses the memory.
    pub fn reset(&mut self, width: usize, height: usize, black: bool) {
        (self.width, self.height, self.stride) = (width, height, width.div_ceil(8));
        self.bits.clear();
        self.bits.resize(self.stride * height, if black { 0xFF } else { 0 });
    }

    /// Copies `other`. Does not allocate if both pages have the same size.
    pub fn copy_from(&mut self, other: &Self) {
        // The derived `clone_from` would allocate a new page and drop this one.
        let Self { width, height, stride, bits } = other;
        (self.width, self.height, self.stride) = (*width, *height, *stride);
        self.bits.clone_from(bits);
    }

    /// Paints a rectangle black or white, clipped to the page.
    pub fn fill(&mut self, x: i32, y: i32, w: i32, h: i32, black: bool) {
        let clip = |from: i32, length: i32, limit: usize| {
            let limit = i32::try_from(limit).unwrap_or(i32::MAX);
            let (from, to) = (from.clamp(0, limit), from.saturating_add(length).clamp(0, limit));
            (from as usize, to.max(from) as usize)
        };
        let ((x0, x1), (y0, y1)) = (clip(x, w, self.width), clip(y, h, self.height));
        if x0 == x1 {
            return;
        }
        let (first, last) = (x0 / 8, (x1 - 1) / 8);
        let (head, tail) = (0xFF_u8 >> (x0 % 8), 0xFF_u8 << (7 - (x1 - 1) % 8));
        for row in self.bits.chunks_exact_mut(self.stride).take(y1).skip(y0) {
            let mut paint = |at: usize, mask: u8| {
                row[at] = if black { row[at] | mask } else { row[at] & !mask };
            };
            if first == last {
                paint(first, head & tail);
            } else {
                paint(first, head);
                paint(last, tail);
                row[first + 1..last].fill(if black { 0xFF } else { 0 });
            }
        }
    }

    /// Paints the black dots of `picture` in black or white, with its top left corner at (`x`, `y`), clipped to the
    /// page.
    pub fn blit(&mut self, picture: &Bitmap, x: i32, y: i32, black: bool) {
        if picture.stride == 0 {
            return;
        }
        let (width, height) = (picture.stride * 8, picture.bits.len() / picture.stride);
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if x + width <= self.width && y + height <= self.height => {
                self.stamp(picture, x, y, black);
            }
            (Ok(x), _) if x >= self.width => {}
            (_, Ok(y)) if y >= self.height => {}
            _ if x.saturating_add_unsigned(width as u32) <= 0
                || y.saturating_add_unsigned(height as u32) <= 0 => {}
            _ => self.blit_clipped(picture, x, y, black),
        }
    }

    /// Paints those dots of `picture` that lie in a rectangle: `x`, `y`, width and height.
    pub(super) fn blit_within(
        &mut self,
        picture: &Bitmap,
        (x, y): (i32, i32),
        black: bool,
        [left, top, width, height]: [i32; 4],
    ) {
        let dot = |row: &[u8], at: i32| {
            let at = at as usize;
            row[at / 8] << (at % 8) & 0x80 != 0
        };
        for (row, y) in picture.bits.chunks_exact(picture.stride.max(1)).zip(y..) {
            if !(top..top + height).contains(&y) {
                continue;
            }
            let (from, to) = ((left - x).max(0), (left + width - x).min(row.len() as i32 * 8));
            (from..to).filter(|at| dot(row, *at)).for_each(|at| self.fill(x + at, y, 1, 1, black));
        }
    }

    /// Paints a one-row bitmap in black and copies its bytes downwards until there are `times` rows. For bars and
    /// modules, where the page is blank.
    pub fn repeat(&mut self, row: &Bitmap, x: i32, y: i32, times: usize) {
        self.blit(row, x, y, true);
        let (Ok(left), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return (y + 1..).take(times.saturating_sub(1)).for_each(|y| self.blit(row, x, y, true));
        };
        let left = (left / 8).min(self.stride);
        let across = (row.stride + 1).min(self.stride - left);
        let first = y * self.stride + left;
        for y in y + 1..(y + times).min(self.height) {
            self.bits.copy_within(first..first + across, y * self.stride + left);
        }
    }

    /// Paints a bitmap that lies on the page with its padding.
    fn stamp(&mut self, picture: &Bitmap, x: usize, y: usize, black: bool) {
        match picture.stride {
            _ if self.stride < 8 => self.stamp_pieces(picture, x, y, black),
            1 => self.stamp_rows::<1>(picture, x, y, black),
            2 => self.stamp_rows::<2>(picture, x, y, black),
            3 => self.stamp_rows::<3>(picture, x, y, black),
            4 => self.stamp_rows::<4>(picture, x, y, black),
            5 => self.stamp_rows::<5>(picture, x, y, black),
            6 => self.stamp_rows::<6>(picture, x, y, black),
            7 => self.stamp_rows::<7>(picture, x, y, black),
            8..=12 if self.stride < 16 => self.stamp_pieces(picture, x, y, black),
            8 => self.stamp_wide::<8>(picture, x, y, black),
            9 => self.stamp_wide::<9>(picture, x, y, black),
            10 => self.stamp_wide::<10>(picture, x, y, black),
            11 => self.stamp_wide::<11>(picture, x, y, black),
            12 => self.stamp_wide::<12>(picture, x, y, black),
            _ if x.is_multiple_of(8) => self.stamp_bytes(picture, x / 8, y, black),
            _ => self.stamp_pieces(picture, x, y, black),
        }
    }

    /// Fast path for narrow bitmaps such as glyphs: each row is one word, shifted. The page has at least eight
    /// bytes per row.
    fn stamp_rows<const N: usize>(&mut self, picture: &Bitmap, x: usize, y: usize, black: bool) {
        // At the right edge the word starts further left.
        let left = (x / 8).min(self.stride - 8);
        let shift = x - left * 8;
        let rows = self.bits[y * self.stride..].chunks_exact_mut(self.stride);
        for (dots, row) in picture.bits.as_chunks::<N>().0.iter().zip(rows) {
            let mut wide = [0; 8];
            wide[..N].copy_from_slice(dots);
            let dots = u64::from_be_bytes(wide) >> shift;
            if let Some(window) = row[left..].first_chunk_mut::<8>() {
                let before = u64::from_be_bytes(*window);
                *window = if black { before | dots } else { before & !dots }.to_be_bytes();
            }
        }
    }

    /// The same for the large digits of a routing code: a row is a word of sixteen bytes, as the page has at least.
    fn stamp_wide<const N: usize>(&mut self, picture: &Bitmap, x: usize, y: usize, black: bool) {
        let left = (x / 8).min(self.stride - 16);
        let shift = x - left * 8;
        let rows = self.bits[y * self.stride..].chunks_exact_mut(self.stride);
        for (dots, row) in picture.bits.as_chunks::<N>().0.iter().zip(rows) {
            let mut wide = [0; 16];
            wide[..N].copy_from_slice(dots);
            let dots = u128::from_be_bytes(wide) >> shift;
            if let Some(window) = row[left..].first_chunk_mut::<16>() {
                let before = u128::from_be_bytes(*window);
                *window = if black { before | dots } else { before & !dots }.to_be_bytes();
            }
        }
    }

    /// Paints a bitmap that begins at a byte.
    fn stamp_bytes(&mut self, picture: &Bitmap, left: usize, y: usize, black: bool) {
        let rows = self.bits[y * self.stride..].chunks_exact_mut(self.stride);
        for (dots, row) in picture.bits.chunks_exact(picture.stride).zip(rows) {
            for (target, dots) in row[left..].iter_mut().zip(dots) {
                *target = if black { *target | dots } else { *target & !dots };
            }
        }
    }

    /// The general case: seven bytes at a time, shifted within a word.
    fn stamp_pieces(&mut self, picture: &Bitmap, x: usize, y: usize, black: bool) {
        const PIECE: usize = 7;
        let (left, shift) = (x / 8, x % 8);
        let mut piece = 0;
        while piece < picture.stride {
            let count = PIECE.min(picture.stride - piece);
            let (mut from, mut to) = (piece, y * self.stride + left + piece);
            while from < picture.bits.len() {
                // Bits outside the shifted bytes are zero and leave the page unchanged.
                let dots = word(&picture.bits[from..], count) >> shift;
                let target = &mut self.bits[to..];
                if let Some(window) = target.first_chunk_mut::<8>() {
                    let before = u64::from_be_bytes(*window);
                    *window = if black { before | dots } else { before & !dots }.to_be_bytes();
                } else {
                    for (target, dots) in target.iter_mut().zip(dots.to_be_bytes()) {
                        *target = if black { *target | dots } else { *target & !dots };
                    }
                }
                from += picture.stride;
                to += self.stride;
            }
            piece += PIECE;
        }
    }

    fn blit_clipped(&mut self, picture: &Bitmap, x: i32, y: i32, black: bool) {
        let shift = x.rem_euclid(8) as u32;
        let left = x.div_euclid(8);
        // Dots in the padding stay white.
        let edge = 0xFF_u8 << ((self.stride * 8 - self.width) as u32);
        for (source, y) in picture.bits.chunks_exact(picture.stride).zip(y..) {
            let Ok(y) = usize::try_from(y) else { continue };
            if y >= self.height {
                break;
            }
            let row = &mut self.bits[y * self.stride..][..self.stride];
            let mut carry = 0;
            for (byte, at) in source.iter().chain([&0]).zip(left..) {
                let spread = u16::from(*byte) << (8 - shift);
                let dots = (spread >> 8) as u8 | carry;
                carry = spread as u8;
                if dots == 0 {
                    continue;
                }
                let Ok(at) = usize::try_from(at) else { continue };
                let Some(target) = row.get_mut(at) else { break };
                let dots = if at + 1 == self.stride { dots & edge } else { dots };
                *target = if black { *target | dots } else { *target & !dots };
            }
        }
    }
}

impl Bitmap {
    /// An empty bitmap, `width` dots wide.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { stride: width.div_ceil(8), bits: Vec::new() }
    }

    /// Appends a row as runs of dots, each with its length and colour.
    pub fn push(&mut self, runs: impl Iterator<Item = (usize, bool)>) {
        let start = self.bits.len();
        self.bits.resize(start + self.stride, 0);
        let row = &mut self.bits[start..];
        let mut x = 0;
        for (dots, black) in runs {
            let end = x + dots;
            while black && x < end {
                let in_byte = (8 - x % 8).min(end - x);
                row[x / 8] |= (0xff_u8 >> (8 - in_byte)) << (8 - x % 8 - in_byte);
                x += in_byte;
            }
            x = end;
        }
    }
}

/// The first `count` of `bytes`, one to seven, in the high bytes of a word.
#[inline]
fn word(bytes: &[u8], count: usize) -> u64 {
    match bytes.first_chunk() {
        Some(chunk) => u64::from_be_bytes(*chunk) & !(u64::MAX >> (8 * count)),
        None => {
            let byte = |(byte, place): (&u8, u32)| u64::from(*byte) << (56 - 8 * place);
            bytes[..count].iter().zip(0..).map(byte).fold(0, |word, byte| word | byte)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(canvas: &Canvas) -> String {
        let dot = |row: &[u8], x: usize| if row[x / 8] << (x % 8) & 0x80 != 0 { '#' } else { '.' };
        let line = |row: &[u8]| (0..canvas.width()).map(|x| dot(row, x)).collect::<String>();
        canvas.bits().chunks_exact(canvas.stride()).map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn fills_are_clipped_and_exact() {
        let mut page = Canvas::new(12, 4);
        page.fill(-3, -1, 6, 3, true);
        page.fill(7, 1, 9, 2, true);
        page.fill(9, 2, 2, 1, false);
        assert_eq!(picture(&page), "###.........\n###....#####\n.......##..#\n............");
    }

    #[test]
    fn a_stamp_is_what_the_clipped_way_paints() {
        for width in [1, 8, 9, 50, 56, 57, 64, 100, 130] {
            let mut picture = Bitmap::new(width);
            for row in 0..5 {
                picture.push((0..width).map(|x| (1, (x * 7 + row * 3) % 5 < 2)));
            }
            for x in 0..9 {
                for black in [true, false] {
                    let mut pages = [0, 1].map(|_| Canvas::new(150, 9));
                    for page in &mut pages {
                        page.fill(3, 1, 120, 5, true);
                    }
                    pages[0].stamp(&picture, x, 2, black);
                    pages[1].blit_clipped(&picture, x as i32, 2, black);
                    assert!(pages[0] == pages[1], "{width} dots at {x}");
                }
            }
        }
    }

    #[test]
    fn runs_make_rows() {
        let mut picture = Bitmap::new(11);
        picture.push([(3, true), (5, false), (3, true)].into_iter());
        picture.push([(1, false), (10, true)].into_iter());
        assert_eq!(picture.bits, [0b1110_0000, 0b1110_0000, 0b0111_1111, 0b1110_0000]);
    }

    #[test]
    fn a_row_repeated_is_the_row_painted_each_time() {
        for (x, y, times) in
            [(0, 0, 9), (3, 2, 4), (61, 1, 3), (-5, 2, 4), (70, -2, 5), (4, 3, 0), (200, 1, 2)]
        {
            let mut row = Bitmap::new(37);
            row.push((0..37).map(|x| (1, x % 3 < 2)));
            let mut pages = [0, 1].map(|_| Canvas::new(99, 6));
            pages[0].repeat(&row, x, y, times);
            (y..).take(times.max(1)).for_each(|y| pages[1].blit(&row, x, y, true));
            assert!(pages[0] == pages[1], "{times} times at {x}, {y}");
        }
    }

    #[test]
    fn a_stamp_of_any_width_is_the_picture_painted_dot_by_dot() {
        for stride in 1..10 {
            let bits = (0..stride * 3).map(|at| (at * 151 + 77) as u8).collect();
            let stamp = Bitmap { stride, bits };
            for (wide, x) in (63..100).flat_map(|wide| (0..=wide - stride.min(7) * 8).map(move |x| (wide, x)))
            {
                for black in [true, false] {
                    let mut pages = [0, 1].map(|_| Canvas::new(wide, 4));
                    pages.iter_mut().for_each(|page| page.fill(5, 0, 40, 4, true));
                    pages[0].blit(&stamp, x as i32, 1, black);
                    pages[1].blit_clipped(&stamp, x as i32, 1, black);
                    assert!(pages[0] == pages[1], "{stride} bytes at {x} of {wide}");
                }
            }
        }
    }

    #[test]
    fn a_stamp_wider_than_a_word_is_the_picture_painted_dot_by_dot() {
        for stride in 6..19 {
            let bits = (0..stride * 5).map(|at| (at * 151 + 77) as u8).collect();
            let stamp = Bitmap { stride, bits };
            for (wide, x) in (120..170).step_by(3).flat_map(|wide| (0..=(wide - 64)).map(move |x| (wide, x)))
            {
                if x + stride * 8 > wide {
                    continue;
                }
                for black in [true, false] {
                    let mut pages = [0, 1].map(|_| Canvas::new(wide, 7));
                    pages.iter_mut().for_each(|page| page.fill(5, 1, 90, 4, true));
                    pages[0].blit(&stamp, x as i32, 2, black);
                    pages[1].blit_clipped(&stamp, x as i32, 2, black);
                    assert!(pages[0] == pages[1], "{stride} bytes at {x} of {wide}");
                }
            }
        }
    }

    #[test]
    fn blits_land_on_every_bit() {
        let arrow = Bitmap { stride: 1, bits: vec![0b1000_0001, 0b1111_1111] };
        for x in -9..22 {
            let mut page = Canvas::new(19, 2);
            page.blit(&arrow, x, 0, true);
            let expected = |dots: &[i32]| {
                (0..19).map(|at| if dots.contains(&(at - x)) { '#' } else { '.' }).collect::<String>()
            };
            let all: Vec<i32> = (0..8).collect();
            assert_eq!(picture(&page), format!("{}\n{}", expected(&[0, 7]), expected(&all)));
            assert!(page.bits().chunks(3).all(|row| row[2] & 0b11111 == 0), "padding stays white");
        }
    }
}
