//! Portfolio → public portfolio: the only place that decides what is public.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Audience, Award, Grant, Identifiers, Media, Owner, Page, Portfolio, Presentation, Project, PublicPortfolio,
    Publication, Service, Shared, Teaching, Training, Venue,
};
use crate::record::Private;
use crate::record::vocabulary::{
    GrantStatus, PresentationStatus, PublicationStatus, PublicationType, TrainingKind, Visibility,
};

impl Portfolio {
    /// Returns what an audience may see, stripped of everything private.
    ///
    /// Unlisted pages belong to nobody's menu and are left out for every audience but the author's.
    pub fn published(&self, audience: &Audience) -> PublicPortfolio {
        let show = Show { audience, site_status: &self.settings.show_status };
        let mut redirects = BTreeMap::new();
        let mut publications = Vec::new();
        for publication in self.publications.iter().filter(|publication| show.publication(publication)) {
            match self.paper_of(publication).filter(|paper| show.publication(paper)) {
                Some(paper) => {
                    redirects.insert(publication.shared.id.clone(), paper.shared.id.clone());
                    let aliases = publication.shared.aliases.iter().cloned();
                    redirects.extend(aliases.map(|alias| (alias, paper.shared.id.clone())));
                }
                None => publications.push(public_publication(publication)),
            }
        }
        let mut public = PublicPortfolio {
            today: self.today,
            settings: self.settings.clone(),
            owner: public_owner(&self.owner),
            publications,
            presentations: chosen(&self.presentations, |talk| show.presentation(talk), Clone::clone),
            awards: chosen(&self.awards, |award| show.visible(&award.shared), Clone::clone),
            grants: chosen(&self.grants, |grant| show.grant(grant), Clone::clone),
            service: chosen(&self.service, |service| show.visible(&service.shared), Clone::clone),
            teaching: chosen(&self.teaching, |teaching| show.visible(&teaching.shared), public_teaching),
            training: chosen(&self.training, |training| show.training(training), Clone::clone),
            media: chosen(&self.media, |media| show.visible(&media.shared), Clone::clone),
            projects: chosen(&self.projects, |project| project.public && show.visible(&project.shared), public_project),
            pages: self.pages.iter().filter(|page| show.page(page)).cloned().collect(),
            redirects,
            withheld: BTreeSet::new(),
            left_out: self.left_out.clone(),
        };
        public.cut_loose();
        let seen: BTreeSet<String> = public.shared_mut().map(|shared| shared.id.clone()).collect();
        public.withheld = self.ids().filter(|id| !seen.contains(*id)).map(str::to_owned).collect();
        public
    }

    /// Returns the paper that a preprint became, at the end of a chain of replacements.
    fn paper_of(&self, publication: &Publication) -> Option<&Publication> {
        let mut paper = None;
        let mut next = publication.replaced_by.as_ref();
        for _ in 0..self.publications.len() {
            let Some(id) = next else { break };
            let Some(found) = self.publications.iter().find(|other| other.shared.id == *id) else { break };
            next = found.replaced_by.as_ref();
            paper = Some(found);
        }
        paper.filter(|paper| paper.shared.id != publication.shared.id)
    }
}

/// Decides record by record for one audience.
struct Show<'a> {
    audience: &'a Audience,
    site_status: &'a [PublicationStatus],
}

impl Show<'_> {
    fn is_drafts(&self) -> bool {
        *self.audience == Audience::Drafts
    }

    fn visible(&self, shared: &Shared) -> bool {
        match (shared.visibility, self.audience) {
            (Visibility::Public, _) | (_, Audience::Drafts) | (Visibility::Link, Audience::SharePage { .. }) => true,
            (Visibility::Link | Visibility::Private, _) => false,
        }
    }

    fn publication(&self, publication: &Publication) -> bool {
        use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
        let asked: &[PublicationStatus] = match self.audience {
            Audience::SharePage { show_status, .. } => show_status,
            Audience::Public | Audience::Drafts => self.site_status,
        };
        let public = matches!(publication.status, Accepted | InPress | Epub | Published | Retracted);
        self.visible(&publication.shared) && (public || self.is_drafts() || asked.contains(&publication.status))
    }

    fn presentation(&self, talk: &Presentation) -> bool {
        let held = matches!(talk.status, PresentationStatus::Accepted | PresentationStatus::Presented);
        self.visible(&talk.shared) && (held || self.is_drafts())
    }

    fn grant(&self, grant: &Grant) -> bool {
        self.visible(&grant.shared) && matches!(grant.status, GrantStatus::Awarded | GrantStatus::Completed)
    }

    fn training(&self, training: &Training) -> bool {
        let private = matches!(training.kind, TrainingKind::Licence | TrainingKind::Exam);
        self.visible(&training.shared) && (!private || training.public)
    }

    fn page(&self, page: &Page) -> bool {
        page.visibility == Visibility::Public || self.is_drafts()
    }
}

/// A kind of record that has the shared fields.
trait HasShared {
    fn shared_mut(&mut self) -> &mut Shared;
}

macro_rules! has_shared {
    ($($kind:ty),*) => {$(
        impl HasShared for $kind {
            fn shared_mut(&mut self) -> &mut Shared {
                &mut self.shared
            }
        }
    )*};
}
has_shared!(Publication, Presentation, Award, Grant, Service, Teaching, Training, Media, Project);

/// The records that may be seen, each stripped of what is private.
fn chosen<T: HasShared>(records: &[T], may: impl Fn(&T) -> bool, strip: impl Fn(&T) -> T) -> Vec<T> {
    let visible = records.iter().filter(|record| may(record));
    let stripped = visible.map(|record| {
        let mut public = strip(record);
        public.shared_mut().private = Private::default();
        public
    });
    stripped.collect()
}

fn public_owner(owner: &Owner) -> Owner {
    Owner { email: owner.email.clone().filter(|_| owner.show_email), ..owner.clone() }
}

/// The journal of a work that is not accepted yet is never named, nor is what would lead to it.
fn public_publication(publication: &Publication) -> Publication {
    use PublicationStatus::{InPreparation, Revision, Submitted, UnderReview, Withdrawn};
    let mut public = publication.clone();
    public.shared.private = Private::default();
    public.target_journal = None;
    let unpublished = matches!(public.status, InPreparation | Submitted | UnderReview | Revision | Withdrawn);
    if unpublished && public.kind != PublicationType::Preprint {
        let genre = public.venue.genre.take();
        public.venue = Venue { genre, ..Venue::default() };
        let Identifiers { arxiv, nct, prospero, .. } = std::mem::take(&mut public.identifiers);
        public.identifiers = Identifiers { arxiv, nct, prospero, ..Identifiers::default() };
    }
    public
}

fn public_teaching(teaching: &Teaching) -> Teaching {
    Teaching { name: teaching.name.clone().filter(|_| teaching.name_public), ..teaching.clone() }
}

/// A project shows its title, stage and threads only.
fn public_project(project: &Project) -> Project {
    Project {
        shared: Shared {
            id: project.shared.id.clone(),
            title: project.shared.title.clone(),
            threads: project.shared.threads.clone(),
            visibility: project.shared.visibility,
            aliases: project.shared.aliases.clone(),
            origin: project.shared.origin.clone(),
            ..Shared::default()
        },
        stage: project.stage,
        stages: BTreeMap::new(),
        updated: None,
        next_step: None,
        next_due: None,
        mentor: None,
        team: Vec::new(),
        level_at_start: None,
        target_conference: None,
        target_journal: None,
        author_order: Vec::new(),
        authorship_agreed: None,
        irb: None,
        hours_per_week: None,
        public: true,
    }
}

impl PublicPortfolio {
    /// Removes references to records that the audience does not see, and adds the redirects of aliases.
    fn cut_loose(&mut self) {
        let seen: BTreeSet<String> = self.shared_mut().map(|shared| shared.id.clone()).collect();
        let folded = self.redirects.clone();
        let resolve = |id: &String| -> Option<String> {
            let target = folded.get(id).unwrap_or(id);
            seen.contains(target).then(|| target.clone())
        };
        let mut aliases = Vec::new();
        for shared in self.shared_mut() {
            let mut follows: Vec<String> = Vec::new();
            for id in shared.follows.iter().filter_map(resolve) {
                if id != shared.id && !follows.contains(&id) {
                    follows.push(id);
                }
            }
            shared.follows = follows;
            shared.project = shared.project.as_ref().filter(|id| seen.contains(*id)).cloned();
            aliases.extend(shared.aliases.iter().map(|alias| (alias.clone(), shared.id.clone())));
        }
        for award in &mut self.awards {
            award.for_record = award.for_record.as_ref().and_then(resolve);
        }
        for publication in &mut self.publications {
            publication.replaced_by = publication.replaced_by.as_ref().and_then(resolve);
        }
        aliases.retain(|(alias, _)| !seen.contains(alias));
        self.redirects.extend(aliases);
    }

    fn shared_mut(&mut self) -> impl Iterator<Item = &mut Shared> {
        let talks = self.presentations.iter_mut().map(HasShared::shared_mut);
        self.publications
            .iter_mut()
            .map(HasShared::shared_mut)
            .chain(talks)
            .chain(self.awards.iter_mut().map(HasShared::shared_mut))
            .chain(self.grants.iter_mut().map(HasShared::shared_mut))
            .chain(self.service.iter_mut().map(HasShared::shared_mut))
            .chain(self.teaching.iter_mut().map(HasShared::shared_mut))
            .chain(self.training.iter_mut().map(HasShared::shared_mut))
            .chain(self.media.iter_mut().map(HasShared::shared_mut))
            .chain(self.projects.iter_mut().map(HasShared::shared_mut))
    }
}

#[cfg(test)]
mod tests;
