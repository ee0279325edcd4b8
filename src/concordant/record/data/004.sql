-- Where a report was seen is found by the report; how many accounts there are is kept.

CREATE INDEX outcome_report ON outcome (report) WHERE report IS NOT NULL;
INSERT INTO sum_now SELECT 'accounts', '', count(*), 0, 0 FROM account_now;
CREATE TRIGGER account_now_comes AFTER INSERT ON account_now BEGIN
    UPDATE sum_now SET events = events + 1 WHERE by = 'accounts' AND key = '';
END;
CREATE TRIGGER account_now_goes AFTER DELETE ON account_now BEGIN
    UPDATE sum_now SET events = events - 1 WHERE by = 'accounts' AND key = '';
END;
