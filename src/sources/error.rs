//! What can be wrong with an input, one message each.

use std::io;

/// Why an input was not read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened or read.
    #[error("cannot read {path}: {}", said(.source))]
    Read {
        /// The input.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// It is larger than allowed, packed or unpacked.
    #[error("{path} is larger than the limit of {limit}; raise it with --max-file-size")]
    TooLarge {
        /// The input, with its size where known.
        path: String,
        /// The limit, for reading.
        limit: String,
    },
    /// It is compressed and cannot be unpacked whole.
    #[error("cannot unpack {path}: {source}; the file is damaged or cut short")]
    Unpack {
        /// The input.
        path: String,
        /// What the decoder said.
        source: io::Error,
    },
    /// It holds nothing.
    #[error("{path} is empty")]
    Empty {
        /// The input.
        path: String,
    },
    /// It is no text.
    #[error("{path} looks like {what}, not like text or HTML; bring it to text first")]
    Binary {
        /// The input.
        path: String,
        /// What it looks like.
        what: &'static str,
    },
    /// A JSON line or sidecar is not of its form.
    #[error("cannot use {path}: {problem}")]
    Json {
        /// The file, with the line's number where it has lines.
        path: String,
        /// What is wrong.
        problem: String,
    },
    /// A link that leads nowhere.
    #[error("{path} is a link to a file that does not exist; remove the link, or bring back what it leads to")]
    BrokenLink {
        /// The link.
        path: String,
    },
    /// A captured answer that is no page to read.
    #[error("{path} is no page: {what}")]
    NotAPage {
        /// The WARC file and the address.
        path: String,
        /// What it is instead.
        what: String,
    },
    /// A pipe, socket or device in a folder: reading it might never end.
    #[error("{path} is a pipe, socket or device; name it on the command line to read it all the same")]
    Special {
        /// Where it is.
        path: String,
    },
    /// Documents of a submission that are not read.
    #[error("{path}: left aside: {what}")]
    LeftAside {
        /// The submission.
        path: String,
        /// Which, and why.
        what: String,
    },
    /// A file in a folder that is no document by its name.
    #[error("{path} is no document by its name; name it on the command line to read it all the same")]
    NotADocument {
        /// The file.
        path: String,
    },
}

impl SourceError {
    /// A word for the reason, as counted in runs.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Read { .. } => "unreadable",
            Self::TooLarge { .. } => "too large",
            Self::Unpack { .. } => "damaged",
            Self::Empty { .. } => "empty",
            Self::Binary { .. } => "binary",
            Self::Json { .. } => "bad json",
            Self::BrokenLink { .. } => "broken link",
            Self::NotAPage { .. } => "no page",
            Self::Special { .. } => "no file",
            Self::LeftAside { .. } => "left aside",
            Self::NotADocument { .. } => "no document",
        }
    }

    /// Whether the input was passed over as nothing to read, not failed.
    pub fn is_harmless(&self) -> bool {
        matches!(
            self,
            Self::NotADocument { .. }
                | Self::NotAPage { .. }
                | Self::Special { .. }
                | Self::LeftAside { .. }
                | Self::Empty { .. }
        )
    }
}

fn said(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the path".to_string(),
        io::ErrorKind::PermissionDenied => "permission denied; check who may read it".to_string(),
        _ => source.to_string(),
    }
}
