-- What the first pages of the web app ask for, kept as events come and go instead of counted each time: how many events there
-- are by day, kind, country, division and tag, and by squares of a twentieth of a degree. They count what event_now holds.

CREATE TABLE sum_now (
    by TEXT NOT NULL, key TEXT NOT NULL, events INTEGER NOT NULL, killed INTEGER NOT NULL, fatal INTEGER NOT NULL,
    PRIMARY KEY (by, key)
) WITHOUT ROWID;
CREATE TABLE cell_now (
    row INTEGER NOT NULL, col INTEGER NOT NULL, events INTEGER NOT NULL, killed INTEGER NOT NULL, latitude REAL NOT NULL,
    longitude REAL NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (row, col)
) WITHOUT ROWID;

INSERT INTO sum_now SELECT 'day', day, count(*), sum(max(killed, 0)), sum(killed > 0) FROM event_now WHERE until IS NULL AND state = 'event' GROUP BY day;
INSERT INTO sum_now SELECT 'kind', kind, count(*), sum(max(killed, 0)), sum(killed > 0) FROM event_now WHERE until IS NULL AND state = 'event' GROUP BY kind;
INSERT INTO sum_now SELECT 'country', country, count(*), sum(max(killed, 0)), sum(killed > 0) FROM event_now WHERE until IS NULL AND state = 'event' GROUP BY country;
INSERT INTO sum_now SELECT 'admin1', country || '/' || admin1, count(*), sum(max(killed, 0)), sum(killed > 0) FROM event_now WHERE until IS NULL AND state = 'event' GROUP BY 2;
INSERT INTO sum_now SELECT 'tag', t.tag, count(*), 0, 0 FROM event_tag t JOIN event_now e ON e.version = t.version
    WHERE t.tag IN ('review:open', 'review:corrected', 'review:confirmed', 'review:changed', 'disputed:yes') AND e.until IS NULL AND e.state = 'event' GROUP BY t.tag;
INSERT INTO cell_now SELECT CAST(floor(latitude / 0.05) AS INTEGER), CAST(floor(longitude / 0.05) AS INTEGER), count(*), sum(max(killed, 0)), sum(latitude), sum(longitude), min(event_id)
    FROM event_now WHERE until IS NULL AND state = 'event' AND latitude IS NOT NULL GROUP BY 1, 2;

CREATE TRIGGER event_now_comes AFTER INSERT ON event_now WHEN NEW.until IS NULL AND NEW.state = 'event' BEGIN
    INSERT INTO sum_now VALUES ('day', NEW.day, 1, max(NEW.killed, 0), NEW.killed > 0)
        ON CONFLICT (by, key) DO UPDATE SET events = events + 1, killed = killed + excluded.killed, fatal = fatal + excluded.fatal;
    INSERT INTO sum_now VALUES ('kind', NEW.kind, 1, max(NEW.killed, 0), NEW.killed > 0)
        ON CONFLICT (by, key) DO UPDATE SET events = events + 1, killed = killed + excluded.killed, fatal = fatal + excluded.fatal;
    INSERT INTO sum_now VALUES ('country', NEW.country, 1, max(NEW.killed, 0), NEW.killed > 0)
        ON CONFLICT (by, key) DO UPDATE SET events = events + 1, killed = killed + excluded.killed, fatal = fatal + excluded.fatal;
    INSERT INTO sum_now VALUES ('admin1', NEW.country || '/' || NEW.admin1, 1, max(NEW.killed, 0), NEW.killed > 0)
        ON CONFLICT (by, key) DO UPDATE SET events = events + 1, killed = killed + excluded.killed, fatal = fatal + excluded.fatal;
    INSERT INTO cell_now SELECT CAST(floor(NEW.latitude / 0.05) AS INTEGER), CAST(floor(NEW.longitude / 0.05) AS INTEGER), 1, max(NEW.killed, 0), NEW.latitude, NEW.longitude, NEW.event_id
        WHERE NEW.latitude IS NOT NULL
        ON CONFLICT (row, col) DO UPDATE SET events = events + 1, killed = killed + excluded.killed, latitude = latitude + excluded.latitude,
            longitude = longitude + excluded.longitude, event_id = excluded.event_id;
END;
CREATE TRIGGER event_tag_comes AFTER INSERT ON event_tag WHEN NEW.tag IN ('review:open', 'review:corrected', 'review:confirmed', 'review:changed', 'disputed:yes') BEGIN
    INSERT INTO sum_now SELECT 'tag', NEW.tag, 1, 0, 0 FROM event_now WHERE version = NEW.version AND until IS NULL AND state = 'event'
        ON CONFLICT (by, key) DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER event_now_goes AFTER UPDATE OF until ON event_now WHEN OLD.until IS NULL AND NEW.until IS NOT NULL AND OLD.state = 'event' BEGIN
    UPDATE sum_now SET events = events - 1, killed = killed - max(OLD.killed, 0), fatal = fatal - (OLD.killed > 0)
        WHERE (by, key) IN (VALUES ('day', OLD.day), ('kind', OLD.kind), ('country', OLD.country), ('admin1', OLD.country || '/' || OLD.admin1));
    UPDATE sum_now SET events = events - 1 WHERE by = 'tag' AND key IN (
        SELECT tag FROM event_tag WHERE tag IN ('review:open', 'review:corrected', 'review:confirmed', 'review:changed', 'disputed:yes')
            AND day = OLD.day AND version = OLD.version);
    DELETE FROM sum_now WHERE events = 0 AND (by, key) IN (VALUES ('day', OLD.day), ('kind', OLD.kind), ('country', OLD.country), ('admin1', OLD.country || '/' || OLD.admin1));
    UPDATE cell_now SET events = events - 1, killed = killed - max(OLD.killed, 0), latitude = latitude - OLD.latitude, longitude = longitude - OLD.longitude,
            event_id = CASE WHEN event_id = OLD.event_id THEN '' ELSE event_id END
        WHERE OLD.latitude IS NOT NULL AND row = CAST(floor(OLD.latitude / 0.05) AS INTEGER) AND col = CAST(floor(OLD.longitude / 0.05) AS INTEGER);
    DELETE FROM cell_now WHERE events = 0 AND row = CAST(floor(OLD.latitude / 0.05) AS INTEGER) AND col = CAST(floor(OLD.longitude / 0.05) AS INTEGER);
END;

-- Lists by what they could not be sorted by without reading all; and indices that hold what is counted under a filter.
CREATE INDEX event_now_confidence ON event_now (confidence, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_outlets ON event_now (outlets, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_by_kind ON event_now (kind, event_id) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_by_place ON event_now (country || '/' || admin1, event_id) WHERE until IS NULL AND state = 'event';
DROP INDEX event_now_kind;
DROP INDEX event_now_country;
DROP INDEX event_now_admin1;
CREATE INDEX event_now_kind ON event_now (kind, day, event_id, killed, latitude, longitude) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_country ON event_now (country, day, event_id, killed, latitude, longitude) WHERE until IS NULL AND state = 'event';
CREATE INDEX event_now_admin1 ON event_now (country, admin1, day, event_id, killed, latitude, longitude) WHERE until IS NULL AND state = 'event';
