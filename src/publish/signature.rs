//! The signature of a request to S3: AWS Signature Version 4, with the whole content signed.
//!
//! As <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html> says it.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::netlify::hexadecimal;

/// Who signs, and for what.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    pub(super) key_id: &'a str,
    pub(super) secret: &'a str,
    pub(super) region: &'a str,
    pub(super) now: DateTime<Utc>,
}

/// What is signed of a request.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    /// Path of the address, encoded.
    pub(super) path: &'a str,
    /// Query, encoded and in the order of its names.
    pub(super) query: &'a str,
    /// All headers that are signed, names in lower case and in order, `host` and `x-amz-*` among them.
    pub(super) headers: &'a [(&'a str, String)],
    /// SHA-256 of the content in hexadecimal digits.
    pub(super) content: &'a str,
}

impl Signer<'_> {
    /// Returns the moment as the header `x-amz-date` has it.
    pub(super) fn moment(&self) -> String {
        self.now.format("%Y%m%dT%H%M%SZ").to_string()
    }

    /// Returns the header `authorization`.
    pub(super) fn authorization(&self, request: &Signed<'_>) -> String {
        let names = request.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let headers: String =
            request.headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let canonical =
            format!("{}\n{}\n{}\n{headers}\n{names}\n{}", request.method, request.path, request.query, request.content);
        let day = self.now.format("%Y%m%d").to_string();
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", self.moment(), hash(canonical.as_bytes()));
        let key = [&day, self.region, "s3", "aws4_request"]
            .into_iter()
            .fold(format!("AWS4{}", self.secret).into_bytes(), |key, part| code(&key, part.as_bytes()));
        let signature = hexadecimal(&code(&key, text.as_bytes()));
        format!("AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}", self.key_id)
    }
}

fn code(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length is taken.
    let Ok(mut code) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    code.update(text);
    code.finalize().into_bytes().to_vec()
}

/// Returns the SHA-256 of bytes in hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    /// The examples that Amazon publishes beside its description of the signature.
    #[test]
    fn the_published_examples_come_out() {
        let signer = Signer {
            key_id: "AKIAIOSFODNN7EXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
            now: Utc.with_ymd_and_hms(2013, 5, 24, 0, 0, 0).single().expect("a moment"),
        };
        let empty = hash(b"");
        let host = || ("host", "examplebucket.s3.amazonaws.com".to_owned());
        let date = || ("x-amz-date", signer.moment());
        let content = |hash: &str| ("x-amz-content-sha256", hash.to_owned());
        let get = [host(), ("range", "bytes=0-9".to_owned()), content(&empty), date()];
        let list = [host(), content(&empty), date()];
        let put_content = hash(b"Welcome to Amazon S3.");
        let put = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT".to_owned()),
            host(),
            content(&put_content),
            date(),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY".to_owned()),
        ];
        let cases = [
            (
                "GET",
                "/test.txt",
                "",
                &get[..],
                &empty,
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            (
                "GET",
                "/",
                "lifecycle=",
                &list,
                &empty,
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
            ),
            (
                "GET",
                "/",
                "max-keys=2&prefix=J",
                &list,
                &empty,
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            ),
            (
                "PUT",
                "/test%24file.text",
                "",
                &put,
                &put_content,
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            ),
        ];
        for (method, path, query, headers, content, signature) in cases {
            let request = Signed { method, path, query, headers, content };
            let header = signer.authorization(&request);
            assert!(header.ends_with(&format!("Signature={signature}")), "{method} {path}?{query}: {header}");
        }
    }
}
