//! `wayseal courier ask`, `give` and `take`: parcels that go from one device to another. Each command names all its files, so that none
//! needs settings; only the clock is read.

use crate::cli::arguments::courier::{AskArgs, GiveArgs, TakeArgs};
use crate::cli::clock::now;
use crate::cli::console::say;
use crate::cli::device_session::open;
use crate::cli::failure::Failure;
use crate::cli::language::outcome::said;
use crate::cli::language::{Language, giving};
use crate::cli::pictures;
use crate::cli::qr_picture::QrPicture;
use crate::cli::typed_lines;
use std::path::{Path, PathBuf};
use wayseal::device::session::GivenLabel;
use wayseal::files::{self, Access};
use wayseal::read::wedge::{self, WedgeLine};
use wayseal::signed::pass_request::REQUEST_MAX;

/// The largest file of a pass.
const PASS_MAX: u64 = 256 << 10;

impl AskArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let mut session = open(&self.state, now(), language)?;
        let asked = session.ask(now()).map_err(|error| Failure::key(said(&error, language)))?;
        let asked = asked.ok_or_else(|| Failure::key(language.of(giving::NO_KEY_TO_ASK)))?;
        if let Some(path) = &self.png {
            QrPicture::of(&asked.digits, language)?.write(path, language)?;
        }
        if let Some(path) = &self.output {
            write(path, &asked.file, language)?;
        }
        if self.png.is_none() && self.output.is_none() {
            say(&asked.digits)?;
        }
        Ok(0)
    }
}

impl GiveArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let request = files::read(&self.request, 8 * REQUEST_MAX as u64)
            .map_err(|error| Failure::input(language.file(&error)))?;
        let mut session = open(&self.state, now(), language)?;
        let request_of = session.asked(&request, now());
        request_of.map_err(|error| Failure::key(giving::not_given(&error, language)))?;
        let (texts, left_out) = texts(&self.labels, language)?;
        for (path, why) in &left_out {
            say(&format!("{}: {why}", path.display()))?;
        }
        if !left_out.is_empty() {
            // Whoever hands parcels over means all of them.
            return Err(Failure::input(language.of(giving::NOT_GIVEN)));
        }
        let labels: Vec<_> = texts.iter().map(|text| GivenLabel::Text(text)).collect();
        let pass = session
            .give(&request, &labels, self.purpose, now())
            .map_err(|error| Failure::key(giving::not_given(&error, language)))?;
        write(&self.output, &pass.file, language)?;
        if let Some(path) = &self.png {
            let digits = pass.digits.as_deref();
            let digits = digits.ok_or_else(|| Failure::usage(language.of(giving::NO_CODE_HOLDS_IT)))?;
            QrPicture::of(digits, language)?.write(path, language)?;
        }
        say(&giving::given(language, pass.labels, &pass.to, pass.until))?;
        Ok(0)
    }
}

impl TakeArgs {
    pub fn run(&self, language: Language) -> Result<u8, Failure> {
        let pass =
            files::read(&self.pass, PASS_MAX).map_err(|error| Failure::input(language.file(&error)))?;
        let mut session = open(&self.state, now(), language)?;
        let accepted =
            session.take_pass(&pass, now()).map_err(|error| Failure::key(said(&error, language)))?;
        say(&giving::taken(language, accepted.added))?;
        Ok(0)
    }
}

/// Texts of labels, and what was not read.
type LabelTexts = (Vec<String>, Vec<(PathBuf, String)>);

fn texts(labels: &[PathBuf], language: Language) -> Result<LabelTexts, Failure> {
    let (mut texts, mut left_out) = (Vec::new(), Vec::new());
    if labels == [Path::new("-")] {
        let mut input = std::io::stdin().lock();
        while let Some(line) = typed_lines::next(&mut input, language)? {
            if !line.trim().is_empty() {
                texts.push(match wedge::parse(&line) {
                    Ok(WedgeLine::Payload(text, _)) => text,
                    _ => line.trim().to_owned(),
                });
            }
        }
        return Ok((texts, left_out));
    }
    let named = pictures::list(labels, language)?;
    for path in named.files {
        match pictures::read(&path) {
            Ok(read) => {
                texts.extend(read.labels.into_iter().map(|(text, _)| text));
                left_out.extend(
                    read.left_out.into_iter().map(|why| (path.clone(), language.no_code(&why).to_string())),
                );
            }
            Err(why) => left_out.push((path, language.no_code(&why).to_string())),
        }
    }
    left_out.extend(named.left_out.into_iter().map(|(path, why)| (path, language.no_code(&why).to_string())));
    Ok((texts, left_out))
}

fn write(path: &Path, bytes: &[u8], language: Language) -> Result<(), Failure> {
    files::write(path, bytes, Access::Owner).map_err(|error| Failure::output(language.file(&error)))
}
