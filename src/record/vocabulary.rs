//! The closed lists of values of the record schema: types, statuses, categories, stages.
//!
//! Each list serves as the written form (what a record may say) and as the model's own type.

/// Declares an enum whose variants are exactly the written values of one field.
macro_rules! vocabulary {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as it is written in a record.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Finds the value that is written so.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

vocabulary! {
    /// What form a publication has.
    PublicationType {
        JournalArticle = "journal-article", JournalAbstract = "journal-abstract", ConferencePaper = "conference-paper",
        Preprint = "preprint", Book = "book", BookChapter = "book-chapter", Report = "report", Thesis = "thesis",
        Online = "online", Dataset = "dataset", Software = "software", Other = "other",
    }

    /// How far a publication has come.
    PublicationStatus {
        InPreparation = "in-preparation", Submitted = "submitted", UnderReview = "under-review", Revision = "revision",
        Accepted = "accepted", InPress = "in-press", Epub = "epub", Published = "published",
        Withdrawn = "withdrawn", Retracted = "retracted",
    }

    /// What kind of study or writing a publication is.
    PublicationCategory {
        ClinicalRetrospective = "clinical-retrospective", ClinicalProspective = "clinical-prospective", Trial = "trial",
        QualityImprovement = "quality-improvement", Education = "education", InformaticsAi = "informatics-ai",
        CaseReport = "case-report", CaseSeries = "case-series", BasicTranslational = "basic-translational",
        Review = "review", SystematicReview = "systematic-review", Survey = "survey", Guideline = "guideline",
        Commentary = "commentary", Editorial = "editorial", Letter = "letter", Technical = "technical",
    }

    /// What the owner of the site did in a publication.
    PublicationRole {
        DataCollection = "data-collection", Contributor = "contributor", CoAuthor = "co-author",
        FirstAuthor = "first-author", CoFirstAuthor = "co-first-author", ProjectLead = "project-lead",
        SeniorAuthor = "senior-author",
    }

    /// What form a presentation has.
    PresentationType {
        Oral = "oral", Poster = "poster", EPoster = "e-poster", EducationExhibit = "education-exhibit",
        InvitedTalk = "invited-talk", Keynote = "keynote", GrandRounds = "grand-rounds", Panel = "panel",
        Workshop = "workshop", CaseConference = "case-conference", Lecture = "lecture",
    }

    /// How far a presentation has come.
    PresentationStatus { Submitted = "submitted", Accepted = "accepted", Presented = "presented", Withdrawn = "withdrawn" }

    /// Where a presentation was held from.
    PresentationFormat { InPerson = "in-person", Virtual = "virtual", Hybrid = "hybrid" }

    /// How wide the circle was.
    Scope {
        International = "international", National = "national", Regional = "regional", Local = "local",
        Institutional = "institutional",
    }

    /// How far a grant has come.
    GrantStatus { Submitted = "submitted", Awarded = "awarded", Completed = "completed", NotFunded = "not-funded" }

    /// What kind of service.
    ServiceKind {
        PeerReview = "peer-review", Editorial = "editorial", Committee = "committee", Leadership = "leadership",
        Membership = "membership", Judging = "judging", Volunteering = "volunteering", Advocacy = "advocacy",
    }

    /// What kind of teaching.
    TeachingKind {
        Course = "course", Lecture = "lecture", SmallGroup = "small-group", Simulation = "simulation",
        Mentoring = "mentoring", Curriculum = "curriculum", Assessment = "assessment",
    }

    /// What kind of training.
    TrainingKind {
        Degree = "degree", Residency = "residency", Internship = "internship", Fellowship = "fellowship",
        Research = "research", Employment = "employment", Certification = "certification", Course = "course",
        Licence = "licence", Exam = "exam",
    }

    /// What kind of media.
    MediaKind {
        Interview = "interview", News = "news", Podcast = "podcast", Blog = "blog", Video = "video", Social = "social",
    }

    /// How far a project has come.
    ProjectStage {
        Idea = "idea", LiteratureReview = "literature-review", Irb = "irb", DataCollection = "data-collection",
        Analysis = "analysis", Writing = "writing", Submitted = "submitted", Revision = "revision",
        Accepted = "accepted", Published = "published", Stalled = "stalled", Stopped = "stopped",
    }

    /// Who may see a record or a page.
    Visibility { Public = "public", Link = "link", Private = "private" }

    /// The criteria of 8 CFR 214.2(o)(3)(iii)(B) and 8 CFR 204.5(h)(3) that a record may serve.
    Criterion {
        Awards = "awards", Membership = "membership", PublishedMaterial = "published-material", Judging = "judging",
        OriginalContributions = "original-contributions", ScholarlyArticles = "scholarly-articles",
        CriticalRole = "critical-role", HighSalary = "high-salary", Display = "display",
        CommercialSuccess = "commercial-success",
    }

    /// What a goal counts.
    GoalMeasure {
        Papers = "papers", FirstAuthorPapers = "first-author papers", Reviews = "reviews", Talks = "talks",
        NationalTalks = "national talks", PeerReviews = "peer reviews", Grants = "grants", Awards = "awards",
    }

    /// How the publications list is divided.
    Grouping { Type = "type", Year = "year", Thread = "thread", Category = "category", None = "none" }

    /// The files offered beside each publication.
    ExportFormat { Bibtex = "bibtex", Ris = "ris", CslJson = "csl-json" }

    /// Where `publish` sends the site.
    PublishTarget {
        GithubPages = "github-pages", Folder = "folder", Zip = "zip", Netlify = "netlify",
        CloudflarePages = "cloudflare-pages", S3 = "s3", Sftp = "sftp", Rsync = "rsync",
    }

    /// The paper of a CV.
    Paper { Letter = "letter", A4 = "a4" }

    /// What a CV looks like: full, two pages with selected works first, or one page.
    CvTemplate { Academic = "academic", Fellowship = "fellowship", OnePage = "one-page" }

    /// The parts of a CV.
    CvPart {
        Selected = "selected", Training = "training", Awards = "awards", Grants = "grants",
        Publications = "publications", Presentations = "presentations", Teaching = "teaching", Service = "service",
        Media = "media", Projects = "projects", Languages = "languages",
    }

    /// What a correction notice is.
    CorrectionType {
        Erratum = "erratum", Corrigendum = "corrigendum", Correction = "correction", Retraction = "retraction",
        ExpressionOfConcern = "expression-of-concern",
    }

    /// The kinds of record; the written value is the file's name and a listing's word.
    Kind {
        Publications = "publications", Presentations = "presentations", Awards = "awards", Grants = "grants",
        Service = "service", Teaching = "teaching", Training = "training", Media = "media",
        Projects = "projects", People = "people", Goals = "goals", Conferences = "conferences",
    }
}

impl Kind {
    /// Returns the word for one record of the kind, for messages ("a publication").
    pub fn singular(self) -> &'static str {
        match self {
            Self::Publications => "publication",
            Self::Presentations => "presentation",
            Self::Awards => "award",
            Self::Grants => "grant",
            Self::Service => "service record",
            Self::Teaching => "teaching record",
            Self::Training => "training record",
            Self::Media => "media record",
            Self::Projects => "project",
            Self::People => "person",
            Self::Goals => "goals file",
            Self::Conferences => "conference",
        }
    }

    /// Returns the word for one record with its article ("an award").
    pub fn one(self) -> String {
        match self {
            Self::Goals => "goals.yaml".to_owned(),
            Self::Awards => "an award".to_owned(),
            other => format!("a {}", other.singular()),
        }
    }
}
