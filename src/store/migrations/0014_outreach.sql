CREATE TABLE `outreach_act` (
	`id` text PRIMARY KEY NOT NULL,
	`point` text NOT NULL,
	`kind` text NOT NULL,
	`day` text NOT NULL,
	`commune` text NOT NULL,
	`hamlet` text NOT NULL,
	`setting` text NOT NULL,
	`audiences` text NOT NULL,
	`people` integer,
	`partner` text NOT NULL,
	`content` text NOT NULL,
	`note` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `outreach_act_day` ON `outreach_act` (`day`);--> statement-breakpoint
CREATE TABLE `training_class` (
	`id` text PRIMARY KEY NOT NULL,
	`point` text,
	`title` text NOT NULL,
	`starts_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`place` text NOT NULL,
	`capacity` integer,
	`state` text NOT NULL,
	`by` text NOT NULL,
	`reminded_at` integer
);
--> statement-breakpoint
CREATE INDEX `training_class_starts` ON `training_class` (`starts_at`);--> statement-breakpoint
CREATE TABLE `training_seat` (
	`class` text NOT NULL,
	`number` integer NOT NULL,
	`staff` text NOT NULL,
	`state` text NOT NULL,
	`certificate` integer NOT NULL,
	PRIMARY KEY(`class`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `training_seat_once` ON `training_seat` (`class`,`staff`);--> statement-breakpoint
CREATE INDEX `training_seat_staff` ON `training_seat` (`staff`);