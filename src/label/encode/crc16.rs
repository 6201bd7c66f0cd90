//! CRC-16/XMODEM, as ZPL checks its fields: polynomial 1021, start 0, eight bytes at a time.

/// What a byte does to the sum that so many bytes follow.
const TABLES: [[u16; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let (mut crc, mut bit) = ((byte as u16) << 8, 0);
        while bit < 8 {
            crc = if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut behind = 1;
    while behind < 8 {
        let mut byte = 0;
        while byte < 256 {
            let crc: u16 = tables[behind - 1][byte];
            tables[behind][byte] = crc << 8 ^ tables[0][(crc >> 8) as usize];
            byte += 1;
        }
        behind += 1;
    }
    tables
};

/// The sum of `bytes`.
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    let (words, rest) = bytes.as_chunks::<8>();
    let crc = words.iter().fold(0u16, |crc, word| {
        let [high, low] = crc.to_be_bytes();
        let at = |place: usize| match place {
            0 => usize::from(word[0] ^ high),
            1 => usize::from(word[1] ^ low),
            _ => usize::from(word[place]),
        };
        (0..8).fold(0, |sum, place| sum ^ TABLES[7 - place][at(place)])
    });
    rest.iter().fold(crc, |crc, byte| crc << 8 ^ TABLES[0][usize::from((crc >> 8) as u8 ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_polynomial() {
        // The check value of the catalogue of parametrised CRC algorithms.
        assert_eq!(crc16(b"123456789"), 0x31C3);
        let text: Vec<u8> = (0..100).map(|at| (at * at) as u8).collect();
        for len in 0..text.len() {
            let by_bit = text[..len].iter().fold(0u16, |crc, byte| {
                (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| (crc << 1) ^ ((crc >> 15) * 0x1021))
            });
            assert_eq!(crc16(&text[..len]), by_bit, "{len}");
        }
    }
}
