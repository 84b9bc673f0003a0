-- In which trace the buyer paid: whoever settles the attempt, a request, a webhook or recovery, goes on in it.
ALTER TABLE attempts ADD COLUMN trace TEXT;
