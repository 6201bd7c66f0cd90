//! Draws the gallery: `cargo run --release --example gallery -- FOLDER`.
use std::{error::Error, fs, path::Path};
use wayseal::label::{Codes, Composer, Content, Dpi, Format, Page, Template, pdf};
use wayseal::record::Country;
use wayseal::summary::{Person, Summary};

/// A made-up person: name, phone, division, street, detail.
type Made = (&'static str, &'static str, [&'static str; 3], &'static str, &'static str);

const SENDER: Made = ("陈伟", "13760000797", ["广东省", "深圳市", "南山区"], "粤海街道", "科技园路9号3栋");

fn person((name, phone, division, street, detail): Made) -> Person<'static> {
    Person { name, phone, country: Country::CN, division, street, detail }
}

/// A payload of made-up ciphertext.
fn payload(length: usize) -> String {
    let body = "6BFOXN%TSMAHN-HX2MV44Z8A./K1U9BE$7P*QW0RJ3+DY5GILC:S";
    format!("WS1:{}", body.chars().cycle().take(length - 4).collect::<String>())
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let cases: [(&str, Option<&str>, Made, bool, usize); 5] = [
        (
            "plain",
            Some("755-A12-008"),
            ("孙静杰", "15800007385", ["浙江省", "绍兴市", "新昌县"], "羽林街道", "天峰东湾58号"),
            true,
            154,
        ),
        (
            "uyghur",
            Some("991-B07-112"),
            (
                "阿布都热合曼·买买提吐尔逊",
                "13800005678",
                ["新疆维吾尔自治区", "巴音郭楞蒙古自治州", "和硕县"],
                "塔哈其镇",
                "茶汗通古村3组12号",
            ),
            true,
            154,
        ),
        (
            "long-address",
            Some("851-C33-904"),
            (
                "欧阳修远",
                "0851-86543212",
                ["贵州省", "黔西南布依族苗族自治州", "兴义市"],
                "桔山街道",
                "瑞金大道与桔园路交叉口东南侧峰林国际商贸物流产业园区冷链仓储中心北门东侧辅路B座1203室",
            ),
            true,
            310,
        ),
        (
            "no-routing",
            None,
            ("周鑫", "13900000225", ["上海市", "上海市", "浦东新区"], "", "金钟路658弄5号502室"),
            false,
            121,
        ),
        (
            "latin",
            Some("SZX-852-HK"),
            ("John O'Brien", "+852 2345 6722", ["Hong Kong", "Kowloon", ""], "", "Nathan Road 88, Flat A"),
            true,
            220,
        ),
    ];
    for (size, dpi, tag) in [
        (Page::MEDIUM, Dpi::D203, "100x150-203"),
        (Page::SMALL, Dpi::D203, "76x130-203"),
        (Page::LARGE, Dpi::D300, "100x180-300"),
    ] {
        let out_pdf = fs::File::create(Path::new(&out).join(format!("all-{tag}.pdf")))?;
        let mut file = pdf::Book::new(std::io::BufWriter::new(out_pdf), pdf::Paper::Label)?;
        let mut composer = Composer::new(&Template::default(), Page::new(size, dpi), Vec::new())?;
        for (name, routing, recipient, with_sender, length) in &cases {
            let payload = payload(*length);
            let sender = with_sender.then(|| person(SENDER));
            let summary = Summary::new(&person(*recipient), sender.as_ref())?;
            let content = Content {
                waybill: "SF1304857296031",
                routing: *routing,
                hub: routing.map(|_| "华南转运中心 → 南山集散点"),
                summary: &summary,
                payload: &payload,
                handle: "7K3QX9M2TD",
                goods: "服装 ×2",
                remark: "易碎，轻放；放门口前请电话联系",
                day: "2026-11-24",
            };
            let label = composer.compose(&content).map_err(|e| format!("{name} {tag}: {e}"))?;
            let path = |ext: &str| Path::new(&out).join(format!("{name}-{tag}.{ext}"));
            for format in [Format::Png, Format::Svg, Format::Zpl, Format::Tspl] {
                fs::write(path(format.name()), format.encode(&label, Codes::Dots)?)?;
            }
            for format in [Format::Zpl, Format::Tspl] {
                fs::write(path(&format!("native.{format}")), format.encode(&label, Codes::Native)?)?;
            }
            file.add(&pdf::Leaf::new(&label))?;
        }
        file.finish()?;
    }
    Ok(())
}
