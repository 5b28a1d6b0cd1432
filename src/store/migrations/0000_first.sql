CREATE TABLE `address` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`channel` text NOT NULL,
	`bot` text NOT NULL,
	`handle` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `address_contact` ON `address` (`contact`);--> statement-breakpoint
CREATE INDEX `address_bot` ON `address` (`channel`,`bot`);--> statement-breakpoint
CREATE TABLE `club` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conversation` (
	`contact` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`seq` integer NOT NULL,
	`body` text NOT NULL,
	`active_at` integer NOT NULL,
	`asked_at` integer,
	`stopped` integer NOT NULL,
	`reachable` integer NOT NULL,
	`ticket` text
);
--> statement-breakpoint
CREATE INDEX `conversation_active` ON `conversation` (`active_at`);--> statement-breakpoint
CREATE TABLE `desk_session` (
	`token` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `erasure` (
	`contact` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`keys_destroyed_at` integer
);
--> statement-breakpoint
CREATE TABLE `event` (
	`contact` text NOT NULL,
	`seq` integer NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`contact`, `seq`, `n`)
);
--> statement-breakpoint
CREATE TABLE `form` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`form` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `form_contact` ON `form` (`contact`);--> statement-breakpoint
CREATE TABLE `inbound` (
	`key` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inbound_at` ON `inbound` (`at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`contact` text NOT NULL,
	`address` text NOT NULL,
	`lane` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`content` text,
	`words` text,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`fence` integer NOT NULL,
	`lease_until` integer,
	`settled_at` integer,
	`external_id` text,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`lane`,`due_at`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `outbox_order` ON `outbox` (`address`,`lane`,`n`) WHERE state in ('queued', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_leased` ON `outbox` (`lease_until`) WHERE state = 'leased';--> statement-breakpoint
CREATE INDEX `outbox_contact` ON `outbox` (`contact`);--> statement-breakpoint
CREATE TABLE `point` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `quota` (
	`channel` text NOT NULL,
	`bot` text NOT NULL,
	`month` text NOT NULL,
	`sent` integer NOT NULL,
	PRIMARY KEY(`channel`, `bot`, `month`)
);
--> statement-breakpoint
CREATE TABLE `receipt` (
	`code` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `task` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`reason` text NOT NULL,
	`about` text,
	`opened_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `task_open` ON `task` (`opened_at`) WHERE done_at is null;--> statement-breakpoint
CREATE INDEX `task_contact` ON `task` (`contact`);--> statement-breakpoint
CREATE TABLE `ticket` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text,
	`reason` text NOT NULL,
	`priority` text NOT NULL,
	`point` text,
	`held_by` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE INDEX `ticket_open` ON `ticket` (`opened_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `ticket_contact` ON `ticket` (`contact`);--> statement-breakpoint
CREATE TABLE `timer` (
	`id` text PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`round` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `timer_due` ON `timer` (`due_at`);--> statement-breakpoint
CREATE INDEX `timer_contact` ON `timer` (`contact`);--> statement-breakpoint
CREATE TABLE `words` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`contact` text NOT NULL,
	`kind` text NOT NULL,
	`sealed` blob NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `words_id` ON `words` (`id`);--> statement-breakpoint
CREATE INDEX `words_contact` ON `words` (`contact`,`n`);