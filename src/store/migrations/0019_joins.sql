CREATE TABLE `channel_join` (
	`code` text PRIMARY KEY NOT NULL,
	`first` text NOT NULL,
	`second` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `channel_join_first` ON `channel_join` (`first`);--> statement-breakpoint
CREATE INDEX `channel_join_second` ON `channel_join` (`second`);