//! Writes XLSX and ODS as small as they may be.

use std::io::{Cursor, Read, Write as _};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";

/// A cell with a text of its own.
pub fn cell(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A workbook in XLSX, by the XML of its parts.
#[derive(Clone)]
pub struct Xlsx<'a> {
    /// Name, whether it is hidden, and rows of each sheet.
    pub sheets: Vec<(&'a str, bool, String)>,
    pub strings: &'a str,
    pub styles: &'a str,
    /// What is before and after the rows of the first sheet.
    pub before: &'a str,
    pub after: &'a str,
    pub strict: bool,
}

impl Xlsx<'_> {
    /// One sheet with these rows.
    pub fn of(rows: &str) -> Self {
        let sheets = vec![("订单", false, rows.to_owned())];
        Self { sheets, strings: "", styles: "", before: "", after: "", strict: false }
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.write("xl/workbook.xml", None)
    }

    /// The same with another name of the part that lists the sheets.
    pub fn bytes_of(&self, book: &str) -> Vec<u8> {
        self.write(book, None)
    }

    /// The same with this in place of the first sheet.
    pub fn bytes_with(&self, sheet: &mut dyn Read) -> Vec<u8> {
        self.write("xl/workbook.xml", Some(sheet))
    }

    fn write(&self, book: &str, instead: Option<&mut dyn Read>) -> Vec<u8> {
        let main = if self.strict { STRICT } else { MAIN };
        let related = if self.strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        let relations = |list: String| {
            format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
            )
        };
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{related}/{kind}\" Target=\"{target}\"/>")
        };
        let mut list =
            relation("t", "sharedStrings", "sharedStrings.xml") + &relation("y", "styles", "/xl/styles.xml");
        let mut sheets = String::new();
        let mut parts = vec![
            ("_rels/.rels".to_owned(), relations(relation("b", "officeDocument", book))),
            ("xl/sharedStrings.xml".to_owned(), format!("<sst xmlns=\"{main}\">{}</sst>", self.strings)),
            (
                "xl/styles.xml".to_owned(),
                format!("<styleSheet xmlns=\"{main}\">{}</styleSheet>", self.styles),
            ),
        ];
        for (at, (name, hidden, rows)) in self.sheets.iter().enumerate() {
            let state = if *hidden { " state=\"hidden\"" } else { "" };
            sheets += &format!("<x:sheet name=\"{name}\" sheetId=\"{at}\"{state} r:id=\"s{at}\"/>");
            list += &relation(&format!("s{at}"), "worksheet", &format!("worksheets/sheet{at}.xml"));
            let (before, after) = if at == 0 { (self.before, self.after) } else { ("", "") };
            let sheet = format!(
                "<worksheet xmlns=\"{main}\">{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
            );
            parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet));
        }
        parts.push((format!("xl/_rels/{}.rels", book.rsplit('/').next().unwrap()), relations(list)));
        parts.push((book.to_owned(), format!("<x:workbook xmlns:x=\"{main}\" xmlns:r=\"{related}\"><x:sheets>{sheets}</x:sheets></x:workbook>")));
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
        if let Some(sheet) = instead {
            parts.retain(|(name, _)| name != "xl/worksheets/sheet0.xml");
            archive.start_file("xl/worksheets/sheet0.xml", options).unwrap();
            std::io::copy(sheet, &mut archive).unwrap();
        }
        for (name, content) in parts {
            archive.start_file(name, options).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }
}

/// A spreadsheet in ODS: the name and the XML of each sheet.
pub struct Ods<'a> {
    pub sheets: Vec<(&'a str, &'a str)>,
}

impl Ods<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let names = ["office", "table", "text"]
            .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""));
        let tables: String = self
            .sheets
            .iter()
            .map(|(name, sheet)| format!("<table:table table:name=\"{name}\">{sheet}</table:table>"))
            .collect();
        let content = format!(
            "<office:document-content {}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
            names.join(" ")
        );
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file("mimetype", stored).unwrap();
        archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
        archive.start_file("content.xml", SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }
}
