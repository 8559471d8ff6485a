"""From pending panels to pictures: requests, the queue's worker, and where workers run."""
