CREATE TABLE `missed_line` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`ticket` text NOT NULL,
	`level` text NOT NULL,
	`marked_by` text NOT NULL,
	`at` integer NOT NULL,
	`exported_at` integer
);
--> statement-breakpoint
CREATE INDEX `missed_line_contact` ON `missed_line` (`contact`);--> statement-breakpoint
CREATE INDEX `missed_line_new` ON `missed_line` (`at`) WHERE exported_at is null;--> statement-breakpoint
CREATE TABLE `review` (
	`ticket` text PRIMARY KEY NOT NULL,
	`contact` text,
	`due_at` integer NOT NULL,
	`reviewed_at` integer,
	`reviewed_by` text,
	`was_emergency` text,
	`helped` text,
	`missed` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `review_due` ON `review` (`due_at`) WHERE reviewed_at is null;--> statement-breakpoint
CREATE INDEX `review_contact` ON `review` (`contact`);--> statement-breakpoint
ALTER TABLE `ticket` ADD `last_held_by` text;--> statement-breakpoint
CREATE INDEX `ticket_closed` ON `ticket` (`closed_at`) WHERE closed_at is not null;