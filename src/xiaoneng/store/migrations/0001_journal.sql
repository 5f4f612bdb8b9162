-- The journal and what is derived from it. Facts are inserted and never changed: the application may only insert them, and a trigger
-- refuses every change to everybody, the owner included. Whoever goes around the trigger is found out by the chain and the sealed heads.

CREATE TABLE event (
    subject     text        NOT NULL,
    sequence    integer     NOT NULL CHECK (sequence > 0),
    id          text        NOT NULL,
    kind        text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    body        text        NOT NULL, -- canonical JSON (RFC 8785) of the event's envelope
    previous    bytea       NOT NULL,
    hash        bytea       NOT NULL,
    PRIMARY KEY (subject, sequence),
    UNIQUE (subject, id)
) PARTITION BY HASH (subject);

DO $$ BEGIN FOR i IN 0..7 LOOP
    EXECUTE format('CREATE TABLE event_%s PARTITION OF event FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
END LOOP; END $$;

-- What other systems have delivered, so that a second delivery is known for what it is.
CREATE TABLE delivery (
    source   text    NOT NULL,
    id       text    NOT NULL,
    subject  text    NOT NULL,
    sequence integer NOT NULL,
    PRIMARY KEY (source, id)
);

-- Events that have no leaf yet; the sealer takes them away, in whatever order their transactions ended.
CREATE TABLE unsealed (
    subject  text    NOT NULL,
    sequence integer NOT NULL,
    PRIMARY KEY (subject, sequence)
);

CREATE TABLE leaf (
    number   bigint  PRIMARY KEY,
    subject  text    NOT NULL,
    sequence integer NOT NULL,
    hash     bytea   NOT NULL,
    UNIQUE (subject, sequence)
);

CREATE TABLE head (
    size      bigint      PRIMARY KEY,
    root      bytea       NOT NULL,
    sealed_at timestamptz NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is only added to: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DO $$ DECLARE kept text; BEGIN FOREACH kept IN ARRAY ARRAY['event', 'delivery', 'leaf', 'head'] LOOP
    EXECUTE format('CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
END LOOP; END $$;

-- Derived: may be thrown away and made again.
CREATE TABLE subject (
    name             text        PRIMARY KEY,
    family           text        NOT NULL,
    last_sequence    integer     NOT NULL DEFAULT 0,
    last_hash        bytea       NOT NULL DEFAULT '',
    last_recorded_at timestamptz,
    agency           text        NOT NULL DEFAULT '',
    closed           boolean     NOT NULL DEFAULT false,
    wake_at          timestamptz,
    judged_at        timestamptz,
    procedure_edition text       NOT NULL DEFAULT '',
    calendar_edition  text       NOT NULL DEFAULT ''
) WITH (fillfactor = 80);
CREATE INDEX subject_wakes ON subject (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX subject_of_family ON subject (family, agency);

CREATE TABLE finding (
    subject    text NOT NULL,
    id         text NOT NULL,
    rule       text NOT NULL,
    kind       text NOT NULL,
    level      text NOT NULL,
    activation text NOT NULL,
    since      text NOT NULL, -- a day or an instant, as the law counts
    until      text,
    due        text,
    agency     text NOT NULL,
    evidence   text[] NOT NULL,
    provisional   boolean NOT NULL,
    order_unknown boolean NOT NULL,
    procedure_edition text NOT NULL,
    calendar_edition  text NOT NULL,
    PRIMARY KEY (subject, id)
);
CREATE INDEX finding_of_agency ON finding (agency, kind, level);

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'xiaoneng_app') THEN CREATE ROLE xiaoneng_app NOLOGIN; END IF;
END $$;
GRANT SELECT, INSERT ON event, delivery, leaf, head TO xiaoneng_app;
GRANT SELECT, INSERT, DELETE ON unsealed TO xiaoneng_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON subject, finding TO xiaoneng_app;
