CREATE TABLE `course_count` (
	`month` text NOT NULL,
	`course` text NOT NULL,
	`started` integer NOT NULL,
	`finished` integer NOT NULL,
	PRIMARY KEY(`month`, `course`)
);
