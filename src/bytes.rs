//! Cursors over byte and bit strings.
