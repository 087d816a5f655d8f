//! Writers over one type: for people, for programs, for workflow annotations.
