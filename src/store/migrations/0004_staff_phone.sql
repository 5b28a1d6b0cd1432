CREATE TABLE `link_try` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`who` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `link_try_who` ON `link_try` (`who`,`at`);--> statement-breakpoint
CREATE INDEX `link_try_at` ON `link_try` (`at`);--> statement-breakpoint
CREATE TABLE `staff_link` (
	`code` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff_phone` (
	`address` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL,
	`linked_at` integer NOT NULL,
	`current` text
);
--> statement-breakpoint
CREATE INDEX `staff_phone_staff` ON `staff_phone` (`staff`);