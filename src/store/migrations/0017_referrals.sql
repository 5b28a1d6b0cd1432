CREATE TABLE `check_in` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`point` text,
	`referral` text,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`ended_at` integer,
	`line` text,
	`seen_by` text,
	`seen_at` integer
);
--> statement-breakpoint
CREATE INDEX `check_in_unseen` ON `check_in` (`ended_at`) WHERE state in ('missed', 'text') and seen_at is null;--> statement-breakpoint
CREATE INDEX `check_in_contact` ON `check_in` (`contact`);--> statement-breakpoint
CREATE TABLE `referral` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`point` text NOT NULL,
	`service` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`passes` text NOT NULL,
	`consent` text,
	`code` text,
	`offered_by` text NOT NULL,
	`offered_at` integer NOT NULL,
	`made_at` integer,
	`moved_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `referral_open` ON `referral` (`point`,`moved_at`) WHERE state not in ('attended', 'declined');--> statement-breakpoint
CREATE INDEX `referral_contact` ON `referral` (`contact`);--> statement-breakpoint
CREATE TABLE `referral_step` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`step` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `referral_step_of` ON `referral_step` (`referral`,`at`);--> statement-breakpoint
CREATE TABLE `register_line` (
	`id` text PRIMARY KEY NOT NULL,
	`point` text NOT NULL,
	`register` text NOT NULL,
	`day` text NOT NULL,
	`code` text NOT NULL,
	`service` text NOT NULL,
	`numbers` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `register_line_day` ON `register_line` (`register`,`day`);--> statement-breakpoint
CREATE TABLE `service_place` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
