CREATE TABLE `reading` (
	`commune` text NOT NULL,
	`topic` text NOT NULL,
	`day` text NOT NULL,
	`hamlet` text NOT NULL,
	`week` text NOT NULL,
	`point` text NOT NULL,
	`times` integer NOT NULL,
	`act` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`commune`, `topic`, `day`, `hamlet`)
);
--> statement-breakpoint
CREATE INDEX `reading_week` ON `reading` (`week`);--> statement-breakpoint
CREATE TABLE `reading_plan` (
	`week` text NOT NULL,
	`commune` text NOT NULL,
	`topic` text NOT NULL,
	`point` text NOT NULL,
	`times` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`week`, `commune`, `topic`)
);
--> statement-breakpoint
CREATE TABLE `reading_sheet` (
	`week` text NOT NULL,
	`commune` text NOT NULL,
	`point` text NOT NULL,
	`code` text NOT NULL,
	`serial` integer NOT NULL,
	PRIMARY KEY(`week`, `commune`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reading_sheet_code` ON `reading_sheet` (`code`);--> statement-breakpoint
CREATE TABLE `topic_recording` (
	`topic` text NOT NULL,
	`language` text NOT NULL,
	`form` text NOT NULL,
	`transcript` text NOT NULL,
	`speaker` text NOT NULL,
	`recorded_on` text NOT NULL,
	`mime` text NOT NULL,
	`data` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`enabled_by` text,
	PRIMARY KEY(`topic`, `language`, `form`)
);
--> statement-breakpoint
CREATE TABLE `entrance` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`setting` text NOT NULL,
	`audience` text NOT NULL,
	`point` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer
);
