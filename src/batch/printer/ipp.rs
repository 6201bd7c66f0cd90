//! Printers and queues of CUPS and IPP (RFC 8011): `ipp://host/printers/name`, `lp:name`.
//!
//! Labels become jobs by Print-Job, as raw data; Get-Job-Attributes says what became of it.

use super::spooler::{JobState, Spooler, SubmitError};
use ipp::model::JobState as IppState;
use ipp::prelude::{DelimiterTag, IppClient, IppError, IppOperationBuilder, IppPayload, IppValue, Uri};
use std::io::{self, Cursor};
use std::time::Duration;

/// Timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The port of IPP.
const PORT: u16 = 631;
/// Data that CUPS passes on as it is.
const RAW: &str = "application/vnd.cups-raw";
/// The same for printers that speak IPP themselves.
const OCTETS: &str = "application/octet-stream";

/// The address of a queue of the CUPS on this machine.
pub(super) fn local(name: &str) -> String {
    let mut path = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => path.push(byte.into()),
            _ => path += &format!("%{byte:02X}"),
        }
    }
    format!("ipp://localhost:{PORT}/printers/{path}")
}

/// A queue.
pub(super) struct IppSpooler {
    uri: Uri,
    client: IppClient,
    format: &'static str,
}

impl IppSpooler {
    pub(super) fn new(uri: &str) -> io::Result<Self> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        let uri: Uri = uri.parse().map_err(invalid)?;
        let client = IppClient::builder(uri.clone()).request_timeout(TIMEOUT).build();
        Ok(Self { uri, client, format: RAW })
    }

    fn print(&self, label: &[u8]) -> Result<u64, IppError> {
        let payload = IppPayload::new(Cursor::new(label.to_vec()));
        let job = IppOperationBuilder::print_job(self.uri.clone(), payload)
            .user_name("wayseal")
            .job_title("labels")
            .document_format(self.format)
            .build()?;
        let answer = self.client.send(job)?;
        let status = answer.header().status_code();
        if !status.is_success() {
            return Err(IppError::StatusError(status));
        }
        let group = answer.attributes().first_of(DelimiterTag::JobAttributes);
        let job = group.and_then(|group| group.get("job-id")).map(|attribute| attribute.value());
        match job {
            Some(IppValue::Integer(job)) => u64::try_from(*job).map_err(|_| IppError::InvalidAttributeType),
            _ => Err(IppError::MissingAttribute),
        }
    }
}

impl Spooler for IppSpooler {
    fn submit(&mut self, label: &[u8]) -> Result<u64, SubmitError> {
        let mut result = self.print(label);
        if let Err(IppError::StatusError(status)) = &result
            && format!("{status:?}").contains("DocumentFormat")
            && self.format == RAW
        {
            self.format = OCTETS;
            result = self.print(label);
        }
        result.map_err(|error| {
            // An answer of IPP or HTTP that is no success: the job was not taken. Without an answer nobody knows, unless
            // there was no connection.
            let refused = match &error {
                IppError::StatusError(_) | IppError::RequestError(_) => true,
                _ => is_unreachable(&error),
            };
            SubmitError { error: io::Error::other(error), refused }
        })
    }

    fn state(&mut self, job: u64) -> io::Result<JobState> {
        let number = i32::try_from(job).map_err(io::Error::other)?;
        let question = IppOperationBuilder::get_job_attributes(self.uri.clone(), number)
            .user_name("wayseal")
            .build()
            .map_err(io::Error::other)?;
        let answer = self.client.send(question).map_err(io::Error::other)?;
        let status = answer.header().status_code();
        if !status.is_success() {
            return Err(io::Error::other(IppError::StatusError(status)));
        }
        let group = answer.attributes().first_of(DelimiterTag::JobAttributes);
        let state = group.and_then(|group| group.get("job-state")).map(|attribute| attribute.value());
        Ok(match state {
            Some(IppValue::Enum(state)) if *state == IppState::Completed as i32 => JobState::Completed,
            Some(IppValue::Enum(state)) if *state == IppState::Canceled as i32 => {
                JobState::Ended("job canceled".to_owned())
            }
            Some(IppValue::Enum(state)) if *state == IppState::Aborted as i32 => {
                JobState::Ended("job aborted".to_owned())
            }
            Some(IppValue::Enum(_)) => JobState::Waiting,
            _ => return Err(io::Error::other(IppError::MissingAttribute)),
        })
    }
}

/// Whether no connection was made.
fn is_unreachable(error: &IppError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound)) {
            return true;
        }
        cause = error.source();
    }
    // The client's own words for a name without an address, and for a connection refused.
    let text = error.to_string();
    ["refused", "host not found", "failed to lookup"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queues_name_is_escaped() {
        assert_eq!(local("Zebra_ZD421"), "ipp://localhost:631/printers/Zebra_ZD421");
        assert_eq!(local("a/b ü"), "ipp://localhost:631/printers/a%2Fb%20%C3%BC");
        assert!(IppSpooler::new("ipp://localhost:631/printers/a%2Fb").is_ok());
    }

    #[test]
    fn a_spooler_that_is_not_there_has_taken_nothing() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut spooler = IppSpooler::new(&format!("ipp://127.0.0.1:{port}/printers/x")).unwrap();
        assert!(spooler.submit(b"^XA^XZ").unwrap_err().refused);
    }

    /// Answers requests, one a connection, each with a status and a job 7 in a state; returns what was asked.
    fn answering(answers: Vec<(u16, i32)>) -> (String, std::thread::JoinHandle<Vec<Vec<u8>>>) {
        use std::io::{Read as _, Write as _};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("ipp://{}/ipp/print", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for (status, state) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"0\r\n\r\n") {
                    let mut piece = [0; 4096];
                    let read = stream.read(&mut piece).unwrap();
                    assert!(read > 0, "the request ends early");
                    request.extend_from_slice(&piece[..read]);
                }
                asked.push(request);
                // Version 1.1, status, request 1; then the attributes of a job.
                let mut body = [&[1, 1][..], &status.to_be_bytes(), &[0, 0, 0, 1, 2]].concat();
                for (tag, name, value) in [(0x21, "job-id", 7), (0x23, "job-state", state)] {
                    body.extend(
                        [&[tag, 0, name.len() as u8][..], name.as_bytes(), &[0, 4], &value.to_be_bytes()]
                            .concat(),
                    );
                }
                body.push(3);
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
            }
            asked
        });
        (uri, server)
    }

    #[test]
    fn a_printer_that_knows_no_raw_data_gets_octets() {
        // Document format not supported, then taken.
        let (uri, server) = answering(vec![(0x040A, 3), (0, 3)]);
        assert_eq!(IppSpooler::new(&uri).unwrap().submit(b"^XA^XZ").unwrap(), 7);
        let asked = server.join().unwrap();
        let has =
            |request: &[u8], what: &str| request.windows(what.len()).any(|part| part == what.as_bytes());
        assert!(has(&asked[0], RAW) && has(&asked[1], OCTETS));
        assert!(asked.iter().all(|request| has(request, "^XA^XZ")));
    }

    #[test]
    fn jobs_wait_are_completed_or_end_otherwise() {
        for (state, expected) in [
            (5, Some(JobState::Waiting)),
            (6, Some(JobState::Waiting)),
            (7, Some(JobState::Ended("job canceled".to_owned()))),
            (8, Some(JobState::Ended("job aborted".to_owned()))),
            (9, Some(JobState::Completed)),
        ] {
            let (uri, server) = answering(vec![(0, state)]);
            assert_eq!(IppSpooler::new(&uri).unwrap().state(7).ok(), expected);
            server.join().unwrap();
        }
        let (uri, server) = answering(vec![(0x0406, 3)]);
        assert!(IppSpooler::new(&uri).unwrap().state(7).is_err());
        server.join().unwrap();
    }
}
