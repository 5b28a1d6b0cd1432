CREATE TABLE `greeting` (
	`id` text PRIMARY KEY NOT NULL,
	`point` text NOT NULL,
	`language` text NOT NULL,
	`transcript` text NOT NULL,
	`mime` text NOT NULL,
	`data` text NOT NULL
);
