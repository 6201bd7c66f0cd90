//! Numbers as they are said, in the languages that goods and remarks are written in.

use super::marks::unmarked;
use crate::summary::line::lower;
use crate::summary::pinyin::{SYLLABLES, sound, sound_of};

/// What a word says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoken {
    Number(u32),
    Hundred,
}

/// Digits in pinyin, each before those that it begins with.
pub(super) const DIGITS: [(&str, char); 15] = [
    ("ling", '零'),
    ("liang", '二'),
    ("liu", '六'),
    ("yao", '一'),
    ("yi", '一'),
    ("er", '二'),
    ("san", '三'),
    ("si", '四'),
    ("wu", '五'),
    ("qi", '七'),
    ("guai", '七'),
    ("ba", '八'),
    ("jiu", '九'),
    ("gou", '九'),
    ("bai", '百'),
];

/// The digits in pinyin by the numbers of their syllables.
static SOUNDS: [u16; DIGITS.len()] = {
    let mut sounds = [0; DIGITS.len()];
    let mut at = 0;
    while at < DIGITS.len() {
        sounds[at] = sound_of(DIGITS[at].0);
        at += 1;
    }
    sounds
};

/// A bit of each syllable that is a digit's.
static COUNTS: [u64; SYLLABLES.div_ceil(64)] = {
    let mut bits = [0; SYLLABLES.div_ceil(64)];
    let mut at = 0;
    while at < SOUNDS.len() {
        bits[SOUNDS[at] as usize / 64] |= 1 << (SOUNDS[at] % 64);
        at += 1;
    }
    bits
};

/// The digit that an ideograph is read like.
pub(super) fn sounds_like(character: char) -> Option<char> {
    let sound = sound(character);
    if sound == 0 || COUNTS[usize::from(sound / 64)] >> (sound % 64) & 1 == 0 {
        return None;
    }
    SOUNDS.iter().position(|known| *known == sound).map(|place| DIGITS[place].1)
}

/// Words and their numbers, by their first letter; 100 stands for a hundred. Letters have no marks. Of a word that two languages
/// have the number is that of the first: English, Spanish, French, German, Italian, Portuguese, Dutch, Turkish, Polish, Russian,
/// Vietnamese, Malay, Japanese, Korean.
const WORDS: [&str; 26] = [
    "acht 8 achtzehn 18 achter 8 achte 8 altı 6 alti 6 achtzig 80",
    "bir 1 birinci 1 beş 5 bes 5 besinci 5 bon 4 bay 7",
    "cero 0 cinco 5 cuatro 4 catorce 14 cuarto 4 cinq 5 cinquieme 5 cent 100 cinque 5 ciento 100 cztery 4 cem 100 chin 9 cinquante 50 cuarenta 40 cincuenta 50",
    "dos 2 diez 10 doce 12 decimo 10 deux 2 deuxieme 2 dix 10 dixieme 10 douze 12 douzieme 12 drei 3 dritter 3 dritte 3 dreizehn 13 due 2 dozen 12 dieci 10 dodici 12 dois 2 doze 12 dez 10 dua 2 dort 4 dokuz 9 delapan 8 dwa 2 drie 3 derde 3 deset 10 duas 2 dreissig 30",
    "ein 1 eight 8 eleven 11 eighteen 18 eighth 8 eleventh 11 eighty 80 eins 1 erster 1 erste 1 elf 11 empat 4 enam 6 een 1 eerste 1 elli 50",
    "first 1 five 5 fifth 5 four 4 fourth 4 fourteen 14 fifteen 15 fifteenth 15 fourteenth 14 forty 40 fifty 50 funf 5 fuenf 5 funfter 5 funfte 5 funfzehn 15 funfzehnter 15 funfzig 50 fuenfzig 50",
    "go 5",
    "hundred 100 huit 8 huitieme 8 hachi 8 hundert 100 hai 2",
    "iki 2 ikinci 2 ichi 1",
    "",
    "kyu 9 kyuu 9 kosong 0 khong 0",
    "lima 5 lam 5",
    "mot 1 muoi 10",
    "nine 9 ninth 9 nineteen 19 ninety 90 nueve 9 neuf 9 neun 9 nove 9 noveno 9 neuvieme 9 nana 7 ni 2 negen 9 nulla 0 null 0 nol 0 nam 5 neunzig 90 noventa 90",
    "one 1 oh 0 ocho 8 octavo 8 once 11 onze 11 otto 8 oito 8 osiem 8 ochenta 80",
    "premier 1 premiere 1 primer 1 primero 1 primera 1 primo 1 prima 1 pierwsze 1 piec 5",
    "quatre 4 quatrieme 4 quattro 4 quatro 4 quinto 5 quarto 4 quinze 15 quinzieme 15 quince 15 quattordici 14 quindici 15 quinta 5 quarante 40",
    "roku 6",
    "six 6 seven 7 second 2 sixth 6 seventh 7 sixteen 16 seventeen 17 sixty 60 seventy 70 siete 7 seis 6 segundo 2 segunda 2 septimo 7 sexto 6 sept 7 septieme 7 sixieme 6 seize 16 sechs 6 sieben 7 sechzehn 16 siebzehn 17 sechster 6 sei 6 sette 7 secondo 2 sete 7 satu 1 sembilan 9 sepuluh 10 sebelas 11 sau 6 sekiz 8 sifir 0 szesc 6 siedem 7 sefr 0 sechzig 60 siebzig 70 sesenta 60 setenta 70 soixante 60",
    "two 2 three 3 third 3 ten 10 tenth 10 twelve 12 twelfth 12 thirteen 13 thirteenth 13 twenty 20 twentieth 20 thirty 30 tres 3 tercer 3 tercero 3 tercera 3 tercio 3 trece 13 trois 3 troisieme 3 treize 13 tre 3 terzo 3 terceiro 3 tiga 3 tujuh 7 trzy 3 trzecie 3 tweede 2 twee 2 tam 8 trente 30 treinta 30",
    "uc 3 uno 1 una 1 un 1 une 1 um 1 uma 1 ucuncu 3 undici 11",
    "vier 4 vierter 4 vierte 4 vierzehn 14 vijf 5 veinte 20 vingt 20 venti 20 vinte 20 vigesimo 20 vierzig 40",
    "",
    "",
    "yon 4 yuz 100 yedi 7 yuk 6 yirmi 20",
    "zero 0 zwei 2 zweiter 2 zweite 2 zehn 10 zwolf 12 zwoelf 12 zwanzig 20 zes 6 zeven 7",
];

/// Cyrillic words with the letters that have a Latin form in it, as they are compared.
const OTHERS: &str = "один 1 два 2 три 3 четыре 4 пять 5 шесть 6 семь 7 восемь 8 девять 9 ноль 0 десять 10 первый 1 \
                      второй 2 третий 3 четвертый 4 пятый 5 пятнадцать 15 пятнадцатый 15 двенадцать 12 сто 100 dreißig 30 одиннадцать 11 тринадцать 13 \
                      четырнадцать 14 шестнадцать 16 двадцать 20 тридцать 30 сорок 40 пятьдесят 50 шестьдесят 60 \
                      семьдесят 70 восемьдесят 80 девяносто 90";

/// What a word says, if it is a number's.
pub(super) fn word(word: &[char]) -> Option<Spoken> {
    if !(2..=16).contains(&word.len()) {
        return None;
    }
    // dreiundzwanzig.
    if let Some(at) = word.windows(3).position(|part| matches!(part, ['u', 'n', 'd']))
        && let (Some(Spoken::Number(ones @ 1..10)), Some(Spoken::Number(tens @ 20..100))) =
            (self::word(&word[..at]), self::word(&word[at + 3..]))
    {
        return Some(Spoken::Number(tens + ones));
    }
    let first = lower(word[0]);
    let line = match first {
        'a'..='z' if word.iter().all(char::is_ascii) => WORDS[first as usize - 'a' as usize],
        _ => OTHERS,
    };
    // vierten, erstes.
    let word = match word {
        [rest @ .., 'n' | 's'] if rest.ends_with(&['t', 'e']) => rest,
        _ => word,
    };
    let mut parts = line.split(' ');
    while let (Some(known), Some(value)) = (parts.next(), parts.next()) {
        if known.chars().map(unmarked).eq(word.iter().map(|c| lower(*c))) {
            let value = value.parse().ok()?;
            return Some(if value == 100 { Spoken::Hundred } else { Spoken::Number(value) });
        }
    }
    None
}

/// The digit that a text in kana begins with, as an ideograph, and how many characters say it.
pub(super) fn kana(text: &[char]) -> Option<(char, usize)> {
    const READINGS: &str =
        "ぜろ零 れい零 まる零 いち一 に二 さん三 よん四 し四 ご五 ろく六 なな七 しち七 はち八 きゅう九 く九";
    // Katakana have the code points of hiragana plus 0x60.
    let plain = |c: char| match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    };
    if !matches!(text.first()?, '\u{3041}'..='\u{30f6}') {
        return None;
    }
    let mut longest = None;
    for known in READINGS.split(' ') {
        let count = known.chars().count() - 1;
        let (said, digit) = known.split_at(3 * count);
        let same = text.len() >= count && said.chars().eq(text[..count].iter().map(|c| plain(*c)));
        if same && longest.is_none_or(|(_, len)| len < count) {
            longest = digit.chars().next().map(|digit| (digit, count));
        }
    }
    longest
}

/// A numeral as it is read in Korean, as an ideograph.
pub(super) fn korean(character: char) -> Option<char> {
    if !matches!(character, '\u{ac00}'..='\u{d7a3}') {
        return None;
    }
    let place = "영공일이삼사오육칠팔구십백천".chars().position(|known| known == character)?;
    "零零一二三四五六七八九十百千".chars().nth(place)
}
