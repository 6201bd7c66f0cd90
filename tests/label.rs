//! Labels composed through the public interface.
#![cfg(feature = "host")]

use wayseal::label::{ComposeError, Composer, Dpi, Page, Template, TemplateError};

#[test]
fn pages_too_small_for_the_zones_are_refused() {
    let composer = |size| Composer::new(&Template::default(), Page::new(size, Dpi::D203), Vec::new());
    assert!(composer(Page::SMALL).is_ok());
    assert!(matches!(composer((50, 130)), Err(TemplateError::Size)));
    assert!(matches!(composer((100, 80)), Err(TemplateError::Size)));
}

#[test]
fn errors_name_the_field_and_the_remedy() {
    let said = ComposeError::TooLong("the recipient").to_string();
    assert!(said.contains("the recipient") && said.contains("larger label"), "{said}");
}
