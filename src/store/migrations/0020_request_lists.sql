CREATE INDEX `enrolment_step_transferred` ON `enrolment_step` (`at`) WHERE step = 'transferred';--> statement-breakpoint
CREATE INDEX `referral_made` ON `referral` (`point`,`made_at`);