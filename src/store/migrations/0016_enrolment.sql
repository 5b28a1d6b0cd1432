CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`purpose` text NOT NULL,
	`version` text NOT NULL,
	`heard_by` text,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `consent_contact` ON `consent` (`contact`);--> statement-breakpoint
CREATE TABLE `consent_text` (
	`version` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`text` text NOT NULL,
	`first_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `enrolment` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`whom` text NOT NULL,
	`form` text NOT NULL,
	`point` text NOT NULL,
	`transfer_to` text,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`consent` text NOT NULL,
	`chose_police` integer NOT NULL,
	`answers` text
);
--> statement-breakpoint
CREATE INDEX `enrolment_open` ON `enrolment` (`point`,`moved_at`) WHERE state not in ('started', 'declined');--> statement-breakpoint
CREATE INDEX `enrolment_contact` ON `enrolment` (`contact`);--> statement-breakpoint
CREATE TABLE `enrolment_step` (
	`id` text PRIMARY KEY NOT NULL,
	`enrolment` text NOT NULL,
	`step` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`from_point` text,
	`to_point` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `enrolment_step_of` ON `enrolment_step` (`enrolment`,`at`);--> statement-breakpoint
CREATE INDEX `enrolment_step_from` ON `enrolment_step` (`from_point`,`at`);