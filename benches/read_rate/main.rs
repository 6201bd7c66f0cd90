//! Read rates of this crate and of other pure-Rust decoders on labels with defects: `cargo bench --bench read_rate
//! -- --frames 10`. `benches/rivals` adds zxing-cpp.
//!
//! `-- --hostile` prints the time for the worst pictures and the frame rate of a video instead. `-- --boxes` tests
//! whether the symbol that a label chooses is read as often as any other that fits its box.

mod boxes;
mod frames;
mod hostile;
mod photos;
mod random;
mod sheet;
mod table;

fn main() {
    if std::env::args().any(|argument| argument == "--hostile") {
        return hostile::main();
    }
    if std::env::args().any(|argument| argument == "--boxes") {
        return boxes::main(&[table::OURS, table::RXING]);
    }
    table::main(&[table::OURS, table::RXING, table::RQRR]);
}
