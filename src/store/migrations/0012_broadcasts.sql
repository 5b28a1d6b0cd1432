CREATE TABLE `broadcast` (
	`id` text PRIMARY KEY NOT NULL,
	`point` text,
	`by` text NOT NULL,
	`text` text NOT NULL,
	`audience` text NOT NULL,
	`state` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`people` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `broadcast_created` ON `broadcast` (`created_at`);--> statement-breakpoint
CREATE TABLE `broadcast_target` (
	`id` text PRIMARY KEY NOT NULL,
	`broadcast` text NOT NULL,
	`contact` text,
	`message` text,
	`skipped` text
);
--> statement-breakpoint
CREATE INDEX `broadcast_target_of` ON `broadcast_target` (`broadcast`);--> statement-breakpoint
CREATE INDEX `broadcast_target_message` ON `broadcast_target` (`message`) WHERE message is not null;--> statement-breakpoint
CREATE INDEX `broadcast_target_contact` ON `broadcast_target` (`contact`);