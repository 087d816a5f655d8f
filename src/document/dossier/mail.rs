//! E-mails and plain texts → what is read of them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use super::proof::Fault;

/// How many e-mails within one another are shown.
const DEEPEST: usize = 8;

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
    let head = head(&mail);
    if head.is_empty() {
        return Err(Fault::Broken("it is no e-mail: it has no sender, no date and no subject"));
    }
    Ok(Letter { head, paragraphs: message(&mail, DEEPEST) })
}

fn head(mail: &Message<'_>) -> Vec<(&'static str, String)> {
    let mut head = Vec::new();
    let mut add = |name, value: Option<String>| head.extend(value.map(|value| (name, value)));
    add("From", mail.from().map(people));
    add("To", mail.to().map(people));
    add("Cc", mail.cc().map(people));
    // As the sender's clock said it, with its own time zone.
    add("Date", mail.header_raw("Date").map(|date| date.split_whitespace().collect::<Vec<_>>().join(" ")));
    add("Subject", mail.subject().map(str::to_owned));
    head
}

/// Returns what a message says, then the messages that were forwarded in it, then the names of what is attached.
fn message(mail: &Message<'_>, depth: usize) -> Vec<String> {
    let body: Vec<Cow<'_, str>> = (0..mail.text_body_count()).filter_map(|at| mail.body_text(at)).collect();
    let mut paragraphs = paragraphs(&body.join("\n\n"));
    if paragraphs.iter().all(|line| line.trim().is_empty()) {
        let html: Vec<Cow<'_, str>> = (0..mail.html_body_count()).filter_map(|at| mail.body_html(at)).collect();
        paragraphs = self::paragraphs(&html_to_text(&html.join("\n")));
    }
    let mut names: Vec<&str> = Vec::new();
    for part in mail.attachments() {
        match part.message().filter(|_| depth > 0) {
            Some(inner) => {
                paragraphs.push("[An e-mail is attached to the e-mail:]".to_owned());
                paragraphs.extend(head(inner).into_iter().map(|(name, value)| format!("{name}: {value}")));
                paragraphs.extend(message(inner, depth - 1));
                paragraphs.push("[End of the attached e-mail]".to_owned());
            }
            None => names.push(part.attachment_name().unwrap_or("a part without a name")),
        }
    }
    if !names.is_empty() {
        paragraphs.push(format!(
            "[Attached to the e-mail, and no part of this exhibit unless it is kept as a proof of its own: {}]",
            names.join(", ")
        ));
    }
    paragraphs
}

fn people(address: &Address<'_>) -> String {
    let one = |person: &mail_parser::Addr<'_>| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads a plain text: as its mark says, else UTF-8, or else what older programs of the West wrote.
pub(super) fn plain_text(bytes: &[u8]) -> Result<Letter, Fault> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None if bytes.contains(&0) => return Err(Fault::Broken("it is no text, whatever its name says")),
        None => WINDOWS_1252,
    };
    let paragraphs = paragraphs(&encoding.decode(bytes).0);
    if paragraphs.is_empty() { Err(Fault::Empty) } else { Ok(Letter { head: Vec::new(), paragraphs }) }
}

/// Cuts a text where lines are blank; a line that is short on purpose stays one. No control sign is left in it.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n").replace('\t', "    ");
    let text: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
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
    fn an_email_whose_text_is_blank_is_read_from_its_html() {
        let mail = b"From: a@lakemoor.example\r\nSubject: Decision\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>It is <b>accepted</b>.</p>\r\n--b--\r\n";
        assert_eq!(letter(mail).expect("an e-mail").paragraphs, ["It is accepted."]);
    }

    #[test]
    fn an_email_within_an_email_is_read_too() {
        let mail = b"From: a@lakemoor.example\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: editor@wexcombe.example\r\nSubject: Your review\r\n\r\nThank you for it.\r\n--b--\r\n";
        assert_eq!(
            letter(mail).expect("an e-mail").paragraphs,
            [
                "See below.",
                "[An e-mail is attached to the e-mail:]",
                "From: editor@wexcombe.example",
                "Subject: Your review",
                "Thank you for it.",
                "[End of the attached e-mail]",
            ]
        );
    }

    #[test]
    fn a_text_of_an_older_program_is_read() {
        assert_eq!(plain_text(b"caf\xE9\r\n\r\nb\n").expect("text").paragraphs, ["café", "b"]);
        assert_eq!(plain_text(b" \n\n"), Err(Fault::Empty));
        assert!(plain_text(b"a\x00\xFF").is_err());
        assert_eq!(plain_text(b"\x93a\x94\t\x80 5\x07").expect("text").paragraphs, ["“a”    € 5"]);
        for marked in [&b"\xFF\xFEa\0\xE9\0"[..], b"\xFE\xFF\0a\0\xE9", b"\xEF\xBB\xBFa\xC3\xA9"] {
            assert_eq!(plain_text(marked).expect("text").paragraphs, ["aé"], "{marked:?}");
        }
    }
}
