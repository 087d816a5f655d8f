//! OP92x and OP93x: proofs, the dossier made of them, and the owner's plan.

super::codes! { PROOF;
    BAD_INTERVAL "OP920" Warning
        "a span of time cannot be read"
        "`check_in_every` in goals.yaml says after how long without a change `offprint status` calls a project stalled. Write a number and a unit: `10 days`, `2 weeks`, `1 month`. Without it, four weeks hold."
}
