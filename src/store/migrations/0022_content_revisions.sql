CREATE TABLE `content_revision` (
	`unit` text NOT NULL,
	`n` integer NOT NULL,
	`state` text NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	`base` text NOT NULL,
	`file` text NOT NULL,
	`restores` integer,
	`note` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	`patch` text,
	`problems` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`unit`, `n`),
	CONSTRAINT "content_revision_two_people" CHECK(approved_by is null or approved_by <> "by"),
	CONSTRAINT "content_revision_approved" CHECK(state <> 'live' or (approved_by is not null and patch is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `content_revision_draft` ON `content_revision` (`unit`) WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `content_revision_live` ON `content_revision` (`unit`) WHERE state = 'live';--> statement-breakpoint
CREATE INDEX `content_revision_created` ON `content_revision` (`created_at`);