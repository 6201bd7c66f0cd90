//! Read rates of ours and of other pure-Rust decoders on defective labels:
//! `cargo bench --bench read_rate -- --frames 10`. `benches/rivals` runs the same with zxing-cpp.
//! `-- --hostile` prints instead how long the worst pictures take, and how many frames of a video are read a second;
//! `-- --boxes` whether the symbol that a label chooses is read as often as any other in its box.

mod boxes;
mod frames;
mod hostile;
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
