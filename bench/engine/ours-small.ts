import { EMPTY_CALENDAR, NO_SWITCHES } from '../../src/engine/facts.ts'
import { AGE, NAME, START } from './conversation.mjs'
import { talk } from './ours.ts'
import { smallBook } from './ours-small-book.ts'

const nowhere = { points: [], clubs: [], communes: [], calendar: EMPTY_CALENDAR, staff: [], switches: NO_SWITCHES }

export const peer = {
  name: 'Đồng Hành, these questions only',
  package: null,
  note: 'decide + fold, and the words put together as at delivery',
  talk: (say: (text: string) => Promise<string>) => talk(smallBook, nowhere, [START, NAME, AGE], say),
}
