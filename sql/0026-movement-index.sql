-- Reading the rows of one pupil must go by this index: with "ORDER BY effective_on … LIMIT 1" the optimizer otherwise takes that of the
-- dates and reads the whole organisation for each pupil, until the statistics of a newly filled table are there.
ALTER TABLE movement RENAME INDEX org_id_2 TO by_pupil;
