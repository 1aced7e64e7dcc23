-- A category's page lists its channels. One statement, so that nothing is half done when it fails.
CREATE INDEX channel_hours_category ON channel_hours (category, hour);
