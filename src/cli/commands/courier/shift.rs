//! A courier's shift on the smallest screen, 40 × 12: what each screen shows, and that nothing hides a record.

#[cfg(test)]
pub mod tests {
    use crate::cli::clock::now;
    use crate::cli::commands::courier::app::{App, Next, View};
    use crate::cli::commands::courier::screen::draw;
    use crate::cli::commands::courier::typed::Typed;
    use crate::cli::language::Language;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use std::path::PathBuf;
    use std::time::{Duration, Instant};
    use wayseal::authority::auditor::Auditor;
    use wayseal::authority::custody::Authority;
    use wayseal::authority::day_keys::Days;
    use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, let_give};
    use wayseal::device::session::Session;
    use wayseal::keys::{Day, Region, SealerId, Site, Tier};
    use wayseal::payload::Waybill;
    use wayseal::record::{Contact, Country, Delivery, Division};
    use wayseal::sealer::{DestinationKeys, Sealer};

    /// A device with a grant for today, and the station's sealer.
    pub struct Shift {
        folder: tempfile::TempDir,
        root: Authority,
        pub auditor: Auditor,
    }

    impl Shift {
        pub fn new() -> Self {
            Self::with_budget(60)
        }

        pub fn with_budget(budget: u32) -> Self {
            let shift = Self {
                // In memory, where a sync costs nothing, if there is such a place.
                folder: tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap(),
                root: Authority::generate(0).unwrap(),
                auditor: Auditor::generate().unwrap(),
            };
            Session::enrol(&shift.state(), &shift.auditor.enrol("pda-17", shift.root.public())).unwrap();
            let mut terms = GrantTerms::new("pda-17", 1, now());
            terms.budget = Some(budget);
            let station = (Region::new(755).unwrap(), Site::new(12).unwrap());
            let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station] };
            let today = Day::from_unix(now()).unwrap();
            let mut grant = issue(&shift.root, terms, &scope, Days::ending(today, 3), Limits::Kept).unwrap();
            let_give(&mut grant, &shift.root).unwrap();
            std::fs::write(shift.state().join("inbox/a.grant"), &grant.sign(&shift.root).unwrap()[..])
                .unwrap();
            shift
        }

        /// A colleague's device of another station.
        pub fn colleague(&self, language: Language) -> App {
            let state = self.folder.path().join("colleague");
            let auditor = Auditor::generate().unwrap();
            Session::enrol(&state, &auditor.enrol("pda-18", self.root.public())).unwrap();
            let station = (Region::new(755).unwrap(), Site::new(13).unwrap());
            let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station] };
            let terms = GrantTerms::new("pda-18", 1, now());
            let today = Day::from_unix(now()).unwrap();
            let mut grant = issue(&self.root, terms, &scope, Days::ending(today, 3), Limits::Kept).unwrap();
            let_give(&mut grant, &self.root).unwrap();
            std::fs::write(state.join("inbox/a.grant"), &grant.sign(&self.root).unwrap()[..]).unwrap();
            let session = Session::open(&state, now()).unwrap();
            App::new(session, &state, language, Duration::from_secs(20), false).unwrap()
        }

        pub fn state(&self) -> PathBuf {
            self.folder.path().join("pda")
        }

        pub fn app(&self, language: Language) -> App {
            let session = Session::open(&self.state(), now()).unwrap();
            App::new(session, &self.state(), language, Duration::from_secs(20), false).unwrap()
        }

        /// With the question for the delivery code at each sign-off.
        pub fn asking(&self, language: Language) -> App {
            let session = Session::open(&self.state(), now()).unwrap();
            App::new(session, &self.state(), language, Duration::from_secs(20), true).unwrap()
        }

        pub fn label(&self, number: u64, site: u16, phone: &str) -> String {
            let station = (Region::new(755).unwrap(), Site::new(site).unwrap());
            let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station] };
            let today = Day::from_unix(now()).unwrap();
            let terms = GrantTerms::new("sealer", 2, now());
            let grant = issue(&self.root, terms, &scope, Days::from(today, 1), Limits::Kept).unwrap();
            let node = |tier| grant.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
            let keys = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact))).unwrap();
            let delivery = Delivery {
                name: "欧阳修远",
                country: Country::CN,
                postcode: "",
                division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
                street: "粤海街道科技园社区",
                detail: "科技园路9号高新产业园区三期综合楼3栋2单元1203室",
                note: "放前台，勿按门铃",
            };
            let contact = Contact { phone, sender_phone: "", sender_name: "" };
            let waybill = Waybill::parse(&format!("YT{number:013}")).unwrap();
            let sealer = Sealer::new(node(Tier::Origin)).unwrap();
            sealer.seal(&keys, &waybill, &delivery, Some(&contact)).unwrap().text.as_str().to_owned()
        }
    }

    /// The lines on the screen; a wide character takes two columns and stands once.
    fn lines(app: &App, line: &Typed) -> Vec<String> {
        lines_of(app, line, (40, 12))
    }

    pub fn lines_of(app: &App, line: &Typed, (width, height): (u16, u16)) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(frame, app, line)).unwrap();
        let buffer = terminal.backend().buffer().clone();
        (0..height)
            .map(|y| {
                let mut text = String::new();
                let mut x = 0;
                while x < width {
                    let symbol = buffer[(x, y)].symbol();
                    text.push_str(symbol);
                    x += unicode_width::UnicodeWidthStr::width(symbol).max(1) as u16;
                }
                text.trim().to_owned()
            })
            .collect()
    }

    pub fn shown(app: &App) -> Vec<String> {
        lines(app, &Typed::default())
    }

    #[test]
    fn a_record_shows_all_that_a_courier_needs_on_twelve_lines() {
        let shift = Shift::new();
        for (phone, read, rows) in
            [("13812345678", "13812345678", 8), ("13812345678-1234", "138 1234 5678 转 1234", 9)]
        {
            let mut app = shift.app(Language::En);
            app.line(&shift.label(1, 12, phone));
            let lines = shown(&app);
            assert_eq!(lines[1], "欧阳修远", "{lines:#?}");
            assert_eq!(lines[2], read);
            let whole = lines.concat();
            assert!(whole.contains("1203室"), "{lines:#?}");
            assert!(whole.contains("放前台"), "{lines:#?}");
            assert!(whole.contains("YT0000000000001"), "{lines:#?}");
            assert!(whole.contains("bar code not compared"), "{lines:#?}");
            assert!(whole.contains("hides in"), "{lines:#?}");
            assert!(lines[11].starts_with("1 sign off"), "{lines:#?}");
            assert!(lines.iter().filter(|line| !line.is_empty()).count() >= rows, "{lines:#?}");
        }
    }

    #[test]
    fn each_screen_has_its_next_step_on_twelve_lines() {
        let shift = Shift::new();
        for (language, steps) in [
            (
                Language::En,
                [
                    "Scan a label",
                    "send the parcel",
                    "now scan the QR code",
                    "scan the parcel first",
                    "Enter: read",
                ],
            ),
            (Language::Zh, ["请扫描面单", "请转发该件", "请再扫二维码", "请先扫描包裹", "回车：已读"]),
        ] {
            let mut app = shift.app(language);
            let is_there = |app: &App, step: &str| {
                // A line of English ends at a space.
                let is_in = |between| shown(app).join(between).contains(step);
                assert!(is_in("") || is_in(" "), "{step}: {:#?}", shown(app));
            };
            is_there(&app, steps[0]);
            // With a space: one with a plus alone may be a scanner's that types + for it, and is to be scanned again.
            let elsewhere =
                (5..).map(|number| shift.label(number, 13, "13812345678")).find(|text| text.contains(' '));
            app.line(&elsewhere.unwrap());
            is_there(&app, steps[1]);
            app.line("YT0000000000009");
            is_there(&app, steps[2]);
            app.line("1");
            is_there(&app, steps[3]);
            // Refused files wait until they are read.
            std::fs::write(shift.state().join("inbox/b.grant"), "no grant").unwrap();
            app.line("https://example.com");
            app.line("");
            is_there(&app, "b.grant");
            is_there(&app, steps[4]);
            app.line("");
            assert!(app.unread.is_empty() && matches!(app.view, View::Ready));
        }
    }

    #[test]
    fn nothing_takes_the_place_of_a_record() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        let text = shift.label(1, 12, "13812345678");
        let is_shown = |app: &App| assert_eq!(shown(app)[1], "欧阳修远", "{:#?}", shown(app));
        app.line(&text);
        is_shown(&app);
        // What the inbox refuses, the second copy of the scan, half a copy, the label's own bar code.
        std::fs::write(shift.state().join("inbox/b.grant"), "no grant").unwrap();
        for line in [text.as_str(), &text[..50], "https://example.com", "YT0000000000001"] {
            assert!(app.line(line) == Next::Go);
            is_shown(&app);
        }
        assert_eq!(app.unread.len(), 1);
        assert!(shown(&app)[0].ends_with("inbox 1"), "{:#?}", shown(&app));
        assert!(shown(&app).concat().contains("the bar code is this label's"));
        // It is read when the record is hidden.
        app.line("");
        app.line("");
        assert!(shown(&app).concat().contains("b.grant"), "{:#?}", shown(&app));
    }

    #[test]
    fn an_alarm_takes_the_place_of_a_record() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        let text = shift.label(1, 12, "13812345678");
        app.line(&text);
        app.line(&format!("{text}\tYT0000000000002"));
        assert!(shown(&app).concat().contains("ALARM: code moved"), "{:#?}", shown(&app));
    }

    #[test]
    fn a_damaged_text_is_scanned_again_and_the_same_one_twice_is_reported() {
        let shift = Shift::new();
        let text = shift.label(1, 12, "13812345678");
        // Every kind of single misread, at many places: the first answer never says to report the parcel.
        for at in (10..text.len()).step_by(7) {
            let mut app = shift.app(Language::En);
            let mut wrong = text.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap();
            app.line(&wrong);
            let View::Notice { advice, title, .. } = &app.view else { panic!("{at}") };
            assert!(title == "Scan again" && advice.contains("again"), "{at}: {title}: {advice}");
            assert!(
                !advice.contains("tampered") || !advice.contains("set the parcel aside"),
                "{at}: {advice}"
            );
        }
        let mut app = shift.app(Language::En);
        let mut forged = text[..text.len() - 4].to_owned();
        forged.push_str("AAA0");
        // A scanner that sends everything twice is no second scan; five seconds later it is one.
        for _ in 0..2 {
            app.line(&forged);
            assert!(shown(&app).concat().contains("Scan again"));
        }
        std::thread::sleep(Duration::from_millis(5100));
        app.line(&forged);
        assert!(shown(&app).join(" ").contains("set the parcel aside"), "{:#?}", shown(&app));
    }

    #[test]
    fn a_day_of_a_scanner_that_sends_everything_twice_is_charged_once_a_label() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        for number in 1..=50 {
            let text = shift.label(number, 12, "13812345678");
            for line in [text.clone(), text.clone(), format!("{text}\tYT{number:013}"), text] {
                app.line(&line);
                assert_eq!(shown(&app)[1], "欧阳修远", "{:#?}", shown(&app));
            }
            app.line("1");
        }
        assert_eq!(app.session.spent(), 50);
        assert!(shown(&app)[0].contains("50/50"), "{:#?}", shown(&app));
    }

    #[test]
    fn a_host_that_stands_still_for_a_moment_loses_no_key_of_a_label() {
        let shift = Shift::new();
        let text = shift.label(1, 12, "13812345678");
        for stall in 0..8 {
            let mut app = shift.app(Language::En);
            let (mut line, mut clock) = (Typed::default(), Instant::now());
            for (at, key) in text.chars().enumerate() {
                clock += Duration::from_millis(if at == stall { 400 } else { 4 });
                line.push(key, clock);
            }
            app.line(&line.finish());
            assert_eq!(shown(&app)[1], "欧阳修远", "{stall}: {:#?}", shown(&app));
        }
    }

    #[test]
    fn a_scanner_without_a_suffix_gets_a_hint() {
        let shift = Shift::new();
        let app = shift.app(Language::En);
        let mut line = Typed::default();
        let start = Instant::now() - Duration::from_millis(1500);
        line.paste("YT0000000000001", start);
        assert!(lines(&app, &line)[11].contains("press"), "{:#?}", lines(&app, &line));
    }
}
