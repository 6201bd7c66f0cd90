//! Sending a job to a printer: raw TCP, as port 9100 takes it, or a file or device.

use std::{fs::OpenOptions, io, io::Write, net::TcpStream, time::Duration};

/// Sends `job` to `tcp://host:port` or to the path of a device or spool file.
///
/// # Errors
/// What the network or the file system says.
pub fn send(target: &str, job: &[u8]) -> io::Result<()> {
    match target.strip_prefix("tcp://") {
        Some(address) => {
            let mut stream = TcpStream::connect(address)?;
            stream.set_write_timeout(Some(Duration::from_secs(30)))?;
            stream.write_all(job)?;
            stream.flush()
        }
        None => OpenOptions::new().append(true).create(true).open(target)?.write_all(job),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_job_arrives_whole() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("tcp://{}", listener.local_addr().unwrap());
        let reader = std::thread::spawn(move || {
            let mut got = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
            got
        });
        send(&target, b"^XA^XZ").unwrap();
        assert_eq!(reader.join().unwrap(), b"^XA^XZ");
    }
}
