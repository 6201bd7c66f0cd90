//! ZPL II: the page as graphic fields, in bands under Zebra's limit, compressed (`:Z64:`); on request the
//! codes by the printer's own commands.

use crate::label::code128::{self, Step};
use crate::label::crc16::crc16;
use crate::label::deflate::{self, Rows};
use crate::label::format::{Codes, without_codes};
use crate::label::{Bars, Composed};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write;

/// Bytes a `^GF` may have, less one.
const BAND_MAX: usize = 99_998;

/// One label, dot for dot.
#[must_use]
pub fn encode(label: &Composed<'_>, codes: Codes) -> Vec<u8> {
    // Characters that begin a command or a change of set.
    let bars = (codes == Codes::Native && !label.bars.text.contains(['^', '~', '>', '\\']))
        .then(|| code128::steps(&label.bars.text))
        .flatten();
    let own = bars.as_ref().map(|_| without_codes(label));
    let canvas = own.as_ref().unwrap_or(label.canvas);
    let stride = canvas.stride();
    let rows = BAND_MAX / stride.max(1);
    let mut out = format!("^XA^PW{}^LL{}^LH0,0", canvas.width(), canvas.height());
    let mut packed = Vec::new();
    for (band, bytes) in canvas.bits().chunks(rows * stride).enumerate() {
        packed.clear();
        deflate::compress(bytes, stride, Rows::Ink, &mut packed);
        let packed = STANDARD.encode(&packed);
        let (y, size, check) = (band * rows, bytes.len(), crc16(packed.as_bytes()));
        // Writing to a String cannot fail.
        let _ = write!(out, "\n^FO0,{y}^GFA,{size},{size},{stride},:Z64:{packed}:{check:04X}^FS");
    }
    if let Some(steps) = bars {
        native(label, &steps, &mut out);
    }
    out.push_str("\n^XZ\n");
    out.into_bytes()
}

/// Code 128 with the sets given (mode N), and QR model 2 in manual mode: `^FD` begins with the level, `M`
/// for manual and `A` for alphanumeric, without which the printer takes the first characters for them.
fn native(label: &Composed<'_>, steps: &[Step], out: &mut String) {
    let Bars { x, y, height, module, .. } = label.bars;
    let _ = write!(out, "\n^FO{x},{y}^BY{module},2,{height}^BCN,{height},N,N,N,N^FD");
    for step in steps {
        let _ = match step {
            Step::StartB => out.write_str(">:"),
            Step::StartC => out.write_str(">;"),
            Step::ToB => out.write_str(">6"),
            Step::ToC => out.write_str(">5"),
            Step::Character(character) => out.write_char(*character),
            Step::Pair(pair) => write!(out, "{pair:02}"),
        };
    }
    let symbol = label.symbol;
    let (level, dots, mask) = (symbol.choice.level, symbol.choice.dots, symbol.mask.number());
    let _ = write!(
        out,
        "^FS\n^FO{},{}^BQN,2,{dots},{level},{mask}^FD{level}M,A{}^FS",
        symbol.x, symbol.y, symbol.text
    );
}
