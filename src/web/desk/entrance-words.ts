import type { App } from '../../app/app.ts'

/** What is said of fewer leads too near to somebody. */
const SMALL = 5

/** A count as it is shown: small ones stay hidden. */
export function fewWords(count: number): string {
  return count > 0 && count < SMALL ? `dưới ${SMALL}` : String(count)
}

/** What staff call the place behind a code; the code itself where it is none of ours. */
export function entranceName(app: App, code: string): string {
  return entranceChoices(app).find(({ value }) => value === code)?.label ?? code
}

/** Entrances people may have come by: cards of kits, and those made at the desk. */
export function entranceChoices(app: App): readonly { value: string; label: string }[] {
  return [
    ...(app.book().kits ?? []).map(({ id, title }) => ({ value: id, label: title })),
    ...(app.directory().entrances ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ]
}
