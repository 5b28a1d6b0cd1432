CREATE TABLE `feedback` (
	`day` text NOT NULL,
	`point` text NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `point`, `value`)
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff_call` (
	`id` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL,
	`ticket` text NOT NULL,
	`contact` text NOT NULL,
	`step` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_call_staff` ON `staff_call` (`staff`,`at`);--> statement-breakpoint
CREATE INDEX `staff_call_ticket` ON `staff_call` (`ticket`);--> statement-breakpoint
CREATE INDEX `staff_call_contact` ON `staff_call` (`contact`);--> statement-breakpoint
ALTER TABLE `ticket` ADD `taken_at` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `rung` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `rung_due_at` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `chose_police` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `ticket` ADD `outcome` text;--> statement-breakpoint
INSERT INTO `timer` (`id`, `contact`, `kind`, `due_at`, `round`) SELECT `contact` || ':ladder', `contact`, 'ladder', 0, 0 FROM `ticket` WHERE `closed_at` IS NULL AND `held_by` IS NULL AND `contact` IS NOT NULL;
