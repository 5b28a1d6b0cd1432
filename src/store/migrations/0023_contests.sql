CREATE TABLE `contest` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contest_code` (
	`code` text PRIMARY KEY NOT NULL,
	`contest` text NOT NULL,
	`handed_on` text,
	`handed_by` text
);
--> statement-breakpoint
CREATE TABLE `contest_mark` (
	`id` text PRIMARY KEY NOT NULL,
	`contest` text NOT NULL,
	`answered` integer NOT NULL,
	`correct` integer,
	`done` integer NOT NULL,
	`claim` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contest_mark_contest` ON `contest_mark` (`contest`);--> statement-breakpoint
CREATE TABLE `contest_tally` (
	`contest` text NOT NULL,
	`phase` text NOT NULL,
	`question` integer NOT NULL,
	`answered` integer NOT NULL,
	`correct` integer NOT NULL,
	PRIMARY KEY(`contest`, `phase`, `question`)
);
