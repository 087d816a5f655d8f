//! E-mails and plain texts → what is read of them.

use std::borrow::Cow;

use mail_parser::{Address, MessageParser, MimeHeaders};

use super::proof::Fault;

/// A text with what stands at its head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Letter {
    /// Name and value: From, To, Date, Subject.
    pub(super) head: Vec<(&'static str, String)>,
    /// The paragraphs, each of one line or several.
    pub(super) paragraphs: Vec<String>,
}

impl Letter {
    /// Returns how long the text is.
    pub(super) fn letters(&self) -> usize {
        let head = self.head.iter().map(|(_, value)| value.len());
        head.chain(self.paragraphs.iter().map(String::len)).sum()
    }
}

/// Reads an e-mail: its headers decoded, its body as text, its attachments by name.
pub(super) fn letter(bytes: &[u8]) -> Result<Letter, Fault> {
    let mail = MessageParser::default().parse(bytes).ok_or(Fault::Broken("it is no e-mail"))?;
    let mut head = Vec::new();
    let mut add = |name, value: Option<String>| head.extend(value.map(|value| (name, value)));
    add("From", mail.from().map(people));
    add("To", mail.to().map(people));
    add("Cc", mail.cc().map(people));
    // As the sender's clock said it, with its own time zone.
    add("Date", mail.header_raw("Date").map(|date| date.split_whitespace().collect::<Vec<_>>().join(" ")));
    add("Subject", mail.subject().map(str::to_owned));
    if head.is_empty() {
        return Err(Fault::Broken("it is no e-mail: it has no sender, no date and no subject"));
    }
    let body: Vec<Cow<'_, str>> = (0..mail.text_body_count()).filter_map(|at| mail.body_text(at)).collect();
    let mut paragraphs = paragraphs(&body.join("\n\n"));
    let names: Vec<&str> =
        mail.attachments().map(|part| part.attachment_name().unwrap_or("a part without a name")).collect();
    if !names.is_empty() {
        paragraphs.push(format!(
            "[Attached to the e-mail, and no part of this exhibit unless it is kept as a proof of its own: {}]",
            names.join(", ")
        ));
    }
    Ok(Letter { head, paragraphs })
}

fn people(address: &Address<'_>) -> String {
    let one = |person: &mail_parser::Addr<'_>| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads a plain text: UTF-8, or else what older programs of the West wrote.
pub(super) fn plain_text(bytes: &[u8]) -> Result<Letter, Fault> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) if bytes.contains(&0) => return Err(Fault::Broken("it is no text, whatever its name says")),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let paragraphs = paragraphs(&text);
    if paragraphs.is_empty() { Err(Fault::Empty) } else { Ok(Letter { head: Vec::new(), paragraphs }) }
}

/// Cuts a text where lines are blank; a line that is short on purpose stays one.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_read_as_its_reader_saw_it() {
        let mail = b"From: =?utf-8?Q?Chlo=C3=A9_Morel?= <morel@wexcombe.example>\r\nTo: \"Oyelaran-Quist, Zainab\" <zoq@lakemoor.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 -0600\r\nSubject: =?utf-8?B?QWNjZXB0ZWQ6IGRlY2lzaW9u?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDear Dr Oyelaran-Quist,\r\n\r\nVotre article est accept=E9.\r\n--b\r\nContent-Type: application/pdf; name=proof.pdf\r\nContent-Disposition: attachment; filename=proof.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n";
        let letter = letter(mail).expect("an e-mail");
        assert_eq!(
            letter.head,
            [
                ("From", "Chloé Morel <morel@wexcombe.example>".to_owned()),
                ("To", "Oyelaran-Quist, Zainab <zoq@lakemoor.example>".to_owned()),
                ("Date", "Tue, 24 Nov 2026 10:00:00 -0600".to_owned()),
                ("Subject", "Accepted: decision".to_owned()),
            ]
        );
        assert_eq!(letter.paragraphs[..2], ["Dear Dr Oyelaran-Quist,", "Votre article est accepté."]);
        assert!(letter.paragraphs[2].contains("proof.pdf"));
        assert!(super::letter(b"\x00\x01\x02 nothing").is_err());
    }

    #[test]
    fn a_text_of_an_older_program_is_read() {
        assert_eq!(plain_text(b"caf\xE9\r\n\r\nb\n").expect("text").paragraphs, ["café", "b"]);
        assert_eq!(plain_text(b" \n\n"), Err(Fault::Empty));
        assert!(plain_text(b"a\x00\xFF").is_err());
    }
}
