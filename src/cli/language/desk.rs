//! Texts of a desk that relabels and returns.

use super::text::{sentences, texts};
use super::{Language, outcome};
use wayseal::batch::return_places::ReturnPlacesError;
use wayseal::device::desk::NotMade;
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::ScanOutcome;
use wayseal::error::{Refusal, SealError};
use wayseal::signed::grant::Purpose;

texts! {
    RETURN = "RETURN", "退回";
    RETURN_WITHOUT_SENDER = "RETURN, NO SENDER", "退回：无寄件人";
    SENDER_LEFT_OUT = "the sender did not fit and is left out", "寄件人信息放不下，已略去";
    ENTRIES_LOST =
        "entries of a later version are not on the new label: update the program",
        "新面单不含较新版本的附加项：请更新程序";
    TO_SEALERS_PLACE = "no sender: to the sealer's place", "无寄件人：退至打单方处";
    TEXT_WITHHELD =
        "goods or remark told somebody's data and is printed as ***",
        "品名或备注泄露个人信息，已印为 ***";
    OTHER_STATION =
        "Not opened: the desk's grant has no keys of the label's station; ask the authority for them, or for a pass for this label",
        "未能打开：本台授权没有面单所属网点的密钥：请向授权机构申请，或申请该面单的通行授权";
    SCANNED_TWICE = "scanned twice: its new label was made", "重复扫描：新面单已制作";
}

sentences! {
    labels_left(left) = "  {left} left", "  余 {left}";
}

impl Language {
    /// Why a label at a desk was not opened.
    pub fn not_opened(self, mark: EntryOutcome) -> String {
        let scan = match mark {
            // A courier sends it on; here it was to get its new label.
            EntryOutcome::Refused(Refusal::OtherStation) => return self.of(OTHER_STATION).to_owned(),
            EntryOutcome::Refused(refusal) => ScanOutcome::Refused(refusal),
            EntryOutcome::OverBudget => ScanOutcome::BudgetSpent(0),
            EntryOutcome::PurposeNotGranted => ScanOutcome::PurposeNotGranted(Purpose::Relabel),
            EntryOutcome::AfterDelivery => ScanOutcome::AfterDelivery,
            EntryOutcome::OpenedBefore => ScanOutcome::OpenedBefore,
            EntryOutcome::WrongWaybill => ScanOutcome::Moved,
            _ => ScanOutcome::NotLoaded,
        };
        let (title, advice) = outcome::told(&scan, self).unwrap_or_default();
        format!("{title}: {advice}")
    }

    /// Why no new label was made.
    pub fn not_made(self, reason: &NotMade) -> String {
        match (self, reason) {
            (Self::En, NotMade::NoLane(..)) => {
                format!(
                    "{reason}; ask the authority for a sealer's grant that has it (`authority grant sealer`)"
                )
            }
            (Self::En, NotMade::NoPlace) => {
                format!("{reason}; add a line to the table of places, or give the station with --to")
            }
            (Self::En, _) => reason.to_string(),
            (Self::Zh, NotMade::NoLane(region, site)) => format!(
                "本台的打单授权今天没有片区 {} 站点 {} 的密钥：请向授权机构申请（`authority grant sealer`）",
                region.number(),
                site.number()
            ),
            (Self::Zh, NotMade::NoPlace) => {
                "没有该打单方的退件地点：请在地点表中添加，或用 --to 给出网点".to_owned()
            }
            (Self::Zh, NotMade::Sealing(SealError::TooLong(_))) => {
                "收件信息放不下：请改用人工处理".to_owned()
            }
            (Self::Zh, NotMade::Sealing(_)) => "收件信息无法重新加密：请改用人工处理".to_owned(),
            (Self::Zh, NotMade::Mask(_)) => "脱敏检查未通过：不能打印该面单".to_owned(),
            (Self::Zh, NotMade::Told(_)) => "网点的大头笔或分拨行泄露个人信息：请改用其他文字".to_owned(),
            (Self::Zh, _) => reason.to_string(),
        }
    }

    /// Why a table of return places is not used.
    pub fn return_places(self, error: &ReturnPlacesError) -> String {
        if self == Self::En {
            return error.to_string();
        }
        match error {
            ReturnPlacesError::Input(error) => self.input(error),
            ReturnPlacesError::Column => "表中没有 `station` 列".to_owned(),
            ReturnPlacesError::Station(line) => format!("第 {line} 行没有网点"),
            ReturnPlacesError::Sealer(line) => format!("第 {line} 行：打单方不是 0 至 16777215 的编号"),
            ReturnPlacesError::Range(line) => {
                format!("第 {line} 行：`from` 与 `until` 须为等长单号，小者在前")
            }
            _ => error.to_string(),
        }
    }
}
