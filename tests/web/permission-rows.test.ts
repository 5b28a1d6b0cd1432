import { beforeEach, describe, expect, test } from 'vitest'
import { ACTIONS } from '../../src/app/permission-page.ts'
import { type About, type Action, may, mayEver, mayIfChosen, mayManage } from '../../src/app/permissions.ts'
import { ROLES } from '../../src/app/staff-words.ts'
import type { Supporter } from '../../src/engine/accompany/supporter.ts'
import { type Club, EMPTY_CALENDAR, NO_SWITCHES, type Point } from '../../src/engine/facts.ts'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { placingPoint, placingStaff } from '../../src/store/directory.ts'
import { placingService } from '../../src/store/referrals.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { bookFiles } from '../authoring/good-book.ts'
import { asEditor } from './editing-office.ts'
import { sessionCookie } from './sessions.ts'
import { openWhole, type WholeService } from './whole-service.ts'

/** Every row of the table of permissions, and everything that is not in it, asked of the running pages. */

const place = (id: string, above: string | null = null): Point => ({
  id,
  name: `Điểm MẪU ${id}`,
  address: 'x',
  phone: null,
  communes: [],
  shifts: [],
  above,
  sample: true,
})
const POINTS = [place('own'), place('other'), place('below', 'own')]
const member = (id: string, more: Partial<StaffMember>): StaffMember => ({
  id,
  shownAs: id,
  affiliation: 'y_te',
  roles: ['counsellor'],
  point: 'own',
  duty: null,
  active: true,
  languages: [],
  ...more,
})
const COLLEAGUES = ['own', 'other', null].map((point) => member(`at-${point}`, { point }))
const READERS = ROLES.flatMap((role) =>
  (['own', null] as const).flatMap((point) =>
    (['y_te', 'cong_an'] as const).map((affiliation) =>
      member(`${role}-${point}-${affiliation}`, { roles: [role], point, affiliation }),
    ),
  ),
)
/** How a ticket may stand to a reader. */
const TICKETS = [
  { heldBy: 'reader', point: 'other' },
  { heldBy: null, point: 'own' },
  { heldBy: null, point: 'below' },
  { heldBy: null, point: 'other' },
  { heldBy: 'at-own', point: 'other' },
  { heldBy: null, point: null },
].flatMap((one) => [
  { ...one, chosen: false },
  { ...one, chosen: true },
])

/** A club behind each point, and one on whose board every reader of that role sits. */
const CLUBS: readonly Club[] = [
  ...['own', 'other', 'below'].map((point) => ({ id: `clb-${point}`, point })),
  { id: 'clb-board', point: 'other', keepers: READERS.map(({ id }) => id) },
].map((one) => ({ name: `MẪU ${one.id}`, commune: 'x', about: '', sample: true, ...one }))

/** Somebody to walk beside people at each point. */
const SUPPORTERS: readonly Supporter[] = ['own', 'other', 'below'].map((point) => ({
  id: `ndh-${point}`,
  name: `MẪU ${point}`,
  organisation: 'khac',
  point,
  phone: null,
  active: true,
}))

/** A law that texts rest on. */
const LAW = 'luat-mau'
const TOPIC = 'bai-mau'

const cookies = new Map<string, Promise<string>>()
let whole: WholeService
let ticket: string
let contact: string

beforeEach(async () => {
  whole = openWhole()
  cookies.clear()
  const { app } = whole.home
  whole.home.book.now = {
    ...whole.home.book.now,
    topics: [
      {
        id: TOPIC,
        title: 'Bài MẪU',
        audiences: ['moi-nguoi'],
        questions: [],
        asOf: '2026-11-21',
        reviewed: null,
        reviewBy: '2027-02-21',
        sources: [],
      },
    ],
    sources: [{ id: LAW, title: 'Luật MẪU', kind: 'law', until: null }],
  }
  const staff = [...COLLEAGUES, ...READERS]
  app.directory = () => ({
    points: POINTS,
    clubs: CLUBS,
    supporters: SUPPORTERS,
    communes: [],
    calendar: EMPTY_CALENDAR,
    staff,
    switches: NO_SWITCHES,
  })
  await app.store.batch([
    ...POINTS.flatMap((one) => placingPoint(one, '1')),
    ...staff.flatMap((one) => placingStaff(one, '1')),
  ])
  await whole.home.say('an', 'lời riêng của tôi')
  await whole.home.say('an', 'gặp người')
  await whole.settle()
  const [open] = await openTickets(app.store)
  ticket = open!.id
  contact = open!.contact
})

type Fields = Record<string, string>
async function ask(reader: StaffMember, path: string, fields?: Fields): Promise<{ status: number; text: string }> {
  const cookie = cookies.get(reader.id) ?? sessionCookie(whole.home.app, reader)
  cookies.set(reader.id, cookie)
  const sent = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
  return whole.ask(path, { ...sent, headers: { Cookie: await cookie } })
}

/** The ticket as it would be, for the pages and for the engine. */
function put(reader: StaffMember, { heldBy, point, chosen }: (typeof TICKETS)[number]): About {
  const holder = heldBy === 'reader' ? reader.id : heldBy
  const { database } = whole.home.database
  database
    .prepare('update ticket set held_by = ?, point = ?, chose_police = ? where id = ?')
    .run(holder, point, chosen ? 1 : 0, ticket)
  database
    .prepare(
      "update conversation set body = json_set(body, '$.ticket.heldBy', ?, '$.ticket.chosePolice', json(?)) where contact = ?",
    )
    .run(holder, String(chosen), contact)
  const above = POINTS.find(({ id }) => id === point)?.above
  return { heldBy: holder, point, above, chosen }
}

/** What is done with a ticket, with fields that change nothing where it is allowed. */
const ON_TICKETS: Partial<Record<Action, (reader: StaffMember) => Promise<{ status: number; text: string }>>> = {
  'ticket.read': (reader) => ask(reader, `/desk/tickets/${ticket}`),
  'ticket.take': (reader) => ask(reader, `/desk/tickets/${ticket}/take`, {}),
  'ticket.reply': (reader) => ask(reader, `/desk/tickets/${ticket}/reply`, { text: '' }),
  'ticket.transfer': (reader) => ask(reader, `/desk/tickets/${ticket}/transfer`, { to: '' }),
  'ticket.close': (reader) => ask(reader, `/desk/tickets/${ticket}/close`, { outcome: 'none-such' }),
  'note.write': (reader) => ask(reader, `/desk/tickets/${ticket}/note`, { note: '' }),
  'contact.record': (reader) => ask(reader, `/desk/tickets/${ticket}/contact`, {}),
  'answer.reveal': (reader) => ask(reader, `/desk/tickets/${ticket}/reveal`, { answer: 'phone' }),
}

describe('what is done with a person’s ticket', () => {
  test.each(Object.entries(ON_TICKETS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const counts = { allowed: 0, refused: 0 }
      for (const reader of READERS)
        for (const one of TICKETS) {
          const about = put(reader, one)
          const { status, text } = await run(reader)
          const allowed = may(action as Action, reader, about)
          counts[allowed ? 'allowed' : 'refused'] += 1
          expect([reader.id, JSON.stringify(one), status !== 403]).toEqual([reader.id, JSON.stringify(one), allowed])
          if (!allowed) expect(text).not.toContain('lời riêng')
        }
      expect(Math.min(counts.allowed, counts.refused)).toBeGreaterThan(20)
    },
  )

  test('queue.view shows each ticket to whom the table shows it, and to nobody else', async () => {
    let shown = 0
    for (const reader of READERS)
      for (const one of TICKETS) {
        const about = put(reader, one)
        const { status, text } = await ask(reader, '/desk/queue')
        expect([reader.id, status]).toEqual([reader.id, mayIfChosen('queue.view', reader) ? 200 : 403])
        const seen = text.includes(`/desk/tickets/${ticket}`)
        expect([reader.id, JSON.stringify(one), seen]).toEqual([
          reader.id,
          JSON.stringify(one),
          may('queue.view', reader, about),
        ])
        if (seen) shown += 1
      }
    expect(shown).toBeGreaterThan(20)
  })
})

const DAY = 86_400_000
/** How long after its end what may be done with a ticket; each at both sides of its edge. */
const LOOKING_BACK: readonly (readonly [Action, (reader: StaffMember) => Promise<{ status: number; text: string }>])[] =
  [
    ['ticket.read', (reader) => ask(reader, `/desk/tickets/${ticket}`)],
    ['answer.reveal', (reader) => ask(reader, `/desk/tickets/${ticket}/reveal`, { answer: 'phone' })],
    ['review.write', (reader) => ask(reader, `/desk/reviews/${ticket}`)],
  ]

describe('what is done with a ticket that is over', () => {
  test.each(LOOKING_BACK)('%s is allowed as long as the table says, and shows nothing after', async (action, run) => {
    const { database } = whole.home.database
    const counts = { allowed: 0, refused: 0 }
    for (const reader of READERS)
      for (const one of TICKETS)
        for (const days of [0.9, 6.9, 7.1, 29.9, 30.1]) {
          const about = { ...put(reader, one), days }
          const closedAt = whole.home.clock.now - days * DAY
          database
            .prepare(
              'update ticket set opened_at = ? - 1000, closed_at = ?, last_held_by = held_by, held_by = null where id = ?',
            )
            .run(closedAt, closedAt, ticket)
          database.prepare('update words set at = ?').run(closedAt - 1)
          const { status, text } = await run(reader)
          const allowed = may(action, reader, about)
          counts[allowed ? 'allowed' : 'refused'] += 1
          const place = [reader.id, JSON.stringify(one), days]
          expect([...place, status === 200, text.includes('lời riêng')]).toEqual([...place, allowed, allowed])
        }
    expect(Math.min(counts.allowed, counts.refused)).toBeGreaterThan(20)
  })
})

/** What is done with the record of somebody who came by, with fields that change nothing where it is allowed. */
const ON_RECORDS: Partial<Record<Action, (reader: StaffMember, point: string, path: string) => Promise<number>>> = {
  'walk_in.register': async (reader, point) => (await ask(reader, '/desk/people/new', { point })).status,
  'walk_in.read': async (reader, _, path) => (await ask(reader, path)).status,
  'walk_in.slip': async (reader, _, path) => (await ask(reader, `${path}/withdraw`, {})).status,
  'walk_in.erase': async (reader, _, path) => (await ask(reader, `${path}/erase`, {})).status,
}

describe('what is done with the record of somebody who came by', () => {
  test.each(Object.entries(ON_RECORDS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const consent = '2026-11-25'
      const writer = READERS.find(({ id }) => id === 'counsellor-own-y_te')!
      await ask(writer, '/desk/people/new', { point: 'own', called: 'tên riêng', consent, id: 'form' })
      const { database } = whole.home.database
      const { contact: id } = database.prepare('select contact from walk_in').get() as { contact: string }
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below']) {
          database.prepare('update walk_in set point = ?').run(point)
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = (await run(reader, point, `/desk/people/${id}`)) !== 403
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with somebody's appointment, with fields that change nothing where it is allowed. */
const ON_VISITS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<number>>> = {
  'visit.read': async (reader, path) => (await ask(reader, path)).status,
  'visit.book': async (reader, path) => (await ask(reader, `${path}/confirm`, {})).status,
  'visit.mark': async (reader, path) => (await ask(reader, `${path}/mark`, { as: '' })).status,
  'contact.mute': async (reader, path) => (await ask(reader, `${path}/mute`, { reason: '' })).status,
  'visit.trace': async (reader) => (await ask(reader, '/desk/tim/t', { step: '' })).status,
}

describe('what is done with somebody’s appointment', () => {
  test.each(Object.entries(ON_VISITS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const writer = READERS.find(({ id }) => id === 'counsellor-own-y_te')!
      const asked = { diem: 'own', phut: '30', kind: 'individual', day: '2026-11-24', time: '09:00', closed: 'yes' }
      await ask(writer, `/desk/lich/moi?cuoc=${ticket}`, asked)
      const { database } = whole.home.database
      const { id } = database.prepare('select id from appointment').get() as { id: string }
      database.prepare("insert into trace values ('t', ?, ?, 'own', 0, null, 1, 2, null)").run(contact, id)
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below']) {
          database.prepare('update appointment set point = ?').run(point)
          database.prepare('update trace set point = ?').run(point)
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = (await run(reader, `/desk/lich/${id}`)) !== 403
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with somebody's request, with fields that change nothing where it is allowed. */
const ON_REQUESTS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<number>>> = {
  'enrolment.read': async (reader, path) => (await ask(reader, path)).status,
  'enrolment.write': async (reader, path) => (await ask(reader, `${path}/buoc`, { to: '' })).status,
}

describe('what is done with somebody’s request', () => {
  test.each(Object.entries(ON_REQUESTS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const { database } = whole.home.database
      database
        .prepare("insert into enrolment values ('e', ?, 'minh', 'tai-nha', 'own', null, 'asked', 1, 1, 'c', 0, '{}')")
        .run(contact)
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below'])
          for (const chosen of [false, true]) {
            database.prepare('update enrolment set point = ?, chose_police = ?').run(point, chosen ? 1 : 0)
            const above = POINTS.find((one) => one.id === point)?.above
            // Of one of another point nobody learns that it is there.
            const allowed = ![403, 404].includes(await run(reader, '/desk/dang-ky/e'))
            expect([reader.id, point, chosen, allowed]).toEqual([
              reader.id,
              point,
              chosen,
              may(action as Action, reader, { point, above, chosen }),
            ])
            seen.add(allowed)
          }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with a club, with fields that change nothing where it is allowed. */
const ON_CLUBS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<number>>> = {
  'club.read': async (reader, path) => (await ask(reader, path)).status,
  'club.meet': async (reader, path) => (await ask(reader, `${path}/lich`, {})).status,
  'club.members': async (reader, path) => (await ask(reader, `${path}/hoi-vien/nobody/roi`, {})).status,
  'club.edit': async (reader, path) => (await ask(reader, `${path}/sua`)).status,
}

describe('what is done with a club', () => {
  test.each(Object.entries(ON_CLUBS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const { id, point, keepers = [] } of CLUBS) {
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = (await run(reader, `/desk/clb/${id}`)) !== 403
          const about = { point: point!, above, board: keepers }
          expect([reader.id, id, allowed]).toEqual([reader.id, id, may(action as Action, reader, about)])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with an introduction, with fields that change nothing where it is allowed. */
const ON_REFERRALS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<number>>> = {
  'referral.read': async (reader, path) => (await ask(reader, path)).status,
  'referral.write': async (reader, path) => (await ask(reader, `${path}/buoc`, { to: '' })).status,
}

describe('what is done with an introduction', () => {
  test.each(Object.entries(ON_REFERRALS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const { database } = whole.home.database
      database
        .prepare(
          "insert into referral values ('g', ?, 'own', 's', 'arv', 'made', '[]', null, 'GT-ABCD', 'lan', 1, 1, 1)",
        )
        .run(contact)
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below']) {
          database.prepare('update referral set point = ?').run(point)
          const above = POINTS.find((one) => one.id === point)?.above
          // Of one of another point nobody learns that it is there.
          const allowed = ![403, 404].includes(await run(reader, '/desk/gioi-thieu/g'))
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )

  test('service.edit is allowed to who keeps the entry, to the tier above it and to technicians', async () => {
    const { store } = whole.home.app
    const seen = new Set<boolean>()
    for (const point of ['own', 'other', 'below']) {
      const entry = { kinds: ['arv'], communes: [], shifts: [], exceptions: [], phone: null, licence: null }
      const one = { ...entry, id: 's', name: 'MẪU', address: 'x', point, checkedOn: '2026-11-20', sample: true }
      await store.batch([placingService(one as ServicePlace)])
      const above = POINTS.find(({ id }) => id === point)?.above
      for (const reader of READERS) {
        const allowed = (await ask(reader, '/desk/noi-dich-vu/s')).status === 200
        expect([reader.id, point, allowed]).toEqual([reader.id, point, may('service.edit', reader, { point, above })])
        seen.add(allowed)
      }
    }
    expect([...seen].toSorted()).toEqual([false, true])
  })
})

/** What is done about walking beside somebody, with fields that change nothing where it is allowed. */
const ON_COMPANY: Partial<Record<Action, (reader: StaffMember, point: string) => Promise<boolean>>> = {
  'accompany.read': async (reader) => (await ask(reader, '/desk/dong-hanh/nguoi?dh=a')).status === 200,
  'accompany.write': async (reader) =>
    ![403, 404].includes((await ask(reader, '/desk/dong-hanh/a/gap', { on: '' })).status),
  'supporter.read': async (reader, point) =>
    (await ask(reader, '/desk/nguoi-do-dau')).text.includes(`<b>MẪU ${point}</b>`),
  'supporter.edit': async (reader, point) => (await ask(reader, `/desk/nguoi-do-dau/ndh-${point}/sua`)).status === 200,
}

describe('what is done about walking beside somebody', () => {
  test.each(Object.entries(ON_COMPANY))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const { database } = whole.home.database
      database
        .prepare(
          "insert into accompaniment (id, contact, supporter, point, state, offered_by, offered_at) values ('a', ?, 'ndh-own', 'own', 'offered', 'lan', 1)",
        )
        .run(contact)
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below']) {
          database.prepare('update accompaniment set point = ?').run(point)
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = await run(reader, point)
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** A script is planned for a commune of this point and of no other. */
async function planned(point: string): Promise<void> {
  const { database } = whole.home.database
  database.prepare('delete from reading_plan').run()
  database.prepare("insert into reading_plan values ('2026-11-16', 'xã riêng', 'x', ?, 3, 'somebody', 1)").run(point)
}

/** What is done with acts outside the chat and with classes, with fields that change nothing where it is allowed. */
const ON_ACTS: Partial<Record<Action, (reader: StaffMember, point: string) => Promise<boolean>>> = {
  'outreach.write': async (reader, point) =>
    (await ask(reader, '/desk/hoat-dong/moi', { point, kind: 'none-such' })).status === 400,
  'contest.edit': async (reader, point) =>
    (await ask(reader, '/desk/cuoc-thi/moi', { point, title: '' })).status === 400,
  'class.edit': async (reader, point) => (await ask(reader, '/desk/tap-huan/moi', { point, title: '' })).status === 400,
  'outreach.read': async (reader, point) => {
    const { database } = whole.home.database
    database.prepare('update outreach_act set point = ?').run(point)
    return (await ask(reader, '/desk/hoat-dong?tu=2026-11-01')).text.includes('bản riêng')
  },
  'loudspeaker.read': async (reader, point) => {
    await planned(point)
    return (await ask(reader, '/desk/loa?tuan=2026-11-16')).text.includes('xã riêng')
  },
  'loudspeaker.plan': async (reader, point) => {
    await planned(point)
    return (await ask(reader, '/desk/loa/lich', { point, week: '2026-11-16' })).status === 400
  },
  'loudspeaker.confirm': async (reader, point) => {
    await planned(point)
    const one = { week: '2026-11-16', commune: 'xã riêng', topic: 'x', day: 'none' }
    return [400, 403].indexOf((await ask(reader, '/desk/loa/da-phat', one)).status) === 0
  },
  'entrance.edit': async (reader, point) => (await ask(reader, '/desk/loi-vao', { point, name: '' })).status === 400,
}

describe('what is done with acts outside the chat and with classes', () => {
  test.each(Object.entries(ON_ACTS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      whole.home.database.database
        .prepare(
          "insert into outreach_act values ('a', 'own', 'talk', '2026-11-20', 'x', 'bản riêng', 'community', '[]', null, '', '', '', 'lan', 1, null)",
        )
        .run()
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below']) {
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = await run(reader, point)
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with a message to many; whoever may not approve one may still read it. */
const ON_BROADCASTS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<boolean>>> = {
  'broadcast.write': async (reader, path) => (await ask(reader, path)).status === 200,
  // Above a few people and written by another: a second person, with the word that is asked for left out.
  'broadcast.approve': async (reader, path) => (await ask(reader, `${path}/approve`, {})).status === 400,
}

describe('what is done with a message to many', () => {
  test.each(Object.entries(ON_BROADCASTS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const { database } = whole.home.database
      database
        .prepare(
          `insert into broadcast values ('b', null, 'somebody', 'lời', '{"who":[],"communes":[],"channels":[]}', 'waiting', ?, ?, ?, null, null, null, null)`,
        )
        .run(whole.home.clock.now, whole.home.clock.now + DAY, whole.home.clock.now)
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', 'below', null]) {
          database.prepare('update broadcast set point = ?').run(point)
          const above = POINTS.find((one) => one.id === point)?.above
          const allowed = await run(reader, '/desk/tin/b')
          expect([reader.id, point, allowed]).toEqual([
            reader.id,
            point,
            may(action as Action, reader, { point, above }),
          ])
          seen.add(allowed)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with a point or a colleague who works there. */
const ON_PLACES: Partial<Record<Action, (reader: StaffMember, point: string | null) => Promise<[boolean, boolean]>>> = {
  'directory.edit': async (reader, point) => [
    (await ask(reader, `/desk/directory/${point ?? 'none'}`)).status === 200,
    point !== null && may('directory.edit', reader, { point, above: POINTS.find(({ id }) => id === point)?.above }),
  ],
  'rota.edit': async (reader, point) => [
    (await ask(reader, `/desk/rota/at-${point}`)).status === 200,
    may('rota.edit', reader, { point }),
  ],
  'staff.invite': async (reader, point) => [
    (
      await ask(reader, '/desk/staff/invite', {
        roles: 'counsellor',
        affiliation: 'y_te',
        point: point ?? 'tuyen-tren',
      })
    ).status === 200,
    mayManage('staff.invite', reader, { point, roles: ['counsellor'] }),
  ],
  // Without the word that is asked for: allowed, and nothing ends.
  'staff.deactivate': async (reader, point) => [
    (await ask(reader, `/desk/staff/at-${point}/deactivate`, { sure: '' })).status === 400,
    mayManage('staff.deactivate', reader, { point, roles: ['counsellor'] }),
  ],
  'staff.role': async (reader, point) => [
    (await ask(reader, `/desk/staff/at-${point}/roles`, {})).status === 400,
    mayManage('staff.role', reader, { point, roles: ['counsellor'] }),
  ],
  'staff.reset': async (reader, point) => [
    (await ask(reader, `/desk/staff/at-${point}/reset`, {})).status === 200,
    mayManage('staff.reset', reader, { point, roles: ['counsellor'] }),
  ],
}

describe('what is done with points and colleagues', () => {
  beforeEach(async () => {
    // Whoever may be reset has an account.
    for (const one of COLLEAGUES) await sessionCookie(whole.home.app, one)
  })

  test.each(Object.entries(ON_PLACES))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (_, run) => {
      const seen = new Set<boolean>()
      for (const reader of READERS)
        for (const point of ['own', 'other', null]) {
          const [done, allowed] = await run(reader, point)
          expect([reader.id, point, done]).toEqual([reader.id, point, allowed])
          seen.add(done)
        }
      expect([...seen].toSorted()).toEqual([false, true])
    },
  )
})

/** What is done with a text of the house; another wrote the draft that waits. */
const ON_TEXTS: Partial<Record<Action, (reader: StaffMember, path: string) => Promise<boolean>>> = {
  'content.edit': async (reader, path) => (await ask(reader, path)).status === 200,
  // With the word that is asked for left out.
  'content.approve': async (reader, path) => (await ask(reader, `${path}/ban/1/duyet`, {})).status === 400,
}

describe('what is done with texts of the house', () => {
  test.each(Object.entries(ON_TEXTS))(
    '%s is allowed to whom the table allows it, and refused to all others',
    async (action, run) => {
      const { app, database } = whole.home
      const files = bookFiles()
      app.editing = { editor: asEditor(files), files: {}, refresh: async () => undefined }
      database.database
        .prepare(
          "insert into content_revision (unit, n, state, text, hash, base, file, note, by, created_at, patch, problems) values ('content/vi/topics/noi-voi-con.md', 1, 'draft', ?, 'h', 'b', 'f', '', 'somebody', 1, null, 0)",
        )
        .run(files.get('content/vi/topics/noi-voi-con.md'))
      for (const reader of READERS)
        expect([reader.id, await run(reader, '/desk/noi-dung/sua/bai/noi-voi-con')]).toEqual([
          reader.id,
          mayEver(action as Action, reader),
        ])
    },
  )
})

/** What belongs to nobody: a page, or a form with a field that is not known. */
const ON_PAGES: Partial<Record<Action, (reader: StaffMember) => Promise<boolean>>> = {
  'content.law': async (reader) => (await ask(reader, `/desk/nguon/${LAW}`, { until: '2027-01-01' })).status === 303,
  'content.take_down': async (reader) => (await ask(reader, `/desk/noi-dung/${TOPIC}/go`, {})).status === 303,
  'content.read': async (reader) => (await ask(reader, '/desk/noi-dung')).status === 200,
  'contest.read': async (reader) => (await ask(reader, '/desk/cuoc-thi')).status === 200,
  'recording.write': async (reader) => (await ask(reader, '/desk/ban-ghi', { topic: '' })).status === 400,
  'recording.enable': async (reader) => (await ask(reader, '/desk/ban-ghi/bat', { topic: '' })).status === 400,
  'service.read': async (reader) => (await ask(reader, '/desk/noi-dich-vu')).status === 200,
  export: async (reader) => (await ask(reader, '/desk/misses')).status === 200,
  'audit.search': async (reader) => (await ask(reader, '/desk/audit')).status === 200,
  'report.view': async (reader) => (await ask(reader, '/desk/figures')).status === 200,
  'switch.sending': async (reader) =>
    (await ask(reader, '/desk/directory/switches', { name: 'none-such' })).status === 400,
}

describe('pages', () => {
  test.each(Object.entries(ON_PAGES))(
    '%s opens to whom the table opens it, and to nobody else',
    async (action, run) => {
      for (const reader of READERS)
        expect([reader.id, await run(reader)]).toEqual([reader.id, mayEver(action as Action, reader)])
    },
  )
})

test('no action of the table is left out here', () => {
  const asked = [
    ...Object.keys(ON_TICKETS),
    ...Object.keys(ON_RECORDS),
    ...Object.keys(ON_VISITS),
    ...Object.keys(ON_REQUESTS),
    ...Object.keys(ON_CLUBS),
    ...Object.keys(ON_REFERRALS),
    ...Object.keys(ON_COMPANY),
    ...Object.keys(ON_ACTS),
    ...Object.keys(ON_BROADCASTS),
    ...Object.keys(ON_TEXTS),
    ...Object.keys(ON_PLACES),
    ...Object.keys(ON_PAGES),
    'queue.view',
    'review.write',
    'service.edit',
  ]
  expect(asked.toSorted()).toEqual([...ACTIONS].toSorted())
})
