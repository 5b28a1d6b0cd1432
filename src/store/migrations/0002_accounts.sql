CREATE TABLE `audit` (
	`staff` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`contact` text,
	`about` text,
	`point` text,
	`source` text,
	`hash` text NOT NULL,
	PRIMARY KEY(`staff`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `audit_contact` ON `audit` (`contact`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `audit_head` (
	`staff` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `credential` (
	`staff` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`password` text NOT NULL,
	`invitation` text NOT NULL,
	`totp` blob,
	`totp_step` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credential_login` ON `credential` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `credential_invitation` ON `credential` (`invitation`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`token` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`invited_by` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recovery_code` (
	`code` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `recovery_code_staff` ON `recovery_code` (`staff`);--> statement-breakpoint
CREATE TABLE `staff_session` (
	`token` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`second_at` integer,
	`proved_at` integer NOT NULL,
	`device` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_session_staff` ON `staff_session` (`staff`);--> statement-breakpoint
CREATE INDEX `staff_session_seen` ON `staff_session` (`seen_at`);--> statement-breakpoint
CREATE TABLE `throttle` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`wait_until` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `throttle_at` ON `throttle` (`at`);