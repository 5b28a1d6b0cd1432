CREATE TABLE `club_member` (
	`id` text PRIMARY KEY NOT NULL,
	`club` text NOT NULL,
	`contact` text,
	`state` text NOT NULL,
	`legal_group` text NOT NULL,
	`name` text,
	`follow_up` integer NOT NULL,
	`invited_by` text NOT NULL,
	`invited_at` integer NOT NULL,
	`joined_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `club_member_of` ON `club_member` (`club`,`state`);--> statement-breakpoint
CREATE INDEX `club_member_contact` ON `club_member` (`contact`);--> statement-breakpoint
CREATE TABLE `club_series` (
	`id` text PRIMARY KEY NOT NULL,
	`club` text NOT NULL,
	`rule` text NOT NULL,
	`first` text NOT NULL,
	`last` text,
	`time` integer NOT NULL,
	`on_holiday` text NOT NULL,
	`plan` text NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `club_series_of` ON `club_series` (`club`);--> statement-breakpoint
CREATE TABLE `meeting` (
	`id` text PRIMARY KEY NOT NULL,
	`club` text NOT NULL,
	`series` text,
	`starts_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`place` text NOT NULL,
	`agenda` text NOT NULL,
	`family` integer NOT NULL,
	`capacity` integer,
	`state` text NOT NULL,
	`notice_at` integer NOT NULL,
	`announced_at` integer,
	`others` integer NOT NULL,
	`note` blob
);
--> statement-breakpoint
CREATE INDEX `meeting_of` ON `meeting` (`club`,`starts_at`);--> statement-breakpoint
CREATE INDEX `meeting_due` ON `meeting` (`notice_at`) WHERE announced_at is null and state = 'planned';--> statement-breakpoint
ALTER TABLE `appointment` ADD `meeting` text;--> statement-breakpoint
ALTER TABLE `appointment` ADD `queued_at` integer;--> statement-breakpoint
CREATE INDEX `appointment_meeting` ON `appointment` (`meeting`) WHERE meeting is not null;