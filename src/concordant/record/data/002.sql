-- Coding an event a second time without seeing the first: who was given which event and by which rule, and what they made
-- of it. `account_id` is the event's earliest account when it was given; what the event said then is the first coding.

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL, coder TEXT NOT NULL,
    rule TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX assignment_coder ON assignment (coder);
CREATE INDEX assignment_account ON assignment (account_id);
CREATE TABLE second_coding (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, assignment TEXT NOT NULL, coder TEXT NOT NULL, state TEXT NOT NULL,
    body TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX second_coding_assignment ON second_coding (assignment);
