CREATE TABLE `call_plan` (
	`contact` text PRIMARY KEY NOT NULL,
	`call_on` text,
	`never` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chat_link` (
	`slip` text PRIMARY KEY NOT NULL,
	`walk_in` text NOT NULL,
	`contact` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `chat_link_walk_in` ON `chat_link` (`walk_in`);--> statement-breakpoint
CREATE INDEX `chat_link_contact` ON `chat_link` (`contact`);--> statement-breakpoint
CREATE TABLE `contact_record` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`point` text,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`day` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contact_record_day` ON `contact_record` (`day`);--> statement-breakpoint
CREATE INDEX `contact_record_contact` ON `contact_record` (`contact`);--> statement-breakpoint
CREATE TABLE `slip` (
	`code` text PRIMARY KEY NOT NULL,
	`walk_in` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slip_walk_in` ON `slip` (`walk_in`);--> statement-breakpoint
CREATE TABLE `walk_in` (
	`contact` text PRIMARY KEY NOT NULL,
	`point` text NOT NULL,
	`by` text NOT NULL,
	`consent` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `walk_in_point` ON `walk_in` (`point`);