//! The spooler of Windows, by a printer's name: labels become documents of type RAW, which no driver touches.
//!
//! The one place of the library with `unsafe`: calls of `winspool.drv`. What each relies on stands at the call.

#![allow(unsafe_code)]

use super::spooler::{JobState, Spooler, SubmitError};
use std::io;
use std::ptr;
use windows_sys::Win32::Graphics::Printing::{
    AbortPrinter, ClosePrinter, DOC_INFO_1W, EndDocPrinter, EndPagePrinter, GetJobW, JOB_INFO_1W,
    JOB_STATUS_COMPLETE, JOB_STATUS_DELETED, JOB_STATUS_DELETING, JOB_STATUS_PRINTED, OpenPrinterW,
    PRINTER_HANDLE, StartDocPrinterW, StartPagePrinter, WritePrinter,
};

/// A printer that is open.
pub(super) struct WindowsSpooler(PRINTER_HANDLE);

// SAFETY: a printer's handle is not bound to the thread that opened it, and `&mut self` keeps two threads from using it
// at once.
unsafe impl Send for WindowsSpooler {}

impl WindowsSpooler {
    pub(super) fn open(name: &str) -> io::Result<Self> {
        let name = wide(name);
        let mut handle = PRINTER_HANDLE::default();
        // SAFETY: `name` ends with a zero and outlives the call; `handle` is written; no defaults are passed.
        let opened = unsafe { OpenPrinterW(name.as_ptr(), &raw mut handle, ptr::null()) };
        if opened == 0 { Err(io::Error::last_os_error()) } else { Ok(Self(handle)) }
    }

    /// Writes a label into the document that was begun.
    fn write(&mut self, label: &[u8]) -> io::Result<()> {
        // SAFETY: the handle is open, and a document was begun on it.
        if unsafe { StartPagePrinter(self.0) } == 0 {
            return Err(io::Error::last_os_error());
        }
        let mut rest = label;
        while !rest.is_empty() {
            let length = u32::try_from(rest.len()).unwrap_or(u32::MAX);
            let mut written = 0;
            // SAFETY: `rest` is readable for `length` bytes, which is at most its own; `written` is written.
            let done = unsafe { WritePrinter(self.0, rest.as_ptr().cast(), length, &raw mut written) };
            if done == 0 {
                return Err(io::Error::last_os_error());
            }
            let written = written as usize;
            if written == 0 || written > rest.len() {
                return Err(io::ErrorKind::WriteZero.into());
            }
            rest = &rest[written..];
        }
        // SAFETY: the handle is open, and a page was begun on it.
        if unsafe { EndPagePrinter(self.0) } == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
}

impl Drop for WindowsSpooler {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and not used after this.
        unsafe { ClosePrinter(self.0) };
    }
}

impl Spooler for WindowsSpooler {
    fn submit(&mut self, label: &[u8]) -> Result<u64, SubmitError> {
        let (mut name, mut kind) = (wide("wayseal"), wide("RAW"));
        let document = DOC_INFO_1W {
            pDocName: name.as_mut_ptr(),
            pOutputFile: ptr::null_mut(),
            pDatatype: kind.as_mut_ptr(),
        };
        // SAFETY: the handle is open; level 1 takes a DOC_INFO_1W, whose texts end with zeros and outlive the call.
        let job = unsafe { StartDocPrinterW(self.0, 1, &raw const document) };
        if job == 0 {
            return Err(SubmitError { error: io::Error::last_os_error(), refused: true });
        }
        if let Err(error) = self.write(label) {
            // SAFETY: the handle is open, and a document was begun on it.
            let taken_back = unsafe { AbortPrinter(self.0) } != 0;
            return Err(SubmitError { error, refused: taken_back });
        }
        // SAFETY: the handle is open, and a document was begun on it.
        if unsafe { EndDocPrinter(self.0) } == 0 {
            return Err(SubmitError { error: io::Error::last_os_error(), refused: false });
        }
        Ok(job.into())
    }

    /// A printed job leaves the queue, so that one which is not there any more counts as completed.
    fn state(&mut self, job: u64) -> io::Result<JobState> {
        let number = u32::try_from(job).map_err(io::Error::other)?;
        let mut needed = 0;
        // SAFETY: the handle is open; no buffer is passed, and none is written; `needed` is written.
        unsafe { GetJobW(self.0, number, 1, ptr::null_mut(), 0, &raw mut needed) };
        if (needed as usize) < size_of::<JOB_INFO_1W>() {
            return Ok(JobState::Completed);
        }
        // Words, so that the structure at its beginning is aligned.
        let mut buffer = vec![0_u64; (needed as usize).div_ceil(8)];
        let length = u32::try_from(buffer.len() * 8).map_err(io::Error::other)?;
        // SAFETY: the handle is open; the buffer is writable for `length` bytes; `needed` is written.
        let got = unsafe { GetJobW(self.0, number, 1, buffer.as_mut_ptr().cast(), length, &raw mut needed) };
        if got == 0 {
            return Ok(JobState::Completed);
        }
        // SAFETY: level 1 writes a JOB_INFO_1W to the beginning of the buffer, which is aligned and large enough for it.
        let status = unsafe { (*buffer.as_ptr().cast::<JOB_INFO_1W>()).Status };
        Ok(
            if status & (JOB_STATUS_DELETED | JOB_STATUS_DELETING) != 0
                && status & (JOB_STATUS_PRINTED | JOB_STATUS_COMPLETE) == 0
            {
                JobState::Ended("job deleted".to_owned())
            } else if status & (JOB_STATUS_PRINTED | JOB_STATUS_COMPLETE) != 0 {
                JobState::Completed
            } else {
                JobState::Waiting
            },
        )
    }
}

/// UTF-16, with a zero at the end.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
