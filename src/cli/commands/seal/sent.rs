//! What a printer was handed, label by label.

use crate::cli::language::Language;
use wayseal::payload::Waybill;

/// How far a printer is.
#[derive(Default)]
pub struct Sent {
    /// Labels handed over whole.
    whole: u64,
    last: Option<Waybill>,
    /// The one that is handed over.
    next: Option<Waybill>,
}

impl Sent {
    /// Notes that a label is handed over next: those before it were whole.
    pub fn next(&mut self, waybill: Waybill) {
        if let Some(last) = self.next.replace(waybill) {
            self.last = Some(last);
            self.whole += 1;
        }
    }

    /// What to say if the printer broke off.
    pub fn broken(&self, language: Language) -> String {
        let Some(next) = &self.next else {
            return language.pick("no label was printed", "未打印任何面单").to_owned();
        };
        match (&self.last, language) {
            (None, Language::En) => format!(
                "no label was handed over whole; check that the printer is on, its address or its file's \
                 permissions, and give the same command again, or with --from {next}"
            ),
            (None, Language::Zh) => format!(
                "没有面单完整送达：请检查打印机是否开机、地址或设备文件的权限，再用同一命令，或加 --from {next}"
            ),
            (Some(last), Language::En) => format!(
                "{} labels were handed over whole, the last of them {last}, and {next} was not for certain; a printer loses what \
                 it holds, so look which label came out last, and give the same command with --from and the waybill \
                 behind it, or with --only for a single one",
                self.whole
            ),
            (Some(last), Language::Zh) => format!(
                "已完整送达 {} 张，最后一张为 {last}，{next} 不能确定；打印机断开时缓存会丢失：请看最后打出的是哪一张，\
                 再用同一命令加 --from 和其后一张的运单号继续，只补一张则用 --only",
                self.whole
            ),
        }
    }

    /// What to say if the batch was stopped between two labels.
    pub fn stopped(&self, language: Language) -> String {
        match (&self.next, language) {
            (None, _) => language.pick("no label was printed", "未打印任何面单").to_owned(),
            (Some(last), Language::En) => format!(
                "{} labels were handed over whole, the last of them {last}; go on with --from and the waybill behind it",
                self.whole + 1
            ),
            (Some(last), Language::Zh) => format!(
                "已完整送达 {} 张，最后一张为 {last}：请用 --from 和其后一张的运单号继续",
                self.whole + 1
            ),
        }
    }
}
