//! `wayseal print`: files of labels to a printer; `wayseal printer-test`: a label that tests one.

use crate::cli::arguments::print::{Print, PrinterTest};
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use std::io::Write as _;
use std::path::Path;
use wayseal::files::{self, Access};
use wayseal::label::printer::{Printer, Target};
use wayseal::label::selftest::TestLabel;
use wayseal::label::{Codes, Page};

/// The largest job that is read.
pub const JOB_MAX: u64 = 1 << 30;

impl Print {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        // All files are read before the first is sent, so that a wrong name costs no labels.
        let jobs = self.files.iter().map(|file| job(file, language)).collect::<Result<Vec<_>, _>>()?;
        let mut printer = open(&self.to, language)?;
        for (sent, (file, job)) in self.files.iter().zip(&jobs).enumerate() {
            printer.send(job).map_err(|error| {
                Failure::output(format!(
                    "{}: {}; {sent} {}",
                    self.to,
                    language.system(&error),
                    match language {
                        Language::En => format!("files were sent whole, {} in part or not", file.display()),
                        Language::Zh => format!("个文件已完整发送，{} 未完整发送", file.display()),
                    }
                ))
            })?;
        }
        printer.finish().map_err(|error| {
            let may = language.pick(
                "the printer broke off behind the last file; look which label came out last",
                "打印机在最后一个文件之后断开：请看最后打出的是哪一张",
            );
            Failure::output(format!("{}: {}; {may}", self.to, language.system(&error)))
        })?;
        say(&format!("{} {} → {}", jobs.len(), language.pick("files sent", "个文件已发送"), self.to))?;
        Ok(0)
    }
}

/// A file, if it begins as a printer's job does.
pub fn job(file: &Path, language: Language) -> Result<Vec<u8>, Failure> {
    let bytes = files::read(file, JOB_MAX).map_err(Failure::input)?;
    let head = bytes.trim_ascii_start();
    if !(head.starts_with(b"^XA") || head.starts_with(b"SIZE ")) {
        let what = language.pick(
            "neither ZPL nor TSPL, and a printer would print it as rubbish; make it with seal --format zpl or tspl",
            "既不是 ZPL 也不是 TSPL，打印机会打出乱码：请用 seal --format zpl 或 tspl 生成",
        );
        return Err(Failure::input(format!("{}: {what}", file.display())));
    }
    Ok(bytes)
}

pub fn open(target: &str, language: Language) -> Result<Printer, Failure> {
    Printer::open(&Target::parse(target)).map_err(|error| {
        let next = language.pick(
            "check that the printer is on and its address, or the permissions of the device",
            "请检查打印机是否开机及其地址，或设备文件的权限",
        );
        Failure::output(format!("{target}: {}; {next}", language.system(&error)))
    })
}

impl PrinterTest {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        let page = Page::new(self.size, self.dpi.into());
        if !page.is_usable() {
            return Err(Failure::usage(language.template(&wayseal::label::TemplateError::Size)));
        }
        let label = TestLabel::new(page)
            .map_err(|_| Failure::output(language.pick("the embedded font is damaged", "内置字库已损坏")))?;
        let codes = if self.native { Codes::Native } else { Codes::Dots };
        let job = self.format.encode(&label.composed(), codes).map_err(Failure::output)?;
        match (&self.print, &self.output) {
            (Some(target), _) => {
                let mut printer = open(target, language)?;
                printer
                    .send(&job)
                    .and_then(|()| printer.finish())
                    .map_err(|error| Failure::output(format!("{target}: {}", language.system(&error))))?;
                say(&format!("{} → {target}", language.pick("test label sent", "测试面单已发送")))?;
            }
            (None, Some(file)) => files::write(file, &job, Access::Everyone).map_err(Failure::output)?,
            (None, None) => std::io::stdout().write_all(&job).map_err(|error| {
                Failure::output(format!(
                    "{}: {error}",
                    language.pick("cannot write to standard output", "无法写入标准输出")
                ))
            })?,
        }
        Ok(0)
    }
}
