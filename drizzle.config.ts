import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    'schema',
    'visit-tables',
    'broadcast-tables',
    'club-tables',
    'outreach-tables',
    'enrolment-tables',
    'referral-tables',
    'accompany-tables',
    'join-tables',
    'course-tables',
    'content-tables',
    'contest-tables',
    'loudspeaker-tables',
    'entrance-tables',
  ].map((file) => `./src/store/${file}.ts`),
  out: './src/store/migrations',
})
