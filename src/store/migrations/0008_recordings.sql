CREATE TABLE `recording` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`address` text,
	`state` text NOT NULL,
	`reason` text,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`mime` text,
	`sealed` blob
);
--> statement-breakpoint
CREATE INDEX `recording_wanted` ON `recording` (`due_at`) WHERE state = 'wanted';--> statement-breakpoint
CREATE INDEX `recording_contact` ON `recording` (`contact`);