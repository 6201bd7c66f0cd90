//! A measurement of insiders: how many records of a month each kind of insider can open.
//!
//! ```text
//! cargo run --release --example insider                  400,000 labels, about a minute on two cores
//! cargo run --release --example insider -- --reduced     20,000 labels
//!     --seed N   --svg FILE   --emit FOLDER              another month; the picture; labels and grants as files
//!     --only PART                                        those insiders alone whose name has this part
//!     --colluding                                        operators who lend their numbers, and nothing else: in a district of 20,000
//!                                                        labels, or with --full in the whole network
//! ```
//!
//! A network of stations, scanners and sealers seals a month of parcels with the library. Then each insider takes a
//! grant that the authority makes for him, and a picture of every label of the month, and tries to open them all. The
//! same is measured for three other ways to label parcels. The records that open are counted. The number that should
//! open by the rules of the key tree is computed separately from the network's books, and a difference ends the run
//! with exit code 1.

mod colluders;
mod insiders;
mod network;
mod others;
mod report;

use insiders::Insider;
use network::{Network, Scale};
use std::path::PathBuf;
use std::process::ExitCode;

struct Options {
    scale: Scale,
    svg: Option<PathBuf>,
    emit: Option<PathBuf>,
    only: String,
    /// Whether colluding operators alone are measured.
    colluding: bool,
}

fn options() -> Result<Options, String> {
    let mut options =
        Options { scale: Scale::FULL, svg: None, emit: None, only: String::new(), colluding: false };
    let mut seed = None;
    let mut scale = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--reduced" => scale = Some(Scale::REDUCED),
            "--full" => scale = Some(Scale::FULL),
            "--seed" => seed = Some(value()?.parse().map_err(|_| "--seed takes a whole number")?),
            "--colluding" => options.colluding = true,
            "--svg" => options.svg = Some(value()?.into()),
            "--emit" => options.emit = Some(value()?.into()),
            "--only" => options.only = value()?,
            other => return Err(format!("no such option: {other}; see the top of samples/insider/main.rs")),
        }
    }
    let usual = if options.colluding { Scale::DISTRICT } else { Scale::FULL };
    options.scale = scale.unwrap_or(usual);
    options.scale.seed = seed.unwrap_or(options.scale.seed);
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("insider: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), String> {
    let scale = options.scale;
    eprintln!("sealing {} labels over {} stations and {} days …", scale.labels, scale.stations, scale.days);
    let network = Network::new(scale);
    if options.colluding {
        println!("{}", report::colluding(&colluding(&network)?));
        return Ok(());
    }
    let worlds = others::Worlds::of(&network);

    let mut rows = Vec::new();
    for insider in Insider::ALL.into_iter().filter(|insider| insider.name().contains(&options.only)) {
        eprintln!("{} …", insider.name());
        let row = insiders::measure(&network, &worlds, insider)?;
        for (holder, (opened, expected)) in row.opened.iter().zip(&row.expected).enumerate() {
            if opened != expected {
                return Err(format!(
                    "{}, holder {holder}: {opened} records open, and the key tree says {expected}",
                    insider.name()
                ));
            }
        }
        rows.push(row);
    }
    println!("{}", report::table(&scale, &rows));
    if let Some(path) = options.svg {
        std::fs::write(&path, report::chart(&scale, &rows))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    if let Some(folder) = options.emit {
        report::emit(&network, &rows, &folder)?;
    }
    Ok(())
}

/// The measurement of operators who collude, compared with the books.
fn colluding(network: &Network) -> Result<colluders::Colluding, String> {
    eprintln!("{} operators' numbers in one hand …", colluders::HANDS);
    let colluding = colluders::measure(network)?;
    if colluding.opened != colluding.expected {
        let (opened, expected) = (&colluding.opened, &colluding.expected);
        return Err(format!("operators in one hand open {opened:?}, and by the books {expected:?}"));
    }
    Ok(colluding)
}
