//! Draws the gallery: `cargo run --release --example gallery -- FOLDER`.
use std::{error::Error, fs, path::Path};
use wayseal::label::{Composer, Content, Dpi, Page, Template, pdf, png, svg, tspl, zpl};
use wayseal::summary::{Masked, Summary};
use wayseal::symbol::Symbol;

fn masked(name: &str, phone: &str, address: &str) -> Masked {
    let mut masked = Masked::default();
    let full = "the gallery's texts fit";
    masked.name.push_str(name).expect(full);
    masked.phone.push_str(phone).expect(full);
    masked.address.push_str(address).expect(full);
    masked
}

fn symbol(text: &str) -> Result<Symbol, Box<dyn Error>> {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M)?;
    let size = code.width();
    let mut rows = [0; 57];
    for (at, color) in code.to_colors().iter().enumerate() {
        rows[at / size] |= u64::from(*color == qrcode::Color::Dark) << (63 - at % size);
    }
    Ok(Symbol { size, rows })
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let text = |length: usize| {
        let body = "6BFOXN%TSMAHN-HX2MV44Z8A./K1U9BE$7P*QW0RJ3+DY5GILC:S";
        format!("WS1:{}", body.chars().cycle().take(length - 4).collect::<String>())
    };
    let someone = masked("*静杰", "1******7385", "浙江省绍兴市新昌县羽林街道***");
    let sender = || Some(masked("*伟", "1******0797", "广东省深圳市南山区粤海街道***"));
    let cases = [
        ("plain", Some("755-A12-008"), Summary { to: someone, from: sender() }, 154),
        (
            "uyghur",
            Some("991-B07-112"),
            Summary {
                to: masked(
                    "阿**·买买提吐尔逊·阿卜杜热合曼",
                    "1******5678",
                    "新疆维吾尔自治区巴音郭楞蒙古自治州和硕县塔哈其镇***",
                ),
                from: sender(),
            },
            154,
        ),
        (
            "long-address",
            Some("851-C33-904"),
            Summary {
                to: masked(
                    "欧*",
                    "0851-******12",
                    "贵州省黔西南布依族苗族自治州兴义市桔山街道办事处瑞金大道与桔园路交叉口东南侧三百米峰林国际商贸物流产业园区冷链仓储中心北门东侧辅路***",
                ),
                from: sender(),
            },
            310,
        ),
        (
            "no-routing",
            None,
            Summary { to: masked("*鑫", "1******0225", "上海市浦东新区金钟路***"), from: None },
            121,
        ),
        (
            "latin",
            Some("SZX-852-HK"),
            Summary {
                to: masked("J***", "+852 ******22", "Nathan Road, Tsim Sha Tsui, Kowloon, Hong Kong ***"),
                from: sender(),
            },
            220,
        ),
    ];
    for (size, dpi, tag) in [
        (Page::MEDIUM, Dpi::D203, "100x150-203"),
        (Page::SMALL, Dpi::D203, "76x130-203"),
        (Page::LARGE, Dpi::D300, "100x180-300"),
    ] {
        let mut file = pdf::File::new();
        let mut composer = Composer::new(&Template::default(), Page::new(size, dpi), Vec::new())?;
        for (name, routing, summary, length) in &cases {
            let symbol = symbol(&text(*length))?;
            let content = Content {
                waybill: "SF1304857296031",
                routing: *routing,
                hub: routing.map(|_| "华南转运中心 → 南山集散点"),
                summary,
                symbol: &symbol,
                handle: "7K3QX9M2TD",
                goods: "服装 ×2",
                remark: "易碎，轻放；放门口前请电话联系",
                day: "2026-11-24",
            };
            let label = composer.compose(&content).map_err(|e| format!("{name} {tag}: {e}"))?;
            let path = |ext: &str| Path::new(&out).join(format!("{name}-{tag}.{ext}"));
            fs::write(path("png"), png::encode(label.canvas, &label.page)?)?;
            file.page(&label);
            fs::write(path("svg"), svg::encode(label.canvas, &label.page))?;
            fs::write(path("zpl"), zpl::encode(label.canvas))?;
            fs::write(path("tspl"), tspl::encode(label.canvas, &label.page))?;
        }
        fs::write(Path::new(&out).join(format!("all-{tag}.pdf")), file.finish())?;
    }
    Ok(())
}
