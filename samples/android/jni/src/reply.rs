//! The bytes of a reply: the code's number, how many it counts, what to do next, a text for the program's log, and then the call's
//! values. Integers are big endian, texts have their length before them, in four bytes.

use wayseal_host::device::app::DeviceFailure;

/// What a call did. It holds no secret: an opened record goes elsewhere.
pub(crate) struct Reply(Vec<u8>);

/// What a call on a device gives.
pub(crate) type Call = Result<Reply, DeviceFailure>;

impl Reply {
    /// Of a call that did what it was asked.
    pub fn done() -> Self {
        Self(Vec::new()).int(0).int(0).text("nothing").text("")
    }

    pub fn of(call: Call) -> Self {
        call.unwrap_or_else(|failure| Self(Vec::new()).failure(&failure))
    }

    pub fn failure(self, failure: &DeviceFailure) -> Self {
        let number = failure.code.number() as u32;
        self.int(number).int(failure.count).text(failure.code.next().name()).text(&failure.message)
    }

    pub fn flag(mut self, flag: bool) -> Self {
        self.0.push(u8::from(flag));
        self
    }

    pub fn int(mut self, number: u32) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub fn long(mut self, number: u64) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub fn long_or_none(self, number: Option<u64>) -> Self {
        match number {
            Some(number) => self.flag(true).long(number),
            None => self.flag(false),
        }
    }

    /// At most 256 MiB: nothing that a device gives is larger.
    pub fn bytes(self, bytes: &[u8]) -> Self {
        let len = bytes.len().min(256 << 20);
        let mut whole = self.int(len as u32);
        whole.0.extend(&bytes[..len]);
        whole
    }

    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub fn text_or_none(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.flag(true).text(text),
            None => self.flag(false),
        }
    }

    pub fn list<T>(self, items: &[T], item: impl Fn(Self, &T) -> Self) -> Self {
        items.iter().fold(self.int(items.len() as u32), item)
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
