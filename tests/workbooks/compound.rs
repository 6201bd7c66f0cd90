//! Writes an XLS with one sheet as small as it may be.

const SECTOR: usize = 512;
/// The most bytes of a record.
const RECORD: usize = 8224;

/// A workbook in XLS, record by record.
pub struct Xls {
    globals: Vec<u8>,
    cells: Vec<u8>,
}

fn record(to: &mut Vec<u8>, kind: u16, data: &[u8]) {
    to.extend(kind.to_le_bytes());
    to.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    to.extend(data);
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().copied().flat_map(u16::to_le_bytes).collect()
}

impl Xls {
    pub fn new() -> Self {
        let (mut globals, mut cells) = (Vec::new(), Vec::new());
        record(&mut globals, 0x0809, &words(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0]));
        record(&mut cells, 0x0809, &words(&[0x0600, 0x0010, 0, 0, 0, 0, 0, 0]));
        Self { globals, cells }
    }

    /// The strings of all cells. One that is longer than a record continues in the next, its first half in two bytes a
    /// character.
    pub fn strings(&mut self, strings: &[&str]) {
        let mut data: Vec<u8> = [strings.len() as u32; 2].into_iter().flat_map(u32::to_le_bytes).collect();
        let mut kind = 0x00fc;
        for text in strings {
            let units: Vec<u16> = text.encode_utf16().collect();
            let wide = units.iter().any(|unit| *unit > 0xff);
            data.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
            data.push(u8::from(wide));
            for unit in units {
                if data.len() + 2 > RECORD {
                    record(&mut self.globals, kind, &data);
                    kind = 0x003c;
                    data = vec![u8::from(wide)];
                }
                if wide {
                    data.extend(unit.to_le_bytes());
                } else {
                    data.push(unit as u8);
                }
            }
        }
        record(&mut self.globals, kind, &data);
    }

    pub fn encrypt(&mut self) {
        record(&mut self.globals, 0x002f, &[1, 0]);
    }

    pub fn shared(&mut self, row: u16, column: u16, at: u32) {
        record(&mut self.cells, 0x00fd, &[words(&[row, column, 0]), at.to_le_bytes().to_vec()].concat());
    }

    pub fn number(&mut self, row: u16, column: u16, number: f64) {
        record(&mut self.cells, 0x0203, &[words(&[row, column, 0]), number.to_le_bytes().to_vec()].concat());
    }

    pub fn integer(&mut self, row: u16, column: u16, number: i32) {
        record(
            &mut self.cells,
            0x027e,
            &[words(&[row, column, 0]), (number << 2 | 2).to_le_bytes().to_vec()].concat(),
        );
    }

    pub fn failed(&mut self, row: u16, column: u16, code: u8) {
        record(&mut self.cells, 0x0205, &[words(&[row, column, 0]), vec![code, 1]].concat());
    }

    pub fn hide_row(&mut self, row: u16) {
        record(&mut self.cells, 0x0208, &words(&[row, 0, 3, 0, 0, 0, 0x20, 0]));
    }

    /// First and last row, first and last column.
    pub fn merge(&mut self, range: [u16; 4]) {
        record(&mut self.cells, 0x00e5, &[words(&[1]), words(&range)].concat());
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut stream = self.globals.clone();
        let name = "订单".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let place = stream.len() + 4 + 8 + name.len() + 4;
        record(
            &mut stream,
            0x0085,
            &[(place as u32).to_le_bytes().to_vec(), vec![0, 0, 2, 1], name].concat(),
        );
        record(&mut stream, 0x000a, &[]);
        assert_eq!(stream.len(), place);
        stream.extend(&self.cells);
        record(&mut stream, 0x000a, &[]);
        Self::with_stream("Workbook", &stream)
    }

    /// A compound file: a table of sectors, a directory, and one stream, which is not small.
    pub fn with_stream(name: &str, content: &[u8]) -> Vec<u8> {
        let mut content = content.to_vec();
        content.resize(content.len().max(4096).next_multiple_of(SECTOR), 0);
        let end = 0xffff_fffe_u32;
        let mut header = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        header.resize(24, 0);
        header.extend(words(&[0x3e, 3, 0xfffe, 9, 6, 0, 0, 0]));
        for word in [0, 1, 1, 0, 4096, end, 0, end, 0, 0_u32] {
            header.extend(word.to_le_bytes());
        }
        header.resize(SECTOR, 0xff);
        let sectors = (content.len() / SECTOR) as u32;
        let mut table = vec![0xffff_fffd, end];
        table.extend((0..sectors).map(|at| if at + 1 == sectors { end } else { at + 3 }));
        assert!(table.len() <= SECTOR / 4);
        let mut table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
        table.resize(SECTOR, 0xff);
        let entry = |name: &str, kind: u8, start: u32, size: u32| {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = entry.len() as u16 + 2;
            entry.resize(64, 0);
            entry.extend(length.to_le_bytes());
            entry.push(kind);
            entry.resize(116, 0);
            entry.extend([start.to_le_bytes(), size.to_le_bytes()].concat());
            entry.resize(128, 0);
            entry
        };
        let mut directory =
            [entry("Root Entry", 5, end, 0), entry(name, 2, 2, content.len() as u32)].concat();
        directory.resize(SECTOR, 0);
        [header, table, directory, content].concat()
    }
}
