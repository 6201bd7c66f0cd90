//! Picture files as cameras, scanners and design programs write them: none is passed over in silence.

pub mod drawn;

use crate::common::command::{code, text, wayseal};
use crate::common::station::Place;
use drawn::{are_read, code_of, inspected, tiff_of};

#[test]
fn sub_folders_are_entered_and_what_cannot_be_read_is_named() {
    let place = Place::new(&[], None);
    let all = place.path().join("all");
    std::fs::create_dir_all(all.join("a/b")).unwrap();
    let picture = code_of(&place.label(1, 12, "王芳"), 6);
    for file in ["one.png", "a/two.PNG", "a/b/three.bmp"] {
        picture.save(all.join(file)).unwrap();
    }
    for file in ["photo.HEIC", "a/scan.pdf", "notes.txt"] {
        std::fs::write(all.join(file), "no picture").unwrap();
    }
    assert_eq!(
        inspected(place.path()),
        (
            vec!["a/b/three.bmp".to_owned(), "a/two.PNG".to_owned(), "one.png".to_owned()],
            vec!["a/scan.pdf".to_owned(), "photo.HEIC".to_owned()],
            1
        )
    );
    // A link that leads back is named, and not followed.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&all, all.join("a/loop")).unwrap();
        assert!(inspected(place.path()).1.contains(&"a/loop".to_owned()));
    }
}

#[test]
fn light_on_dark_transparent_and_twelve_bits_are_read() {
    are_read(&[2, 3, 6]);
}

#[test]
fn each_page_of_a_tiff_has_its_label_and_what_is_not_read_is_told() {
    let place = Place::new(&[], None);
    let pages: Vec<_> = (1..=2).map(|number| code_of(&place.label(number, 12, "王芳"), 4)).collect();
    let inspect = |file: &[u8]| {
        std::fs::write(place.path().join("pages.tif"), file).unwrap();
        let out = wayseal(place.path(), &["inspect", "pages.tif", "--json"]).output().unwrap();
        let told = text(&out.stdout);
        let numbers = [1, 2].map(|number| told.matches(&format!("YT{number:013}")).count().min(1));
        (numbers, told, code(&out))
    };
    for is_big in [false, true] {
        let (numbers, told, code) = inspect(&tiff_of(&pages, is_big));
        assert_eq!((numbers, code), ([1, 1], 0), "{is_big}: {told}");
        let (numbers, told, code) = inspect(&tiff_of(&pages[..1], is_big));
        assert_eq!((numbers, code), ([1, 0], 0), "{is_big}: {told}");
        // The first page says that it is compressed in a way that nobody knows: the second is read, and the exit code tells.
        let mut file = tiff_of(&pages, is_big);
        let compression = if is_big { 16 + 8 + 3 * 20 + 12 } else { 8 + 2 + 3 * 12 + 8 };
        file[compression] = 99;
        let (numbers, told, code) = inspect(&file);
        assert_eq!((numbers, code), ([0, 1], 1), "{is_big}: {told}");
        assert!(told.contains("damaged"), "{told}");
        // More pages than are read.
        let many: Vec<_> =
            (0..33).map(|at| if at == 0 { pages[1].clone() } else { image::GrayImage::new(4, 4) }).collect();
        let (numbers, told, code) = inspect(&tiff_of(&many, is_big));
        assert_eq!((numbers, code), ([0, 1], 1), "{is_big}: {told}");
        assert!(told.contains("first 32 pages"), "{told}");
    }
}
