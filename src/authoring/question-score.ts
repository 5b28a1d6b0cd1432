import type { Book } from '../engine/book.ts'
import { retrieve } from '../engine/retrieve.ts'
import { match } from '../engine/triggers.ts'

/** A question somebody may type, and every topic or flow that answers it; none: nothing here is about it. */
export interface Asked {
  text: string
  leads: readonly string[]
  who: string
  /** A question that leads nowhere, or may. */
  none: boolean
}

/** Lines of text, leads (`|` between them, `none`: nothing) and who asks. */
export function readQuestions(text: string): readonly Asked[] {
  return text
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [words = '', leads = '', who = ''] = line.split('\t')
      const all = leads.split('|')
      return { text: words, leads: all.filter((id) => id !== 'none'), who, none: all.includes('none') }
    })
}

/** Where free text leads outside every question: to a flow its own word calls, else where the library is found. */
export function ledTo(book: Book, text: string): { sure: string | null; likely: readonly string[] } {
  const called = match(book, text, ['verb', 'ordinary'])
  if (called?.sure && called.trigger.action.type === 'start')
    return { sure: called.trigger.action.flow, likely: [called.trigger.action.flow] }
  return retrieve(book, text)
}

/**
 * How the library is found. `sureRate` and `wrongSureRate` are of all questions: opened at once, and opened wrongly.
 * `shownForNothing`: questions about nothing here that are offered or shown something all the same.
 */
export function scoreQuestions(book: Book, asked: readonly Asked[]) {
  const all = asked.map((one) => {
    const { sure, likely } = ledTo(book, one.text)
    const ids = sure === null ? likely.slice(0, 3) : [sure]
    return { ...one, sure, ids }
  })
  const answered = all.filter(({ leads, none }) => leads.length > 0 && !none)
  const nothing = all.filter(({ leads }) => leads.length === 0)
  const wrongSure = all.filter(({ sure, leads }) => sure !== null && !leads.includes(sure))
  const lost = answered.filter(({ ids, leads }) => !ids.some((id) => leads.includes(id)))
  const rate = (part: number, whole: number) => Math.round((part / Math.max(1, whole)) * 1000) / 1000
  return {
    questions: all.length,
    answerable: answered.length,
    first: rate(answered.filter(({ ids, leads }) => leads.includes(ids[0] ?? '')).length, answered.length),
    amongThree: rate(answered.length - lost.length, answered.length),
    sureRate: rate(all.filter(({ sure }) => sure !== null).length, all.length),
    wrongSureRate: rate(wrongSure.length, all.length),
    shownForNothing: rate(nothing.filter(({ ids }) => ids.length > 0).length, nothing.length),
    wrongSure: wrongSure.map(({ text, sure, leads }) => ({ text, sure, leads })),
    lost: lost.map(({ text, ids, leads }) => ({ text, ids, leads })),
  }
}
