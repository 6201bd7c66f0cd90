//! A courier's round on the smallest screen, 40 × 12: the day's list, what is said of a parcel, and parcels that change hands.

#[cfg(test)]
mod tests {
    use crate::cli::clock::now;
    use crate::cli::commands::courier::app::{App, View};
    use crate::cli::commands::courier::shift::tests::{Shift, shown};
    use crate::cli::language::Language;
    use std::time::Duration;
    use wayseal::device::session::{Attempt, Session};

    #[test]
    fn the_days_list_is_there_after_a_restart() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        for number in 1..=3 {
            app.line(&shift.label(number, 12, "13812345678"));
        }
        app.line("1");
        assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
        drop(app);
        let mut app = shift.app(Language::En);
        assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
        app.line("3");
        let whole = shown(&app).concat();
        for part in ["· YT0000000000001", "欧阳**"] {
            assert!(whole.contains(part), "{part}: {:#?}", shown(&app));
        }
        // The file is no more than the labels print.
        let kept = std::fs::read_to_string(shift.state().join("today")).unwrap();
        assert!(!kept.contains("修远") && !kept.contains("1203") && !kept.contains("13812345678"), "{kept}");
    }

    #[test]
    fn what_was_said_before_a_restart_is_on_the_list_after_it_whatever_comes_then() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        let (one, two) = (shift.label(1, 12, "13812345678"), shift.label(2, 12, "13812345678"));
        app.line(&one);
        app.line("1");
        app.line(&two);
        app.line("4");
        app.line("3");
        let marks = |app: &mut App, expected: [&str; 2]| {
            app.view = View::Ready;
            app.list();
            let whole = shown(app).concat();
            for (mark, number) in expected.iter().zip(1..) {
                assert!(whole.contains(&format!("{mark} YT{number:013}")), "{mark} {number}: {whole}");
            }
        };
        marks(&mut app, ["✓", "✗"]);
        drop(app);
        let mut app = shift.app(Language::En);
        marks(&mut app, ["✓", "✗"]);
        // Opened again in the next round: it is still one that nobody took.
        app.line(&two);
        marks(&mut app, ["✓", "✗"]);
        // Taken back by its number in the list, though this session never opened it.
        app.line("3 1");
        app.line("5");
        marks(&mut app, ["·", "✗"]);
        drop(app);
        marks(&mut shift.app(Language::En), ["·", "✗"]);
    }

    #[test]
    fn a_device_that_is_unlocked_keeps_the_days_list() {
        let shift = Shift::new();
        let depot = wayseal::signed::envelope::Identity::generate();
        let mut session = Session::open(&shift.state(), now()).unwrap();
        for number in 1..=3 {
            let label = shift.label(number, 12, "13812345678");
            session.load(&wayseal::device::session::Attempt::new(&label)).unwrap();
        }
        session.lock(&depot.recipient(), now()).unwrap();
        drop(session);
        let mut app = shift.app(Language::En);
        app.line(&shift.label(2, 12, "13812345678"));
        app.line("1");
        assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
        drop(app);
        let mut session = Session::open(&shift.state(), now()).unwrap();
        session.unlock(&depot, now()).unwrap();
        drop(session);
        let mut app = shift.app(Language::En);
        assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
        app.line("3");
        let whole = shown(&app).concat();
        for part in ["· YT0000000000001", "✓ YT0000000000002", "· YT0000000000003"] {
            assert!(whole.contains(part), "{part}: {whole}");
        }
    }

    #[test]
    fn a_sign_off_asks_for_the_code_and_takes_no_slip() {
        let shift = Shift::new();
        let code = (0..10).map(|check| format!("079400{check}"));
        let (codes, slips): (Vec<_>, Vec<_>) =
            code.partition(|code| wayseal::keys::DeliveryCode::parse(code).is_some());
        let (code, slip) = (codes[0].as_str(), slips[0].as_str());
        let wide: String = code.chars().map(|digit| char::from_u32(digit as u32 + 0xfee0).unwrap()).collect();
        for language in [Language::En, Language::Zh] {
            let (asked, again, done) = match language {
                Language::En => ("7 digits", "Not a delivery code", "Signed off with the code"),
                Language::Zh => ("请输入收件人的", "签收码有误", "已凭码签收"),
            };
            let says = |app: &App, part: &str| {
                let is_in = |between| shown(app).join(between).contains(part);
                assert!(is_in("") || is_in(" "), "{part}: {:#?}", shown(app));
            };
            let mut app = shift.asking(language);
            for (number, typed) in [code, &wide, &format!("{} {}", &code[..3], &code[3..])].iter().enumerate()
            {
                let number = number as u64 + if language == Language::En { 1 } else { 11 };
                app.line(&shift.label(number, 12, "13812345678"));
                app.line("1");
                says(&app, asked);
                // The record is off the screen while the recipient looks for the code.
                assert!(!shown(&app).concat().contains("欧阳修远"));
                let before = app.session.log().count();
                for slip in [slip, "12", &code[..6]] {
                    app.line(slip);
                    says(&app, again);
                }
                assert_eq!(app.session.log().count(), before, "a slip signed a parcel off");
                app.line(typed);
                says(&app, done);
                assert_eq!(app.session.log().count(), before + 1);
            }
            // Without a code by Enter alone; not at all by another scan.
            app.line(&shift.label(if language == Language::En { 4 } else { 14 }, 12, "13812345678"));
            app.line("1");
            app.line("");
            says(&app, if language == Language::En { "Signed off" } else { "已签收" });
            app.line(&shift.label(if language == Language::En { 5 } else { 15 }, 12, "13812345678"));
            app.line("1");
            let before = app.session.log().count();
            app.line(&shift.label(if language == Language::En { 6 } else { 16 }, 12, "13812345678"));
            assert_eq!(shown(&app)[1], "欧阳修远");
            assert_eq!(app.session.log().count(), before + 1);
            // Whoever is not asked can type it with the key.
            drop(app);
            let mut app = shift.app(language);
            app.line(&shift.label(if language == Language::En { 7 } else { 17 }, 12, "13812345678"));
            app.line(&format!("1 {slip}"));
            says(&app, again);
            app.line(code);
            says(&app, done);
            app.line(&shift.label(if language == Language::En { 8 } else { 18 }, 12, "13812345678"));
            app.line(&format!("1 {code}"));
            says(&app, done);
        }
    }

    #[test]
    fn a_parcel_is_concluded_by_key_list_phone_or_bar_code_after_its_record_is_hidden() {
        for (language, nobody, back, choose, outcomes) in [
            (Language::En, "Nobody there", "Taken back", "1 signs it off", "3 Nobody there"),
            (Language::Zh, "无人在家", "已撤回", "按 1 签收", "3 无人在家"),
        ] {
            let shift = Shift::new();
            let mut app = shift.app(language);
            let says = |app: &App, part: &str| {
                let is_in = |between| shown(app).join(between).contains(part);
                assert!(is_in("") || is_in(" "), "{part}: {:#?}", shown(app));
            };
            for (number, phone) in [(1, "13812345678"), (2, "13899995678"), (3, "13812340000")] {
                app.line(&shift.label(number, 12, phone));
                app.line("");
                assert!(!shown(&app).concat().contains("欧阳修远"), "the record is hidden");
            }
            // The last one, whose record is hidden: nobody was there, and that was a mistake.
            app.line("4");
            says(&app, outcomes);
            app.line("3");
            says(&app, nobody);
            app.line("3");
            says(&app, "✗ YT0000000000003");
            app.line("3");
            app.line("5");
            says(&app, back);
            // By its number in the list, by the end of its phone, by its bar code.
            app.line("3 1");
            says(&app, "YT0000000000001");
            app.line("1");
            assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
            app.line("6 5678");
            let listed = shown(&app).concat();
            assert!(listed.contains("YT0000000000002") && !listed.contains("YT0000000000003"), "{listed}");
            app.line("6 0000");
            says(&app, "YT0000000000003");
            app.line("YT0000000000002");
            says(&app, choose);
            app.line("1");
            assert!(shown(&app)[0].contains("2/3"), "{:#?}", shown(&app));
            // What is chosen and is not there says how to choose.
            let before = app.session.log().count();
            for (typed, next) in [("3 9", "6"), ("6 1111", "6"), ("5", "")] {
                app.line(typed);
                says(&app, next);
            }
            assert_eq!(app.session.log().count(), before + 1, "the last sign-off is taken back");
            assert!(shown(&app)[0].contains("1/3"), "{:#?}", shown(&app));
            // A number that asks for an outcome is no menu key, and Enter leaves all as it is.
            app.line("6 0000");
            app.line("4");
            app.line("");
            assert_eq!(app.session.log().count(), before + 1);
            // The list is the same after a restart.
            drop(app);
            let mut app = shift.app(language);
            app.line("3");
            says(&app, "✓ YT0000000000001");
        }
    }

    fn says(app: &App, part: &str) {
        let is_in = |between| shown(app).join(between).contains(part);
        assert!(is_in("") || is_in(" "), "{part}: {:#?}", shown(app));
    }

    /// The digits of the code that is shown.
    fn digits(app: &App) -> String {
        let View::Shown(code) = &app.view else { panic!("{:#?}", shown(app)) };
        code.digits.clone()
    }

    #[test]
    fn parcels_go_from_one_screen_to_another_by_two_codes() {
        for (language, small, asks, given, taken, not_asked, not_loaded) in [
            (
                Language::En,
                "asked.png",
                "pda-18 asks",
                "2 parcels given",
                "Parcels taken",
                "scan the colleague",
                "load them",
            ),
            (
                Language::Zh,
                "asked.png",
                "pda-18 要件",
                "已转 2 件",
                "已接件",
                "请先扫同事的二维码",
                "请先装车",
            ),
        ] {
            let shift = Shift::new();
            let (mut giver, mut taker) = (shift.app(language), shift.colleague(language));
            let labels: Vec<String> = (1..=3).map(|number| shift.label(number, 12, "13812345678")).collect();
            for label in &labels[..2] {
                giver.session.load(&Attempt::new(label)).unwrap();
            }
            // The third is opened, and not loaded.
            giver.line(&labels[2]);
            giver.line("7 1-2");
            says(&giver, not_asked);
            taker.line("7");
            says(&taker, small);
            let request = digits(&taker);
            let picture =
                |state: &std::path::Path, name: &str| image::open(state.join(name)).unwrap().into_luma8();
            assert_eq!(picture(&taker.state, "asked.png").width() % 6, 0);
            giver.line(&request);
            says(&giver, asks);
            says(&giver, "7 1-5,8");
            // What is no number of the list, and what cannot be given, leaves the question.
            for wrong in ["7 9", "7 0", "7 1-"] {
                giver.line(wrong);
                says(&giver, "7 1-5,8");
            }
            giver.line("7 3");
            says(&giver, not_loaded);
            giver.line("7 1-2");
            says(&giver, given);
            assert_eq!(giver.session.spent(), 3);
            let pass = digits(&giver);
            assert!(shift.state().join("given.pass").exists());
            assert!(
                picture(&shift.state(), "given.png").width() > picture(&taker.state, "asked.png").width()
            );
            says(&giver, "given.png");
            says(&giver, "given.pass");
            giver.line("3");
            says(&giver, "→ YT0000000000001");
            taker.line(&pass);
            says(&taker, taken);
            taker.line(&labels[0]);
            assert_eq!(shown(&taker)[1], "欧阳修远");
            taker.line("1");
            taker.line(&labels[2]);
            assert_ne!(shown(&taker)[1], "欧阳修远", "a parcel that was not given opens");
            // A code of nobody is no scan of a label, and nothing is written for it.
            let before = giver.session.log().count();
            giver.line(&format!("71{}", "0".repeat(100)));
            says(&giver, giving_words(language));
            assert_eq!(giver.session.log().count(), before);
        }
    }

    const fn giving_words(language: Language) -> &'static str {
        language.pick("have it shown again", "请重新出示")
    }

    /// The processor time of this thread, in nanoseconds.
    #[cfg(target_os = "linux")]
    fn processor_time() -> u64 {
        let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        said.split(' ').next().unwrap().parse().unwrap()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thousand_parcels_are_sorted_by_place_and_stay_quick_on_the_screen() {
        let shift = Shift::new();
        let mut app = shift.app(Language::En);
        let mut labels = Vec::new();
        for number in 1..=1000 {
            labels.push(shift.label(number, 12, &format!("138{:08}", number * 7919 % 100_000_000)));
        }
        for label in &labels {
            app.session.load(&Attempt::new(label)).unwrap();
        }
        let depot = wayseal::signed::envelope::Identity::generate();
        app.session.lock(&depot.recipient(), now()).unwrap();
        drop(app);
        // After a restart: the file of loaded parcels has their places.
        let mut app = shift.app(Language::En);
        assert!(shown(&app)[0].contains("0/1000"), "{:#?}", shown(&app));
        app.line("3");
        let page = shown(&app);
        assert!(page.concat().contains("3栋"), "{page:#?}");
        assert!(!page.concat().contains("欧") && !page.concat().contains("1203"), "{page:#?}");
        app.line("");
        assert_ne!(shown(&app), page, "Enter shows the next page");
        app.line("3");
        let took = |what: &str, times: u32, mut step: Box<dyn FnMut(u32) + '_>| {
            let began = processor_time();
            (0..times).for_each(&mut step);
            let each = Duration::from_nanos((processor_time() - began) / u64::from(times));
            println!("{what}: {each:?} of processor time each, with 1000 parcels; 5 ms is the figure");
            assert!(each <= 3 * Duration::from_millis(5), "{what}: {each:?}");
        };
        took(
            "list and its screen",
            20,
            Box::new(|_| {
                app.line("3");
                shown(&app);
                app.line("3");
            }),
        );
        took(
            "last digits of a phone",
            20,
            Box::new(|at| {
                let number = u64::from(at) * 40 + 1;
                app.line(&format!("6 {:04}", number * 7919 % 10_000));
                shown(&app);
            }),
        );
        // A scan with its screen, and a sign-off with its own: each has its entry on the log.
        // Of many times the least is what the work takes: others on the machine only add to it.
        let (mut scans, mut sign_offs) = (Vec::new(), Vec::new());
        for at in 0..60 {
            let began = processor_time();
            app.line(&labels[at * 3]);
            assert_eq!(shown(&app)[1], "欧阳修远");
            let scanned = processor_time();
            app.line("1");
            shown(&app);
            scans.push(scanned - began);
            sign_offs.push(processor_time() - scanned);
        }
        for (what, took) in [("scan and its screen", scans), ("sign-off and its screen", sign_offs)] {
            let each = Duration::from_nanos(took.iter().copied().min().unwrap());
            let mean = Duration::from_nanos(took.iter().sum::<u64>() / 60);
            println!("{what}: {each:?} of processor time at least, {mean:?} in the mean, with 1000 parcels");
            assert!(mean <= 3 * Duration::from_millis(5), "{what}: {mean:?}");
        }
        app.line("3");
        let said = shown(&app).concat();
        assert!(said.contains("· YT") && !said.contains('✓'), "what is to do comes first: {said}");
    }
}
