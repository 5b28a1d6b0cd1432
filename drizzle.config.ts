import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/store/schema.ts', './src/store/visit-tables.ts', './src/store/broadcast-tables.ts'],
  out: './src/store/migrations',
})
