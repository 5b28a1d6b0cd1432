import { readFileSync } from 'node:fs'
import { makeLinkCode } from '../../src/app/staff-phone-link.ts'
import { readWords } from '../../src/authoring/words-format.ts'
import { EMPTY_CALENDAR, NO_SWITCHES, type Point } from '../../src/engine/facts.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { openApp, type SmallApp } from './small-app.ts'

const FILE = 'content/vi/dien-thoai.md'
const words = readWords('dien-thoai', FILE, readFileSync(FILE, 'utf8'), [])

export interface Phones extends SmallApp {
  point: Point
  members: StaffMember[]
  /** Links the chat of this name to the member of the same name. */
  link(name: string, channel?: 'telegram' | 'zalo'): Promise<void>
  /** What a phone writes, and what it is told then. */
  hear(name: string, text: string, channel?: 'telegram' | 'zalo'): Promise<string>
  /** Another process on the same files, with this directory. */
  again(): Phones
}

/** A house with one point, always open, and members who are counsellors there. */
export function openPhones(names: readonly string[] = ['lan', 'mai'], byPhone = false): Phones {
  const members = names.map((name) => memberOf(name))
  const point: Point = {
    id: 'diem',
    name: 'Điểm MẪU',
    address: 'MẪU',
    phone: null,
    communes: [],
    shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 })),
    sample: true,
    answerByPhone: byPhone,
  }
  return furnish(openApp(), point, members)
}

function furnish(home: SmallApp, point: Point, members: StaffMember[]): Phones {
  const book = home.book.now
  const ladder = {
    clock: 'always',
    steps: [
      { call: 'on_duty', after: 0 },
      { call: 'person', after: 240 },
    ],
    again: null,
  } as const
  const ladders = { emergency: ladder, urgent: ladder, routine: ladder }
  home.book.now = {
    ...book,
    ladders,
    words: (key, locale) => words.passages.get(key)?.paragraphs ?? book.words(key, locale),
  }
  home.app.directory = () => ({
    points: [point],
    clubs: [],
    communes: [],
    calendar: EMPTY_CALENDAR,
    staff: members,
    switches: NO_SWITCHES,
  })
  const hear: Phones['hear'] = async (name, text, channel = 'telegram') => {
    const before = home[channel].texts(name).length
    await home.say(name, text, { channel })
    await home.settle()
    return home[channel].texts(name).slice(before).join('\n\n')
  }
  return {
    ...home,
    point,
    members,
    hear,
    async link(name, channel = 'telegram') {
      const said = await hear(name, `liên kết ${await makeLinkCode(home.app, name)}`, channel)
      if (!said.includes('Đã liên kết')) throw new Error(`not linked: ${said}`)
    },
    again: () => furnish(home.restart(), point, members),
  }
}

export function memberOf(id: string, more: Partial<StaffMember> = {}): StaffMember {
  return {
    id,
    shownAs: null,
    affiliation: 'y_te',
    roles: ['counsellor'],
    point: 'diem',
    duty: null,
    active: true,
    languages: [],
    ...more,
  }
}

/** The code that a text shows. */
export function codeIn(text: string): string {
  const code = /nhận\W+([A-Z2-9]{4})/.exec(text)?.[1]
  if (code === undefined) throw new Error(`no code in: ${text}`)
  return code
}
