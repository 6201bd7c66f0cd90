//! Picture files as cameras, scanners and design programs write them: none is passed over in silence.

pub mod drawn;

use crate::common::station::Place;
use drawn::{are_read, code_of, inspected};

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
