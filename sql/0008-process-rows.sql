-- Many subjects: an apply of more than a few hundred is carried out by a job; drafts that lay too long end without a person.
ALTER TABLE process ADD COLUMN job_id BIGINT UNSIGNED NULL AFTER order_id, ADD KEY (state, changed_at);
ALTER TABLE process_event MODIFY account_id BIGINT UNSIGNED NULL; -- NULL = the system
