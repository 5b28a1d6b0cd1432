ALTER TABLE `ticket` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `ticket` ADD `rungs` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `ticket` ADD `lapses` integer DEFAULT 0 NOT NULL;