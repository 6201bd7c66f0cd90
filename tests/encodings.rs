//! Small files in each encoding: read as they were written, or refused, never as other text.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_7, ISO_8859_15, KOI8_R,
    KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;
use std::io::Cursor;
use wayseal::batch::input::{InputError, InputOptions, RowFault, RowSource};

/// Names and addresses of people who do not exist; a row is made of one of each.
struct Language {
    names: &'static [&'static str],
    given: &'static [&'static str],
    places: &'static [&'static str],
    streets: &'static [&'static str],
    /// Whether a name is family name and given name without a blank.
    joined: bool,
}

const CHINESE: Language = Language {
    names: &[
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司徒", "闫", "佟", "亓", "逄",
        "苏", "邵", "隗", "牟",
    ],
    given: &[
        "芳", "伟", "娜娜", "秀英", "敏", "静", "璟雯", "翀", "昊天", "梓涵", "一诺", "沐宸", "俊杰", "国庆",
        "淑珍", "懿", "皓轩", "若汐",
    ],
    places: &[
        "广东省深圳市福田区",
        "浙江省绍兴市新昌县",
        "北京市朝阳区",
        "四川省成都市武侯区",
        "黑龙江省哈尔滨市南岗区",
        "新疆维吾尔自治区喀什地区疏附县",
        "云南省红河哈尼族彝族自治州蒙自市",
        "上海市浦东新区",
        "河南省漯河市郾城区",
        "安徽省亳州市谯城区",
    ],
    streets: &[
        "中山路47号碧水云天14栋1单元2701室",
        "人民路312号",
        "建设大道88号院3号楼502",
        "沙河子村二组",
        "天府三街19号腾讯大厦B座",
        "滨江花园7幢1204",
        "幸福里小区西门菜鸟驿站",
        "科技园南区深南大道9988号",
        "泗泾镇九杜路1号",
        "解放东路邮电局家属院",
    ],
    joined: true,
};

const TRADITIONAL: Language = Language {
    names: &["陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "鄭", "謝", "歐陽", "莊", "簡"],
    given: &[
        "大文", "怡君", "志明", "淑芬", "雅婷", "家豪", "俊傑", "美玲", "冠宇", "詩涵", "承恩", "宥廷",
        "國華", "麗娟",
    ],
    places: &[
        "臺北市大安區",
        "新北市板橋區",
        "高雄市苓雅區",
        "臺中市西屯區",
        "香港中環",
        "香港九龍旺角",
        "澳門新口岸",
        "桃園市中壢區",
        "花蓮縣吉安鄉",
    ],
    streets: &[
        "忠孝東路四段12號5樓",
        "文化路一段188巷3弄2號",
        "德輔道中一號",
        "彌敦道700號15樓B室",
        "中正一路36號",
        "青海路二段207之18號",
        "廣場大廈三座",
    ],
    joined: true,
};

const JAPANESE: Language = Language {
    names: &["佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "山本", "中村", "小林", "齋藤", "桜井", "藤原"],
    given: &["花子", "太郎", "健一", "美咲", "陽翔", "さくら", "結衣", "ひなた", "大輔", "恵美", "直樹"],
    places: &[
        "東京都千代田区丸の内",
        "大阪府大阪市北区梅田",
        "神奈川県横浜市西区みなとみらい",
        "北海道札幌市中央区",
        "福岡県福岡市博多区",
        "沖縄県那覇市",
    ],
    streets: &[
        "1丁目1番地",
        "2-3-4 グランドハイツ302号室",
        "三丁目5番12号",
        "コーポさくら205",
        "5番地 メゾン中央 101",
    ],
    joined: false,
};

const KOREAN: Language = Language {
    names: &["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신"],
    given: &[
        "철수", "영희", "민준", "서연", "지우", "현우", "수빈", "예은", "도윤", "하은", "미경", "상훈",
        "정호",
    ],
    places: &[
        "서울특별시 강남구",
        "부산광역시 해운대구",
        "경기도 성남시 분당구",
        "인천광역시 남동구",
        "대전광역시 유성구",
        "제주특별자치도 제주시",
    ],
    streets: &[
        "테헤란로 123길 45",
        "삼성동 159번지 2층",
        "정자일로 95 현대아파트 101동 1203호",
        "중앙로 12",
        "구월남로 232번길 7 태평빌라 302호",
    ],
    joined: true,
};

const GERMAN: Language = Language {
    names: &["Müller", "Schröder", "Weiß", "Krüger", "Schäfer", "Becker", "Böhm", "Groß", "Jäger", "Wagner"],
    given: &["Jörg", "Günther", "Anna", "Käthe", "Björn", "Lukas", "Jürgen", "Sören", "Ute"],
    places: &[
        "Köln",
        "München",
        "Würzburg",
        "Berlin",
        "Düsseldorf",
        "Nürnberg",
        "Göttingen",
        "Mönchengladbach",
        "Lübeck",
    ],
    streets: &[
        "Hauptstraße 12",
        "Würzburger Straße 5",
        "Am Mühlbach 3a",
        "Goethestraße 77",
        "Königsallee 1",
        "Bahnhofstraße 9",
        "Gärtnerweg 4",
    ],
    joined: false,
};

const FRENCH: Language = Language {
    names: &["Lefèvre", "François", "Benoît", "Gérard", "Hébert", "Lemaître", "Martin", "Béranger"],
    given: &["Hélène", "André", "Zoé", "Chloé", "Jérôme", "Anaïs", "Gaëlle", "Marie", "Noël"],
    places: &["Besançon", "Orléans", "Saint-Étienne", "Nîmes", "Paris", "Angoulême", "Évry", "Béziers"],
    streets: &[
        "12 rue de la République",
        "3 allée des Chênes",
        "5 place du Marché",
        "Résidence Les Érables bât. C",
        "1 chemin du Pré à la Dame",
    ],
    joined: false,
};

const SPANISH: Language = Language {
    names: &["García", "Muñoz", "Ibáñez", "Rodríguez", "Núñez", "López", "Peña", "Gómez"],
    given: &["José", "María", "Ángel", "Begoña", "Raúl", "Íñigo", "Lucía", "Ana"],
    places: &["Málaga", "León", "Logroño", "Cádiz", "Madrid", "A Coruña", "Mérida"],
    streets: &[
        "Calle Mayor 5, 2º",
        "Avenida de la Constitución 12",
        "Plaza España 3",
        "C/ Núñez de Balboa 40",
        "Paseo del Pintor Sorolla 1",
    ],
    joined: false,
};

const SWEDISH: Language = Language {
    names: &["Åkesson", "Sjöberg", "Lindström", "Björk", "Öberg", "Håkansson", "Nilsson"],
    given: &["Åsa", "Göran", "Märta", "Jörgen", "Eva", "Håkan"],
    places: &["Göteborg", "Malmö", "Västerås", "Örebro", "Umeå", "Norrköping"],
    streets: &["Södra vägen 4", "Storgatan 17", "Kyrkogårdsgränd 2", "Västra Hamngatan 9", "Ängsvägen 12B"],
    joined: false,
};

const POLISH: Language = Language {
    names: &["Kowalczyk", "Wiśniewski", "Wójcik", "Dąbrowska", "Zając", "Łukasiewicz", "Gałązka"],
    given: &["Małgorzata", "Paweł", "Łukasz", "Żaneta", "Michał", "Jan", "Bożena"],
    places: &["Łódź", "Kraków", "Gdańsk", "Poznań", "Wrocław", "Częstochowa", "Rzeszów"],
    streets: &[
        "ul. Świętokrzyska 12",
        "ul. Długa 5 m. 3",
        "al. Jana Pawła II 23",
        "ul. Żeromskiego 8",
        "os. Piastów 4",
    ],
    joined: false,
};

const CZECH: Language = Language {
    names: &["Dvořák", "Černý", "Novotný", "Svobodová", "Kučera", "Růžička", "Němec", "Veselý"],
    given: &["Jiří", "Tomáš", "Zdeněk", "Lucie", "Markéta", "Ondřej", "Šárka"],
    places: &["Plzeň", "České Budějovice", "Praha", "Hradec Králové", "Ústí nad Labem", "Třebíč"],
    streets: &["Na Příkopě 12", "Dlouhá třída 5", "Vinohradská 48", "Šumavská 3", "U Zámečku 77"],
    joined: false,
};

const HUNGARIAN: Language = Language {
    names: &["Kovács", "Szabó", "Horváth", "Tóth", "Kőszegi", "Németh", "Győri"],
    given: &["István", "László", "Ágnes", "Zsófia", "Gergő", "Ödön", "Éva"],
    places: &["Győr", "Székesfehérvár", "Budapest", "Hódmezővásárhely", "Pécs", "Érd"],
    streets: &[
        "Kossuth Lajos utca 5",
        "Petőfi Sándor út 12",
        "Fő tér 3",
        "Szent István körút 8",
        "Rákóczi út 44",
    ],
    joined: false,
};

const TURKISH: Language = Language {
    names: &["Yıldırım", "Şahin", "Çelik", "Öztürk", "Aydın", "Doğan", "Güneş"],
    given: &["Ayşe", "İbrahim", "Gülşah", "Çağlar", "Barış", "Özge", "Ali"],
    places: &["İstanbul", "Diyarbakır", "Muğla", "Kırşehir", "Ankara", "Şanlıurfa"],
    streets: &["Atatürk Bulvarı No: 12", "Bağdat Caddesi 5", "Çiçek Sokağı 3/7", "İnönü Mahallesi 44"],
    joined: false,
};

const LITHUANIAN: Language = Language {
    names: &["Kazlauskienė", "Jankauskaitė", "Žukauskas", "Petrauskas", "Šimkūnas"],
    given: &["Rūta", "Eglė", "Mindaugas", "Žydrūnas", "Ąžuolas"],
    places: &["Šiauliai", "Panevėžys", "Vilnius", "Klaipėda", "Mažeikiai"],
    streets: &["Gedimino pr. 9", "Žemaičių g. 12", "Laisvės alėja 5", "Šviesos g. 3"],
    joined: false,
};

const RUSSIAN: Language = Language {
    names: &["Иванов", "Петрова", "Щербаков", "Юрьева", "Кузнецова", "Фёдоров", "Цой", "Жуков"],
    given: &["Иван", "Ольга", "Сергей", "Наталья", "Дмитрий", "Эльвира", "Юлия"],
    places: &["Москва", "Санкт-Петербург", "г. Казань", "Нижний Новгород", "Екатеринбург", "Уфа"],
    streets: &[
        "ул. Ленина, д. 5, кв. 12",
        "Невский проспект 28",
        "пр-т Мира 101",
        "улица Щорса 8",
        "Большая Юшуньская 1А",
    ],
    joined: false,
};

const UKRAINIAN: Language = Language {
    names: &["Шевченко", "Коваленко", "Їжакевич", "Мельник", "Гриценко"],
    given: &["Олексій", "Оксана", "Юрій", "Євген", "Зоя"],
    places: &["Київ", "Харків", "Львів", "Одеса", "Дніпро"],
    streets: &["вул. Хрещатик 22", "просп. Перемоги 15", "вул. Січових Стрільців 7"],
    joined: false,
};

const GREEK: Language = Language {
    names: &["Παπαδόπουλος", "Γεωργίου", "Νικολάου", "Ιωάννου"],
    given: &["Γιώργος", "Μαρία", "Ελένη", "Δημήτρης"],
    places: &["Αθήνα", "Θεσσαλονίκη", "Πάτρα"],
    streets: &["Οδός Ερμού 12", "Λεωφόρος Κηφισίας 44", "Πλατεία Συντάγματος 3"],
    joined: false,
};

const HEBREW: Language = Language {
    names: &["כהן", "לוי", "מזרחי", "פרץ"],
    given: &["דוד", "רחל", "שרה", "יוסף"],
    places: &["תל אביב", "ירושלים", "חיפה"],
    streets: &["רחוב הרצל 12", "שדרות רוטשילד 5", "דרך יפו 101"],
    joined: false,
};

const ARABIC: Language = Language {
    names: &["الحسن", "المنصور", "خليل", "حداد"],
    given: &["محمد", "فاطمة", "يوسف", "مريم"],
    places: &["القاهرة", "الرياض", "بيروت"],
    streets: &["شارع النيل 12", "طريق الملك فهد 5", "شارع الحمرا 3"],
    joined: false,
};

const THAI: Language = Language {
    names: &["ใจดี", "ศรีสุข", "ทองคำ", "วงศ์สวัสดิ์"],
    given: &["สมชาย", "สุดา", "ประเสริฐ", "นภา"],
    places: &["กรุงเทพมหานคร", "เชียงใหม่", "ภูเก็ต"],
    streets: &["ถนนสุขุมวิท 12", "ซอยอารีย์ 5", "ถนนพหลโยธิน 44"],
    joined: false,
};

const ENCODINGS: &[(&Encoding, &Language)] = &[
    (GB18030, &CHINESE),
    (GB18030, &TRADITIONAL),
    (BIG5, &TRADITIONAL),
    (SHIFT_JIS, &JAPANESE),
    (EUC_JP, &JAPANESE),
    (EUC_KR, &KOREAN),
    (WINDOWS_1252, &GERMAN),
    (MACINTOSH, &GERMAN),
    (WINDOWS_1252, &FRENCH),
    (ISO_8859_15, &FRENCH),
    (MACINTOSH, &FRENCH),
    (WINDOWS_1252, &SPANISH),
    (MACINTOSH, &SPANISH),
    (WINDOWS_1252, &SWEDISH),
    (MACINTOSH, &SWEDISH),
    (WINDOWS_1250, &POLISH),
    (ISO_8859_2, &POLISH),
    (WINDOWS_1250, &CZECH),
    (ISO_8859_2, &CZECH),
    (WINDOWS_1250, &HUNGARIAN),
    (WINDOWS_1254, &TURKISH),
    (WINDOWS_1257, &LITHUANIAN),
    (WINDOWS_1251, &RUSSIAN),
    (KOI8_R, &RUSSIAN),
    (ISO_8859_5, &RUSSIAN),
    (IBM866, &RUSSIAN),
    (X_MAC_CYRILLIC, &RUSSIAN),
    (WINDOWS_1251, &UKRAINIAN),
    (KOI8_U, &UKRAINIAN),
    (WINDOWS_1253, &GREEK),
    (ISO_8859_7, &GREEK),
    (WINDOWS_1255, &HEBREW),
    (WINDOWS_1256, &ARABIC),
    (WINDOWS_874, &THAI),
    (WINDOWS_1258, &FRENCH),
];

/// Files of each size in each encoding: fewer where nothing is optimised, more in `optimised.rs`.
const CASES: u32 = if cfg!(debug_assertions) { 2 } else { 16 };

/// A row's indices into the lists of a language.
type Choice = [usize; 4];

fn row(language: &Language, [name, given, place, street]: Choice) -> String {
    let of = |list: &[&'static str], at: usize| list[at % list.len()];
    let (family, first) = (of(language.names, name), of(language.given, given));
    let name = if language.joined { format!("{family}{first}") } else { format!("{first} {family}") };
    let number = name.len() * 7919 + place * 31 + street;
    let address = of(language.streets, street).replace(',', " ");
    format!(
        "YT88{:011},SZ-NS-012,{name},138{:08},{},{address}\r\n",
        number,
        number * 13,
        of(language.places, place)
    )
}

fn file(language: &Language, rows: &[Choice]) -> String {
    rows.iter().fold("waybill,station,name,phone,city,address\r\n".to_owned(), |text, choice| {
        text + &row(language, *choice)
    })
}

/// All cells of a file, or why it is refused.
fn cells(bytes: &[u8], options: &InputOptions) -> Result<Vec<String>, InputError> {
    let source = RowSource::stream_as(Box::new(Cursor::new(bytes.to_vec())), options)?;
    let mut cells = Vec::new();
    for row in source {
        let row = row?;
        assert_eq!(row.fault, None);
        cells.extend(row.cells().map(str::to_owned));
    }
    Ok(cells)
}

fn written(text: &str) -> Vec<String> {
    text.lines().skip(1).flat_map(|line| line.split(',')).map(|cell| cell.trim().to_owned()).collect()
}

/// How many of some files are read without being told the encoding; the others are refused.
fn read_of(encoding: &'static Encoding, language: &Language, rows: usize) -> u32 {
    let read = Cell::new(0);
    let choices = prop::collection::vec(prop::array::uniform4(0..1000_usize), rows);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&choices, |rows| {
            let text = file(language, &rows);
            let (bytes, _, unmappable) = encoding.encode(&text);
            prop_assert!(!unmappable, "{text}");
            match cells(&bytes, &InputOptions::default()) {
                Ok(cells) => {
                    prop_assert_eq!(cells, written(&text));
                    read.set(read.get() + 1);
                }
                Err(InputError::AmbiguousEncoding) => {}
                Err(error) => prop_assert!(false, "{}", error),
            }
            let mut options = InputOptions::default();
            options.encoding = Some(encoding);
            prop_assert_eq!(cells(&bytes, &options).unwrap(), written(&text));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{}: {error}", encoding.name()));
    read.get()
}

#[test]
fn small_files_in_every_encoding_are_read_as_written_or_refused() {
    let two_bytes = [GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR];
    let not_judged = [ISO_8859_7, WINDOWS_874, WINDOWS_1253, WINDOWS_1255, WINDOWS_1256, WINDOWS_1258];
    for &(encoding, language) in ENCODINGS {
        for rows in [1, 2, 5, 10] {
            let read = read_of(encoding, language, rows);
            let wanted = match rows {
                // Ordinary exports of ten rows never need to be told.
                10 if !not_judged.contains(&encoding) && !std::ptr::eq(language, &HUNGARIAN) => CASES,
                5.. if two_bytes.contains(&encoding) => CASES,
                _ => 0,
            };
            assert!(
                read >= wanted,
                "{} of {CASES} files in {} of {rows} rows are read",
                read,
                encoding.name()
            );
        }
    }
}

#[test]
fn a_file_without_a_name_beyond_ascii_needs_no_encoding() {
    let read = cells(b"waybill,name\r\nYT8866203715418,Anna Berg\r\n", &InputOptions::default()).unwrap();
    assert_eq!(read, ["YT8866203715418", "Anna Berg"]);
}

#[test]
fn one_word_is_no_evidence() {
    for word in [&b"J\xf6rg"[..], b"M\x81ller", b"\xcd\xf5", b"\x8a\x9a"] {
        let bytes = [&b"waybill,name\r\nYT8866203715418,"[..], word, b"\r\n"].concat();
        let refused = cells(&bytes, &InputOptions::default());
        assert!(matches!(refused, Err(InputError::AmbiguousEncoding)), "{word:?}: {refused:?}");
    }
}

#[test]
fn known_names_of_columns_are_evidence() {
    let (bytes, ..) = GB18030.encode("运单号,网点,收件人\r\nYT1,A,王\r\n");
    assert_eq!(cells(&bytes, &InputOptions::default()).unwrap(), ["YT1", "A", "王"]);
}

/// German as programs for DOS write it, in code page 850.
#[test]
fn a_code_page_that_is_not_supported_is_not_taken_for_another() {
    let word = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| match c {
                'ü' => 0x81,
                'ä' => 0x84,
                'ö' => 0x94,
                'ß' => 0xe1,
                'é' => 0x82,
                c => u8::try_from(c).unwrap(),
            })
            .collect()
    };
    let streets = ["Hauptstraße", "Bahnhofstraße", "Schulstraße", "Gartenstraße", "Dorfstraße", "Bergstraße"];
    for row in [streets.join(","), "Müller,Jörg,Köln,Würzburg,Lübeck,Mühlbach".to_owned()] {
        let bytes = [&b"a,b,c,d,e,f\r\n"[..], &word(&row), b"\r\n"].concat();
        let refused = cells(&bytes, &InputOptions::default());
        assert!(matches!(refused, Err(InputError::AmbiguousEncoding)), "{row}: {refused:?}");
    }
}

#[test]
fn two_files_joined_in_two_encodings_are_refused() {
    let choices: Vec<Choice> = (0..20).map(|at| [at, at * 3, at * 7, at * 11]).collect();
    let text = file(&CHINESE, &choices);
    let (gb18030, ..) = GB18030.encode(&text);
    for joined in [[text.as_bytes(), &gb18030].concat(), [&gb18030, text.as_bytes()].concat()] {
        let refused = cells(&joined, &InputOptions::default());
        assert!(matches!(refused, Err(InputError::MixedEncodings)), "{refused:?}");
    }
}

/// German is the same in both encodings, and Polish is not.
#[test]
fn a_file_sorted_by_country_is_not_judged_by_its_first_country() {
    let german: Vec<Choice> = (0..3000).map(|at| [at, at / 7, at / 3, at / 5]).collect();
    let polish: Vec<Choice> = (0..2).map(|at| [at, at, at, at]).collect();
    let text = file(&GERMAN, &german) + file(&POLISH, &polish).split_once('\n').unwrap().1;
    let (bytes, ..) = WINDOWS_1250.encode(&text);
    match cells(&bytes, &InputOptions::default()) {
        Ok(cells) => assert_eq!(cells, written(&text)),
        Err(error) => assert!(matches!(error, InputError::AmbiguousEncoding), "{error}"),
    }
}

#[test]
fn bytes_damaged_in_utf8_cost_their_own_row_alone() {
    let choices: Vec<Choice> = (0..20).map(|at| [at, at * 3, at * 7, at * 11]).collect();
    let mut bytes = file(&CHINESE, &choices).into_bytes();
    let at = bytes.windows(3).position(|window| window == "号".as_bytes()).unwrap();
    bytes.remove(at);
    let source = RowSource::stream(Box::new(Cursor::new(bytes))).unwrap();
    let faults: Vec<_> = source.map(|row| row.unwrap().fault).collect();
    assert_eq!(faults.len(), 20);
    assert_eq!(faults.iter().filter(|fault| **fault == Some(RowFault::Encoding)).count(), 1);
}

#[test]
fn utf16_is_read_in_both_orders_without_a_mark() {
    for language in [&CHINESE, &GERMAN, &RUSSIAN] {
        let text = file(language, &[[0, 1, 2, 3], [4, 5, 6, 7]]);
        let units: Vec<u16> = text.encode_utf16().collect();
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = units.iter().copied().flat_map(order).collect();
            assert_eq!(cells(&bytes, &InputOptions::default()).unwrap(), written(&text));
        }
    }
}

#[test]
fn encodings_have_their_usual_names() {
    for (name, encoding) in [
        ("GBK", "gb18030"),
        ("big5", "Big5"),
        ("Shift-JIS", "Shift_JIS"),
        ("cp1252", "windows-1252"),
        ("latin1", "windows-1252"),
        ("koi8-r", "KOI8-R"),
    ] {
        assert_eq!(InputOptions::encoding(name).unwrap().name(), encoding, "{name}");
    }
    for name in ["utf-7", "iso-2022-kr", "x-user-defined", ""] {
        assert!(matches!(InputOptions::encoding(name), Err(InputError::UnknownEncoding)), "{name}");
    }
}
