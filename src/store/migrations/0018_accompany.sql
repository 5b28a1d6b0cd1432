CREATE TABLE `accompaniment` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`supporter` text NOT NULL,
	`point` text NOT NULL,
	`state` text NOT NULL,
	`every` text,
	`consent` text,
	`offered_by` text NOT NULL,
	`offered_at` integer NOT NULL,
	`assigned_at` integer,
	`last_on` text,
	`next_on` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `accompaniment_point` ON `accompaniment` (`point`,`next_on`) WHERE state = 'assigned';--> statement-breakpoint
CREATE INDEX `accompaniment_contact` ON `accompaniment` (`contact`);--> statement-breakpoint
CREATE TABLE `own_plan` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`made_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`club` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `own_plan_contact` ON `own_plan` (`contact`);--> statement-breakpoint
CREATE INDEX `own_plan_club` ON `own_plan` (`club`);--> statement-breakpoint
CREATE TABLE `progress` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`month` text NOT NULL,
	`side` text NOT NULL,
	`scores` text,
	`club` text,
	`by` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `progress_month` ON `progress` (`contact`,`month`,`side`);--> statement-breakpoint
CREATE INDEX `progress_club` ON `progress` (`club`,`month`);--> statement-breakpoint
CREATE TABLE `supporter` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
