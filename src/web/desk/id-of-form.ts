import type { App } from '../../app/app.ts'

/** The id of what a form makes, computed from the form: sent twice, it is one. */
export function idOfForm(app: App, ...parts: readonly string[]): string {
  return app.vault
    .hashToken(parts.join(':'))
    .slice(0, 20)
    .replaceAll(/[^\w-]/g, 'x')
}
