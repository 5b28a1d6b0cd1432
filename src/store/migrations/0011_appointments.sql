CREATE TABLE `appointment` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`kind` text NOT NULL,
	`point` text NOT NULL,
	`staff` text,
	`starts_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`state` text NOT NULL,
	`remind` integer NOT NULL,
	`by` text,
	`ended_by` text,
	`booked_at` integer NOT NULL,
	`ended_at` integer,
	`moved_to` text,
	`dropped` text,
	`place` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `appointment_point` ON `appointment` (`point`,`starts_at`);--> statement-breakpoint
CREATE INDEX `appointment_contact` ON `appointment` (`contact`);--> statement-breakpoint
CREATE TABLE `seat` (
	`calendar` text NOT NULL,
	`quarter` integer NOT NULL,
	`contact` text NOT NULL,
	`appointment` text,
	`held_until` integer,
	PRIMARY KEY(`calendar`, `quarter`)
);
--> statement-breakpoint
CREATE INDEX `seat_appointment` ON `seat` (`appointment`);--> statement-breakpoint
CREATE INDEX `seat_contact` ON `seat` (`contact`);--> statement-breakpoint
CREATE INDEX `seat_held` ON `seat` (`held_until`) WHERE held_until is not null;--> statement-breakpoint
CREATE TABLE `trace` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`appointment` text NOT NULL,
	`point` text NOT NULL,
	`may_visit` integer NOT NULL,
	`step` text,
	`opened_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE INDEX `trace_open` ON `trace` (`due_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `trace_contact` ON `trace` (`contact`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `expires_at` integer;