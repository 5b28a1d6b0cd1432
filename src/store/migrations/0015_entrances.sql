CREATE TABLE `entrance_count` (
	`day` text NOT NULL,
	`entrance` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `entrance`)
);
