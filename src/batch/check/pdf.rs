//! A PDF of one page to dots: the file's structure, the page and the rectangles of its content. Text is passed over.

use super::numbers::side;
use crate::label::Canvas;

/// The most bytes of a page's content, unpacked.
const CONTENT_MAX: usize = 1 << 24;

/// What the rectangles of a document's only page fill, as wide as a label of `width` dots; `None` if the file is not of that form.
pub(super) fn drawn(file: &[u8], width: usize) -> Option<Canvas> {
    let pdf = Pdf::open(file)?;
    let page = pdf.only_page()?;
    let box_of = between(page, b"/MediaBox [", b"]")?;
    let [_, _, across, down] = numbers(box_of)?;
    let scale = width as f64 / across;
    let height = side((down * scale).round() as i32)?;
    let content = pdf.stream(reference(page, b"/Contents ")?)?;
    let mut canvas = Canvas::new(width, height);
    paint(&content, scale, height as f64, &mut canvas)?;
    Some(canvas)
}

struct Pdf<'a> {
    file: &'a [u8],
    /// Where each object begins.
    objects: Vec<usize>,
    root: usize,
}

impl<'a> Pdf<'a> {
    /// Reads the header, the cross-reference table and the trailer (ISO 32000-1, 7.5).
    fn open(file: &'a [u8]) -> Option<Self> {
        let body = file.strip_suffix(b"\n%%EOF\n").filter(|_| file.starts_with(b"%PDF-1.7\n"))?;
        let last = body.iter().rposition(|byte| *byte == b'\n')?;
        let start: usize =
            text(body[..last].strip_suffix(b"startxref").and(body.get(last + 1..))?)?.parse().ok()?;
        let table = file.get(start..)?.strip_prefix(b"xref\n0 ")?;
        let end = table.iter().position(|byte| *byte == b'\n')?;
        let count: usize = text(&table[..end])?.parse().ok()?;
        let entries = table.get(end + 1..end + 1 + count.checked_mul(20)?)?;
        let offset = |entry: &[u8]| text(&entry[..10])?.parse().ok();
        let objects = entries.chunks_exact(20).map(offset).collect::<Option<Vec<usize>>>()?;
        let trailer = table[end + 1 + count * 20..].strip_prefix(b"trailer\n")?;
        let root = reference(trailer, b"/Root ")?;
        Some(Self { file, objects, root })
    }

    /// An object from its number to `endobj`.
    fn object(&self, number: usize) -> Option<&'a [u8]> {
        let head = format!("{number} 0 obj\n");
        let object = self.file.get(*self.objects.get(number)?..)?.strip_prefix(head.as_bytes())?;
        // A stream has its length, and may hold anything.
        let dictionary = find(object, b"endobj")?;
        let stream = find(object, b"\nstream\n").filter(|at| *at < dictionary);
        let end = match stream {
            Some(at) => at + b"\nstream\n".len() + self.length(&object[..at])?,
            None => dictionary,
        };
        object.get(..end)
    }

    fn length(&self, dictionary: &[u8]) -> Option<usize> {
        let rest = &dictionary[find(dictionary, b"/Length ")? + b"/Length ".len()..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        text(&rest[..digits])?.parse().ok()
    }

    fn only_page(&self) -> Option<&'a [u8]> {
        let pages = self.object(reference(self.object(self.root)?, b"/Pages ")?)?;
        let page = self.object(reference(pages, b"/Kids [")?)?;
        (find(pages, b"/Count 1").is_some() && find(page, b"/Type /Page").is_some()).then_some(page)
    }

    /// The content of a stream, unpacked.
    fn stream(&self, number: usize) -> Option<Vec<u8>> {
        let object = self.object(number)?;
        let at = find(object, b"\nstream\n")?;
        find(&object[..at], b"/Filter /FlateDecode")?;
        fdeflate::decompress_to_vec_bounded(&object[at + b"\nstream\n".len()..], CONTENT_MAX).ok()
    }
}

/// The number of the object that a dictionary refers to.
fn reference(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let rest = &dictionary[find(dictionary, key)? + key.len()..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest[digits..].starts_with(b" 0 R").then(|| text(&rest[..digits])?.parse().ok())?
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(within, what)
}

fn between<'a>(within: &'a [u8], before: &[u8], after: &[u8]) -> Option<&'a [u8]> {
    let rest = &within[find(within, before)? + before.len()..];
    Some(&rest[..find(rest, after)?])
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn numbers<const N: usize>(list: &[u8]) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> =
        text(list)?.split_ascii_whitespace().map(|one| one.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// Runs the operators of a content stream: matrices, grey, rectangles and fills (ISO 32000-1, 8.4 and 8.5). Operators of text and
/// strokes draw nothing here.
fn paint(content: &[u8], scale: f64, height: f64, canvas: &mut Canvas) -> Option<()> {
    let (mut operands, mut kept, mut path) = (Vec::new(), Vec::new(), Vec::new());
    let (mut matrix, mut black) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], true);
    for token in tokens(content) {
        match token? {
            PdfToken::Number(number) => {
                operands.push(number);
                continue;
            }
            PdfToken::Other => continue,
            PdfToken::Operator(b"q") => kept.push((matrix, black)),
            PdfToken::Operator(b"Q") => (matrix, black) = kept.pop()?,
            PdfToken::Operator(b"cm") => matrix = multiplied(operands.as_slice().try_into().ok()?, matrix),
            PdfToken::Operator(b"g") => black = operands.as_slice() == [0.0],
            PdfToken::Operator(b"re") => path.push(<[f64; 4]>::try_from(&*operands).ok()?),
            PdfToken::Operator(b"f") => {
                for [x, y, wide, high] in path.drain(..) {
                    let corner = |x: f64, y: f64| {
                        let [a, b, c, d, e, f] = matrix;
                        ((a * x + c * y + e) * scale, height - (b * x + d * y + f) * scale)
                    };
                    let (from, to) = (corner(x, y), corner(x + wide, y + high));
                    let dot = |value: f64| value.round() as i32;
                    let (left, top) = (dot(from.0.min(to.0)), dot(from.1.min(to.1)));
                    let (right, bottom) = (dot(from.0.max(to.0)), dot(from.1.max(to.1)));
                    canvas.fill(left, top, right - left, bottom - top, black);
                }
            }
            PdfToken::Operator(b"S" | b"n") => path.clear(),
            PdfToken::Operator(
                b"G" | b"w" | b"W" | b"BT" | b"ET" | b"Tf" | b"Tr" | b"Tm" | b"TJ" | b"Tj" | b"BDC" | b"EMC",
            ) => {}
            PdfToken::Operator(_) => return None,
        }
        operands.clear();
    }
    kept.is_empty().then_some(())
}

fn multiplied([a, b, c, d, e, f]: [f64; 6], by: [f64; 6]) -> [f64; 6] {
    let point =
        |x: f64, y: f64, w: f64| [x * by[0] + y * by[2] + w * by[4], x * by[1] + y * by[3] + w * by[5]];
    let ([a, b], [c, d], [e, f]) = (point(a, b, 0.0), point(c, d, 0.0), point(e, f, 1.0));
    [a, b, c, d, e, f]
}

enum PdfToken<'a> {
    Number(f64),
    Operator(&'a [u8]),
    /// A name, a text, an array's or dictionary's bracket.
    Other,
}

fn tokens(mut rest: &[u8]) -> impl Iterator<Item = Option<PdfToken<'_>>> {
    std::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let first = *rest.first()?;
        let token = match first {
            b'(' => literal(rest).map(|end| (end, PdfToken::Other)),
            b'<' if !rest.starts_with(b"<<") => {
                rest.iter().position(|byte| *byte == b'>').map(|end| (end + 1, PdfToken::Other))
            }
            b'<' | b'>' => Some((2, PdfToken::Other)).filter(|_| rest.len() > 1 && rest[1] == first),
            b'[' | b']' => Some((1, PdfToken::Other)),
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]/".contains(byte);
                let end = 1 + rest[1..].iter().position(ends).unwrap_or(rest.len() - 1);
                let word = &rest[..end];
                let number = text(word).and_then(|word| word.parse::<f64>().ok());
                let token = match number {
                    _ if first == b'/' => PdfToken::Other,
                    Some(number) => PdfToken::Number(number),
                    None => PdfToken::Operator(word),
                };
                Some((end, token))
            }
        };
        let Some((end, token)) = token else {
            rest = &[];
            return Some(None);
        };
        rest = &rest[end..];
        Some(Some(token))
    })
}

/// Where a literal string ends (7.3.4.2).
fn literal(rest: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    loop {
        match rest.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}
