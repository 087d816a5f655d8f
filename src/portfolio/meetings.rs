//! The meetings that `conference:` knows by a short name.

use crate::record::vocabulary::Scope;

/// A meeting of a society in radiology or a neighbouring field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInMeeting {
    /// The short name that readers know, as it is printed.
    pub id: &'static str,
    /// The name in full.
    pub name: &'static str,
    /// The body that holds it.
    pub society: &'static str,
    /// How wide its circle is.
    pub scope: Scope,
    /// Other short names, older ones included.
    pub aliases: &'static [&'static str],
    /// The first and the last month (1 to 12) in which its deadline for abstracts usually falls: a pattern of past
    /// years, never a promise. None where there is no pattern.
    pub abstract_months: Option<(u32, u32)>,
}

const fn built_in(
    id: &'static str,
    name: &'static str,
    society: &'static str,
    scope: Scope,
    aliases: &'static [&'static str],
    abstract_months: Option<(u32, u32)>,
) -> BuiltInMeeting {
    BuiltInMeeting { id, name, society, scope, aliases, abstract_months }
}

/// Every built-in meeting.
#[rustfmt::skip]
pub const MEETINGS: &[BuiltInMeeting] = &[
    built_in("RSNA", "RSNA Scientific Assembly and Annual Meeting", "Radiological Society of North America", Scope::International, &[], Some((4, 5))),
    built_in("ACR", "ACR Annual Meeting", "American College of Radiology", Scope::National, &[], Some((12, 2))),
    built_in("ARRS", "ARRS Annual Meeting", "American Roentgen Ray Society", Scope::National, &[], Some((9, 10))),
    built_in("ASNR", "ASNR Annual Meeting", "American Society of Neuroradiology", Scope::National, &[], Some((11, 1))),
    built_in("SCBT-MR/SABI", "SCBT-MR/SABI Annual Course", "Society for Advanced Body Imaging", Scope::National, &["SCBT-MR", "SABI"], Some((4, 6))),
    built_in("SAR", "SAR Annual Meeting", "Society of Abdominal Radiology", Scope::National, &[], Some((9, 9))),
    built_in("STR", "STR Annual Meeting", "Society of Thoracic Radiology", Scope::National, &[], Some((9, 10))),
    built_in("AUR", "AUR Annual Meeting", "Association of Academic Radiology", Scope::National, &["AAR", "AUR/AAR"], Some((10, 11))),
    built_in("SIR", "SIR Annual Scientific Meeting", "Society of Interventional Radiology", Scope::International, &[], Some((9, 10))),
    built_in("SPR", "SPR Annual Meeting", "Society for Pediatric Radiology", Scope::International, &[], Some((10, 11))),
    built_in("SNMMI", "SNMMI Annual Meeting", "Society of Nuclear Medicine and Molecular Imaging", Scope::International, &["SNM"], Some((1, 1))),
    built_in("SIIM", "SIIM Annual Meeting", "Society for Imaging Informatics in Medicine", Scope::National, &[], Some((11, 1))),
    built_in("CMIMI", "Conference on Machine Intelligence in Medical Imaging", "Society for Imaging Informatics in Medicine", Scope::National, &[], Some((5, 6))),
    built_in("ECR", "European Congress of Radiology", "European Society of Radiology", Scope::International, &["ESR/ECR"], Some((9, 10))),
    built_in("ISMRM", "ISMRM Annual Meeting", "International Society for Magnetic Resonance in Medicine", Scope::International, &[], Some((11, 11))),
    built_in("SSR", "SSR Annual Meeting", "Society of Skeletal Radiology", Scope::National, &[], Some((9, 10))),
    built_in("SBI", "SBI Breast Imaging Symposium", "Society of Breast Imaging", Scope::National, &[], Some((10, 11))),
    built_in("SRU", "SRU Annual Meeting", "Society of Radiologists in Ultrasound", Scope::National, &[], Some((5, 6))),
    built_in("AIUM", "AIUM Annual Convention", "American Institute of Ultrasound in Medicine", Scope::National, &["UltraCon"], Some((9, 10))),
    built_in("ASER", "ASER Annual Meeting", "American Society of Emergency Radiology", Scope::National, &[], Some((4, 6))),
    built_in("NASCI", "NASCI Annual Meeting", "North American Society for Cardiovascular Imaging", Scope::National, &[], Some((4, 6))),
    built_in("SCMR", "SCMR Annual Scientific Sessions", "Society for Cardiovascular Magnetic Resonance", Scope::International, &[], Some((8, 9))),
    built_in("SCCT", "SCCT Annual Scientific Meeting", "Society of Cardiovascular Computed Tomography", Scope::International, &[], Some((2, 3))),
    built_in("ESNR", "ESNR Annual Meeting", "European Society of Neuroradiology", Scope::International, &[], Some((3, 5))),
    built_in("ASFNR", "ASFNR Annual Meeting", "American Society of Functional Neuroradiology", Scope::National, &[], Some((6, 8))),
    built_in("ASSR", "ASSR Annual Symposium", "American Society of Spine Radiology", Scope::National, &[], Some((9, 11))),
    built_in("ASHNR", "ASHNR Annual Meeting", "American Society of Head and Neck Radiology", Scope::National, &[], Some((4, 5))),
    built_in("WFNRS", "Symposium Neuroradiologicum", "World Federation of Neuroradiological Societies", Scope::International, &[], None),
    built_in("SNIS", "SNIS Annual Meeting", "Society of NeuroInterventional Surgery", Scope::International, &[], Some((2, 3))),
    built_in("ISC", "International Stroke Conference", "American Stroke Association", Scope::International, &["AHA/ASA ISC", "International Stroke Conference"], Some((7, 8))),
    built_in("ESOC", "European Stroke Organisation Conference", "European Stroke Organisation", Scope::International, &[], Some((12, 1))),
    built_in("WSC", "World Stroke Congress", "World Stroke Organization", Scope::International, &[], Some((5, 6))),
    built_in("AAN", "AAN Annual Meeting", "American Academy of Neurology", Scope::International, &[], Some((10, 10))),
    built_in("BIR", "BIR Annual Congress", "British Institute of Radiology", Scope::National, &[], Some((6, 8))),
    built_in("UKIO", "UK Imaging and Oncology Congress", "UKIO", Scope::National, &[], Some((1, 2))),
    built_in("RCR", "RCR Annual Conference", "Royal College of Radiologists", Scope::National, &[], Some((3, 5))),
    built_in("CAR", "CAR Annual Scientific Meeting", "Canadian Association of Radiologists", Scope::National, &[], Some((9, 11))),
    built_in("RANZCR", "RANZCR Annual Scientific Meeting", "Royal Australian and New Zealand College of Radiologists", Scope::National, &[], Some((3, 4))),
    built_in("JRS", "JRS Annual Meeting", "Japan Radiological Society", Scope::National, &[], Some((9, 11))),
    built_in("KCR", "Korean Congress of Radiology", "Korean Society of Radiology", Scope::International, &[], Some((4, 5))),
    built_in("AOCR", "Asian Oceanian Congress of Radiology", "Asian Oceanian Society of Radiology", Scope::International, &[], None),
    built_in("ESGAR", "ESGAR Annual Meeting", "European Society of Gastrointestinal and Abdominal Radiology", Scope::International, &[], Some((12, 1))),
    built_in("CIRSE", "CIRSE Annual Congress", "Cardiovascular and Interventional Radiological Society of Europe", Scope::International, &[], Some((2, 3))),
    built_in("AAPM", "AAPM Annual Meeting", "American Association of Physicists in Medicine", Scope::International, &[], Some((3, 3))),
    built_in("AAMC LSL", "Learn Serve Lead", "Association of American Medical Colleges", Scope::National, &[], Some((3, 5))),
    built_in("APDR", "APDR Annual Meeting", "Association of Program Directors in Radiology", Scope::National, &[], Some((10, 11))),
    built_in("A3CR2", "A3CR2 Annual Meeting", "American Alliance of Academic Chief Residents in Radiology", Scope::National, &[], Some((10, 11))),
];

/// Returns a short name for comparison: without case, spaces, hyphens and slashes.
pub fn meeting_key(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '/')).flat_map(char::to_lowercase).collect()
}

/// Finds a built-in meeting by its short name or one of its aliases.
pub fn find_meeting(id: &str) -> Option<&'static BuiltInMeeting> {
    let key = meeting_key(id);
    MEETINGS
        .iter()
        .find(|meeting| meeting_key(meeting.id) == key || meeting.aliases.iter().any(|alias| meeting_key(alias) == key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_compare_without_case_space_hyphen_and_slash() {
        for (written, id) in [
            ("rsna", "RSNA"),
            ("SCBTMR", "SCBT-MR/SABI"),
            ("scbt-mr / sabi", "SCBT-MR/SABI"),
            ("SABI", "SCBT-MR/SABI"),
            ("AUR/AAR", "AUR"),
            ("aar", "AUR"),
            ("AHA/ASA ISC", "ISC"),
            ("international stroke conference", "ISC"),
            ("ESR/ECR", "ECR"),
            ("AAMC LSL", "AAMC LSL"),
        ] {
            assert_eq!(find_meeting(written).map(|meeting| meeting.id), Some(id), "{written}");
        }
        assert_eq!(find_meeting("RSNAA"), None);
    }

    #[test]
    fn no_short_name_stands_for_two_meetings() {
        let mut keys: Vec<String> =
            MEETINGS.iter().flat_map(|m| m.aliases.iter().chain([&m.id])).map(|id| meeting_key(id)).collect();
        keys.sort();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
