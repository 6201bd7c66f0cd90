//! Draws the gallery of difficult labels: `cargo run --example gallery -- FOLDER`. `--formats` writes every format
//! in addition to the PNG pictures. All people are made up. Arabic, Thai and Hindi need Debian's fonts-noto-core.
use std::{error::Error, fs, path::Path, sync::Arc};
use wayseal::label::native::{PrintJob, PrinterLanguage};
use wayseal::label::{Codes, Composer, Content, Dpi, Format, Page, Template, pdf};
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};

/// A made-up person: name, phone, country, division, street, detail.
type Made = (&'static str, &'static str, &'static str, [&'static str; 3], &'static str, &'static str);

/// A label of the gallery.
struct Case {
    name: &'static str,
    page: (u32, u32),
    dpi: Dpi,
    template: &'static str,
    routing: Option<&'static str>,
    hub: &'static str,
    recipient: Made,
    sender: Option<Made>,
    goods: &'static str,
    remark: &'static str,
    /// Length of the payload in characters: 121, 154, 220 or 310.
    payload: usize,
}

const SHENZHEN: Made =
    ("陈伟", "13760000797", "CN", ["广东省", "深圳市", "南山区"], "粤海街道", "科技园路9号3栋");
const LONDON: Made =
    ("Amelia Hart", "+44 7700 900123", "GB", ["England", "London", ""], "", "14 Rye Lane, Flat 3");

const PLAIN: Case = Case {
    name: "plain",
    page: Page::MEDIUM,
    dpi: Dpi::D203,
    template: "",
    routing: Some("755-A12-008"),
    hub: "华南转运中心 → 南山集散点",
    recipient: ("孙静杰", "15800007385", "CN", ["浙江省", "绍兴市", "新昌县"], "羽林街道", "天峰东湾58号"),
    sender: Some(SHENZHEN),
    goods: "服装 ×2",
    remark: "易碎，轻放；请勿重压",
    payload: 154,
};

const ENGLISH: &str = "carrier = \"Wayseal Express\"\nlogo = \"logo.png\"\nbadge = \"PRIVATE\"\n\
no_routing = \"SORT BY HAND\"\nrecipient_badge = \"TO\"\nsender_badge = \"FROM\"\ngoods_label = \"Contents: \"\n\
remark_label = \"Note: \"\nsignature = \"Signature / time\"\nfooter = \"Name, phone, address: encrypted\"\n";

fn cases() -> Vec<Case> {
    vec![
        PLAIN,
        Case { page: Page::SMALL, ..PLAIN },
        Case { page: Page::LARGE, dpi: Dpi::D300, ..PLAIN },
        Case {
            name: "uyghur",
            page: Page::SMALL,
            routing: Some("991-B07-112"),
            recipient: (
                "阿布都热合曼·买买提吐尔逊",
                "13800005678",
                "CN",
                ["新疆维吾尔自治区", "巴音郭楞蒙古自治州", "和硕县"],
                "塔哈其镇",
                "茶汗通古村3组12号",
            ),
            ..PLAIN
        },
        Case {
            name: "long-address",
            page: Page::SMALL,
            routing: Some("851-C33-904"),
            recipient: (
                "欧阳修远",
                "0851-86543212",
                "CN",
                ["贵州省", "黔西南布依族苗族自治州", "兴义市"],
                "桔山街道",
                "瑞金大道与桔园路交叉口东南侧峰林国际商贸物流产业园区冷链仓储中心北门东侧辅路B座1203室",
            ),
            payload: 310,
            ..PLAIN
        },
        Case {
            name: "no-routing",
            page: Page::SMALL,
            routing: None,
            hub: "",
            recipient: (
                "周鑫",
                "13900000225",
                "CN",
                ["上海市", "上海市", "浦东新区"],
                "",
                "金钟路658弄5号502室",
            ),
            payload: 121,
            ..PLAIN
        },
        Case { name: "no-sender", sender: None, payload: 121, ..PLAIN },
        Case {
            name: "arabic",
            routing: Some("RUH-04-117"),
            hub: "Riyadh → مركز العليا",
            recipient: (
                "محمد عبد الرحمن الغامدي",
                "+966 50 123 4567",
                "SA",
                ["منطقة الرياض", "الرياض", "حي العليا"],
                "طريق الملك فهد",
                "مبنى 12، شقة 304",
            ),
            payload: 220,
            ..PLAIN
        },
        Case {
            name: "uyghur-script",
            routing: Some("998-K02-031"),
            hub: "ئۈرۈمچى → قەشقەر",
            recipient: (
                "ئابدۇرېھىم مەمەتئېلى توختى",
                "13899990246",
                "CN",
                ["新疆维吾尔自治区", "喀什地区", "疏勒县"],
                "",
                "يېڭىشەھەر مەھەللە 8-ئۆي",
            ),
            goods: "كىتاب ×2",
            remark: "",
            payload: 220,
            ..PLAIN
        },
        Case {
            name: "thai",
            page: Page::SMALL,
            routing: Some("BKK-10-110"),
            hub: "กรุงเทพฯ → วัฒนา",
            recipient: (
                "สมชาย ใจดีมากสกุล",
                "+66 81 234 5678",
                "TH",
                ["กรุงเทพมหานคร", "เขตวัฒนา", "แขวงคลองเตยเหนือ"],
                "ถนนสุขุมวิท 21",
                "อาคารเสริมมิตร ชั้น 12 ห้อง 1203",
            ),
            payload: 220,
            ..PLAIN
        },
        Case {
            name: "hindi",
            routing: Some("DEL-09-302"),
            hub: "दिल्ली → जयपुर",
            recipient: (
                "प्रियंका शर्मा",
                "+91 98765 43210",
                "IN",
                ["राजस्थान", "जयपुर", "मालवीय नगर"],
                "जवाहर लाल नेहरू मार्ग",
                "मकान संख्या 42, तीसरी मंज़िल",
            ),
            payload: 220,
            ..PLAIN
        },
        Case {
            name: "japanese",
            routing: Some("13-150-0041"),
            hub: "東京ベース → 渋谷店",
            recipient: (
                "佐々木健太郎",
                "+81 90-1234-5678",
                "JP",
                ["東京都", "渋谷区", ""],
                "神南",
                "1-2-3 パークハイツ405号室",
            ),
            ..PLAIN
        },
        Case {
            name: "english",
            dpi: Dpi::D300,
            template: ENGLISH,
            routing: Some("SE15-4QN-02"),
            hub: "South East → Peckham",
            recipient: (
                "Maximilian Featherstonehaugh-Cholmondeley",
                "+44 7700 900456",
                "GB",
                ["England", "London", "Southwark"],
                "Peckham",
                "Flat 12, Cotton Mill Court, 88 Rye Lane",
            ),
            sender: Some(LONDON),
            goods: "Books × 2",
            remark: "Leave with the concierge",
            payload: 220,
            ..PLAIN
        },
    ]
}

fn person((name, phone, country, division, street, detail): Made) -> Person<'static> {
    let country = country.as_bytes().try_into().ok().and_then(Country::new).unwrap_or(Country::CN);
    Person { name, phone, country, postcode: "", division, street, detail }
}

/// A payload of random-looking ciphertext.
fn payload(length: usize) -> String {
    let body = "6BFOXN%TSMAHN-HX2MV44Z8A./K1U9BE$7P*QW0RJ3+DY5GILC:S";
    format!("WS1:{}", body.chars().cycle().take(length - 4).collect::<String>())
}

fn fonts() -> Result<Vec<Arc<Vec<u8>>>, Box<dyn Error>> {
    let names = ["NotoNaskhArabic", "NotoSansThai", "NotoSansDevanagari"];
    let read = |name| {
        let path = format!("/usr/share/fonts/truetype/noto/{name}-Regular.ttf");
        fs::read(&path)
            .map(Arc::new)
            .map_err(|error| format!("{path}: {error}; apt install fonts-noto-core").into())
    };
    names.into_iter().map(read).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("usage: gallery FOLDER [--formats]")?;
    let formats = arguments.next().is_some_and(|argument| argument == "--formats");
    let (out, fonts) = (Path::new(&out), fonts()?);
    fs::create_dir_all(out)?;
    let scratch = tempfile::tempdir()?;
    let book = |name: &str, paper| -> Result<_, Box<dyn Error>> {
        Ok(pdf::PdfWriter::new(std::io::BufWriter::new(fs::File::create(out.join(name))?), paper)?)
    };
    let mut books = Vec::new();
    if formats {
        books.push(book("all.pdf", pdf::Paper::Label)?);
        books.push(book("all-a4.pdf", pdf::Paper::A4)?);
        books.push(book("all-letter.pdf", pdf::Paper::Letter)?);
    }
    for case in cases() {
        let page = Page::new(case.page, case.dpi);
        let name = format!("{}-{}x{}-{}", case.name, page.width_mm, page.height_mm, case.dpi.dots_per_inch());
        let toml = scratch.path().join("template.toml");
        fs::write(&toml, case.template)?;
        fs::write(scratch.path().join("logo.png"), include_bytes!("logo.png"))?;
        let template = Template::load(&toml)?;
        let mut composer = Composer::new(&template, page, fonts.clone())?;
        let sender = case.sender.map(person);
        let recipient = person(case.recipient);
        let summary = Summary::new(&recipient, sender.as_ref())?;
        let show = |text| summary.show(text, &recipient, sender.as_ref());
        let code = |text| summary.show_code(text, &recipient, sender.as_ref());
        let content = Content {
            waybill: "SF1304857296031",
            routing: case.routing.map(code).transpose()?,
            hub: Some(show(case.hub)),
            summary: &summary,
            payload: &payload(case.payload),
            handle: "7K3QX9M2TD",
            goods: show(case.goods),
            remark: show(case.remark),
            piece: None,
            payment: None,
            day: "2026-11-24",
        };
        if formats {
            let label = composer.sketch(&content).map_err(|error| format!("{name}: {error}"))?;
            let (mut job, mut stream) = (PrintJob::stream(PrinterLanguage::Zpl), Vec::new());
            let both = job.add(&label, &mut stream) && job.add(&label, &mut stream);
            assert!(both, "the number has no commands in it");
            fs::write(out.join(format!("{name}.stream.zpl")), stream)?;
        }
        let label = composer.compose(&content).map_err(|error| format!("{name}: {error}"))?;
        if label.missing > 0 {
            return Err(format!("{name}: {} characters in no font", label.missing).into());
        }
        let write = |ending: &str, format: Format, codes| -> Result<(), Box<dyn Error>> {
            Ok(fs::write(out.join(format!("{name}.{ending}")), format.encode(&label, codes)?)?)
        };
        write("png", Format::Png, Codes::Dots)?;
        if formats {
            for format in [Format::Svg, Format::Pdf, Format::Zpl, Format::Tspl, Format::Cpcl] {
                write(format.name(), format, Codes::Dots)?;
            }
            write("native.zpl", Format::Zpl, Codes::Native)?;
            write("native.tspl", Format::Tspl, Codes::Native)?;
        }
        for book in &mut books {
            book.add(&pdf::PdfLabel::new(&label))?;
        }
    }
    for book in books {
        book.finish()?;
    }
    Ok(())
}
