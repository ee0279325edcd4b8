-- What was received, read, decided and derived. Rows of these tables are added and never changed: triggers see to it.
-- `tx` is the entry of the log by which a row came to be known.

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
    note TEXT NOT NULL, salt BLOB NOT NULL, payload BLOB NOT NULL, hash BLOB NOT NULL
);
CREATE INDEX entry_at ON entry (at);

CREATE TABLE raw (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    packing TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE item (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, identity TEXT NOT NULL UNIQUE, raw INTEGER REFERENCES raw (id),
    kind TEXT NOT NULL
);
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, item INTEGER NOT NULL REFERENCES item (id), source TEXT NOT NULL,
    line INTEGER, captured TEXT NOT NULL, given TEXT NOT NULL, fetched TEXT NOT NULL
);
CREATE INDEX sighting_item ON sighting (item);
CREATE INDEX sighting_source ON sighting (source);
CREATE TABLE outcome (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, item INTEGER NOT NULL REFERENCES item (id), state TEXT NOT NULL,
    report INTEGER REFERENCES report (id), code TEXT, reason TEXT
);
CREATE INDEX outcome_item ON outcome (item);
CREATE TABLE report (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, report_id TEXT NOT NULL UNIQUE
);
CREATE TABLE document (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report (id),
    item INTEGER NOT NULL REFERENCES item (id), title TEXT, text BLOB NOT NULL, text_sha256 TEXT NOT NULL,
    published TEXT, published_first TEXT, published_last TEXT, outlet TEXT, author TEXT, language TEXT, url TEXT,
    date_source TEXT, notes TEXT NOT NULL, metadata TEXT NOT NULL
);
CREATE INDEX document_report ON document (report);
CREATE INDEX document_text ON document (text_sha256);
CREATE TABLE coding (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report (id),
    document INTEGER NOT NULL REFERENCES document (id), coder TEXT NOT NULL, version TEXT NOT NULL,
    codebook TEXT NOT NULL, relevant INTEGER NOT NULL, why TEXT, not_coded BLOB NOT NULL
);
CREATE INDEX coding_report ON coding (report);
CREATE TABLE account (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, coding INTEGER NOT NULL REFERENCES coding (id),
    report INTEGER NOT NULL REFERENCES report (id), account_id TEXT NOT NULL, position INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX account_coding ON account (coding);
CREATE INDEX account_name ON account (account_id);
CREATE TABLE succession (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, old TEXT NOT NULL, new TEXT, how TEXT NOT NULL
);
CREATE INDEX succession_old ON succession (old);
CREATE TABLE copy (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report (id),
    other INTEGER NOT NULL REFERENCES report (id), share REAL NOT NULL
);
CREATE INDEX copy_report ON copy (report);
CREATE INDEX copy_other ON copy (other);
CREATE TABLE origin (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report (id), origin TEXT NOT NULL
);
CREATE INDEX origin_report ON origin (report);
CREATE TABLE membership (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, account_id TEXT NOT NULL, event_id TEXT
);
CREATE INDEX membership_account ON membership (account_id);
CREATE TABLE event_version (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, event_id TEXT NOT NULL, state TEXT NOT NULL, related TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX event_version_event ON event_version (event_id);
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, ruling_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    subject TEXT NOT NULL, value TEXT, judgement TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
    supersedes TEXT
);
CREATE TABLE ruling_subject (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, subject TEXT NOT NULL, ruling_id TEXT NOT NULL
);
CREATE INDEX ruling_subject_subject ON ruling_subject (subject);
CREATE TABLE misfit (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, ruling_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE alert (
    id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, rule TEXT NOT NULL, event_id TEXT NOT NULL, state TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX alert_event ON alert (event_id, rule);

-- What follows can be made again from the above at any time: the present state, laid out to be found fast. `until` is
-- the entry by which a row ceased to hold.

CREATE TABLE item_now (
    item INTEGER PRIMARY KEY, state TEXT NOT NULL, outcome INTEGER NOT NULL, report INTEGER, tries INTEGER NOT NULL
);
CREATE INDEX item_now_state ON item_now (state, item);
CREATE INDEX item_now_report ON item_now (report) WHERE report IS NOT NULL;
CREATE TABLE report_now (
    report INTEGER PRIMARY KEY, document INTEGER NOT NULL, coding INTEGER NOT NULL, origin TEXT NOT NULL
);
CREATE INDEX report_now_origin ON report_now (origin);
CREATE TABLE account_now (
    account INTEGER PRIMARY KEY, account_id TEXT NOT NULL UNIQUE, number INTEGER NOT NULL UNIQUE,
    report INTEGER NOT NULL, first_day INTEGER, last_day INTEGER
);
CREATE INDEX account_now_report ON account_now (report);
CREATE TABLE member_now (
    account_id TEXT NOT NULL, event_id TEXT NOT NULL, tx INTEGER NOT NULL, until INTEGER,
    PRIMARY KEY (account_id, tx)
) WITHOUT ROWID;
CREATE INDEX member_now_event ON member_now (event_id, until);
CREATE TABLE event_now (
    version INTEGER PRIMARY KEY, event_id TEXT NOT NULL, state TEXT NOT NULL, tx INTEGER NOT NULL, until INTEGER,
    day TEXT NOT NULL,
    last_day TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, role TEXT NOT NULL,
    killed INTEGER NOT NULL, confidence REAL NOT NULL, outlets INTEGER NOT NULL, latitude REAL, longitude REAL
);
-- All that a list filters by: a scan of this one answers any question of a million events, and never looks at a row.
CREATE INDEX event_now_day ON event_now (
    day, event_id, last_day, kind, country, admin1, role, killed, confidence, latitude, longitude
) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_kind ON event_now (kind, day, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_country ON event_now (country, day, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_admin1 ON event_now (country, admin1, day, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_killed ON event_now (killed, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_state ON event_now (state, day) WHERE until IS NULL AND state <> 'event';
CREATE INDEX event_now_event ON event_now (event_id, tx);
CREATE INDEX event_all_day ON event_now (day, event_id);
CREATE TABLE event_tag (
    tag TEXT NOT NULL, day TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (tag, day, version)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE account_text USING fts5 (words, content = '', tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE band (key INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (key, report)) WITHOUT ROWID;
CREATE TABLE block (key INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (key, account)) WITHOUT ROWID;
CREATE TABLE edge (account INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (account, other)) WITHOUT ROWID;
CREATE INDEX edge_other ON edge (other);

-- What only helps the work along; it says nothing about the record.

CREATE TABLE lease (item INTEGER PRIMARY KEY, holder TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE feed (address TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE recoding (
    report INTEGER PRIMARY KEY, made TEXT NOT NULL, coded BLOB NOT NULL
);
