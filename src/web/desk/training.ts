import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may, mayEver } from '../../app/permissions.ts'
import type { Instant } from '../../engine/content.ts'
import { dayOf, formatDateTime } from '../../engine/hours.ts'
import {
  addingClass,
  type ClassRow,
  cancellingClass,
  classesFrom,
  leavingClass,
  markingSeat,
  readClass,
  type SeatRow,
  seatsOf,
  signing,
} from '../../store/training.ts'
import { type Form, readForm } from '../form-fields.ts'
import { type ClassDraft, classesPage, classFormPage, classPage } from '../pages/desk/training.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { idOfForm } from './id-of-form.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const DAY_MS = 86_400_000
const FURTHEST_DAYS = 366
const MOST_SEATS = 500
const EVERYWHERE = '-'
const LENGTHS: Readonly<Record<string, string>> = { 120: '2 giờ', 240: 'một buổi', 480: 'một ngày', 960: 'hai ngày' }
const SEAT_WORDS: Readonly<Record<SeatRow['state'], string>> = {
  signed: 'đã ghi tên',
  attended: 'có mặt',
  missed: 'vắng',
}
const DONE: Readonly<Record<string, string>> = {
  mo: 'Đã mở lớp.',
  ten: 'Đã ghi tên bạn. Hôm trước máy nhắc ở trang này và trên điện thoại đã liên kết.',
  bo: 'Đã bỏ tên bạn, chỗ ấy dành cho người khác.',
  ghi: 'Đã ghi.',
  huy: 'Đã huỷ lớp.',
}

/** Tập huấn: classes for staff, signing up, and who came. */
export function trainingRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/tap-huan', async (c) => {
    const { member } = c.get('who')
    const now = app.now()
    const rows = await classesFrom(app.store, now - FURTHEST_DAYS * DAY_MS)
    const seats = await seatsOf(
      app.store,
      rows.map(({ id }) => id),
    )
    const items = rows.map((row) => {
      const taken = seats.filter((seat) => seat.class === row.id)
      const mine = taken.find(({ staff }) => staff === member.id)
      const came = taken.filter(({ state }) => state === 'attended').length
      return {
        ahead: row.startsAt > now,
        item: {
          id: row.id,
          when: formatDateTime(row.startsAt),
          title: row.title,
          facts: [
            row.place,
            row.startsAt > now ? seatWords(row, taken.length) : `${came} người có mặt`,
            ...(row.state === 'cancelled' ? ['đã huỷ'] : []),
          ].join(' · '),
          mine: mine ? SEAT_WORDS[mine.state] : null,
        },
      }
    })
    return c.html(
      classesPage({
        reader: readerOf(c.get('who')),
        ahead: items.flatMap(({ ahead, item }) => (ahead ? [item] : [])).reverse(),
        past: items.flatMap(({ ahead, item }) => (ahead ? [] : [item])).slice(0, 30),
        mayAdd: mayEver('class.edit', member),
        done: doneOf(c),
      }),
    )
  })

  routes.get('/desk/tap-huan/moi', (c) => form(c, EMPTY, randomUUID(), null))
  routes.post('/desk/tap-huan/moi', async (c) => {
    const sent = await readForm(c)
    const draft = draftOf(sent)
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    const point = draft.point === EVERYWHERE ? null : draft.point
    if (!mayEdit(c, point)) return refuse(c)
    const read = readClassForm(draft)
    if ('problem' in read) return form(c, draft, formId, `Chưa mở: ${read.problem}`)
    const { member } = c.get('who')
    const id = idOfForm(app, 'class', member.id, formId)
    await audited(c, 'class.edit', null, { about: id, point }, [addingClass({ ...read.row, id, point, by: member.id })])
    return c.redirect(`/desk/tap-huan/${id}?xong=mo`, 303)
  })

  routes.get('/desk/tap-huan/:id', async (c) => {
    const row = await readClass(app.store, c.req.param('id'))
    return row ? show(c, row, null) : c.html(errorPage(404), 404)
  })
  // A reload of a page that answered a form.
  routes.get('/desk/tap-huan/:id/:verb', (c) =>
    c.redirect(`/desk/tap-huan/${encodeURIComponent(c.req.param('id'))}`, 303),
  )
  routes.post('/desk/tap-huan/:id/ghi-ten', async (c) => {
    const row = await readClass(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    const { id } = c.get('who').member
    await app.store.batch([signing(row.id, id, app.now())])
    const has = (await seatsOf(app.store, [row.id])).some(({ staff }) => staff === id)
    return has ? done(c, row, 'ten') : show(c, row, 'Chưa ghi tên được: lớp đã đủ chỗ, đã bắt đầu hoặc đã huỷ.', 409)
  })
  routes.post('/desk/tap-huan/:id/bo-ten', async (c) => {
    const row = await readClass(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    await app.store.batch([leavingClass(row.id, c.get('who').member.id)])
    return done(c, row, 'bo')
  })
  routes.post('/desk/tap-huan/:id/huy', async (c) => {
    const row = await readClass(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    if (!mayEdit(c, row.point)) return refuse(c)
    if (row.startsAt <= app.now()) return show(c, row, 'Lớp đã bắt đầu, không huỷ được nữa.', 409)
    await audited(c, 'class.edit', null, { about: row.id, point: row.point }, [cancellingClass(row.id)])
    return done(c, row, 'huy')
  })
  routes.post('/desk/tap-huan/:id/diem-danh', async (c) => {
    const row = await readClass(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    if (!mayEdit(c, row.point)) return refuse(c)
    if (!isMarking(row)) return show(c, row, 'Chưa ghi: lớp chưa bắt đầu hoặc đã huỷ.', 409)
    const sent = await readForm(c)
    const writes = (await seatsOf(app.store, [row.id])).flatMap(({ staff }) => {
      const as = (['attended', 'missed'] as const).find((one) => one === sent.one(`p-${staff}`))
      // A certificate is of who was there.
      return as ? [markingSeat(row.id, staff, as, as === 'attended' && sent.one(`cc-${staff}`) === 'yes')] : []
    })
    await audited(c, 'class.edit', null, { about: row.id, point: row.point }, writes)
    return done(c, row, 'ghi')
  })
  return routes

  function mayEdit(c: C, point: string | null): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may('class.edit', c.get('who').member, { point, above })
  }

  function isMarking({ state, startsAt }: ClassRow): boolean {
    return state === 'planned' && app.now() >= startsAt
  }

  function done(c: C, { id }: ClassRow, what: string): Response {
    return c.redirect(`/desk/tap-huan/${id}?xong=${what}`, 303)
  }

  async function show(c: C, row: ClassRow, message: string | null, status: 200 | 409 = 200): Promise<Response> {
    const { member } = c.get('who')
    const seats = await seatsOf(app.store, [row.id])
    const name = ({ staff }: SeatRow) => staffName(app, staff)
    const ahead = row.state === 'planned' && row.startsAt > app.now()
    const edits = mayEdit(c, row.point)
    const view = {
      reader: readerOf(c.get('who')),
      path: `/desk/tap-huan/${row.id}`,
      formId: randomUUID(),
      title: row.title,
      when: formatDateTime(row.startsAt),
      state: row.state === 'cancelled' ? 'đã huỷ' : null,
      facts: [
        ['Ở đâu', row.place] as const,
        ['Trong', LENGTHS[String(row.minutes)] ?? `${row.minutes} phút`] as const,
        ['Nơi mở', pointName(row.point)] as const,
        ['Chỗ', seatWords(row, seats.length)] as const,
      ],
      people: seats.map((seat) => ({
        id: seat.staff,
        name: name(seat),
        state: seat.certificate ? `${SEAT_WORDS[seat.state]}, đã cấp chứng nhận` : SEAT_WORDS[seat.state],
      })),
      mine: !ahead ? null : seats.some(({ staff }) => staff === member.id) ? ('leave' as const) : ('sign' as const),
      full: row.capacity !== null && seats.length >= row.capacity,
      marking:
        edits && isMarking(row)
          ? seats.map((seat) => ({ id: seat.staff, name: name(seat), as: seat.state, certificate: seat.certificate }))
          : null,
      mayCancel: edits && ahead,
      done: message === null ? doneOf(c) : null,
      message,
    }
    return c.html(classPage(view), status)
  }

  function pointName(point: string | null): string {
    return point === null ? 'Tuyến trên' : (app.directory().points.find(({ id }) => id === point)?.name ?? point)
  }

  function readClassForm(
    draft: ClassDraft,
  ): { row: Omit<ClassRow, 'id' | 'point' | 'by' | 'state' | 'remindedAt'> } | { problem: string } {
    if (draft.title.length < 3) return { problem: 'tên lớp cần ít nhất 3 ký tự.' }
    if (!isDay(draft.day)) return { problem: `không có ngày “${draft.day}” trong lịch.` }
    const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(draft.time) ?? []
    if (hours === undefined) return { problem: `giờ “${draft.time}” chưa đúng. Bạn viết như 08:30.` }
    const startsAt: Instant = midnightOf(draft.day) + (Number(hours) * 60 + Number(minutes)) * 60_000
    if (startsAt <= app.now()) return { problem: `${writtenDay(draft.day)} lúc ấy đã qua.` }
    if (startsAt > app.now() + FURTHEST_DAYS * DAY_MS) return { problem: 'ngày ấy xa quá một năm.' }
    if (!(draft.minutes in LENGTHS)) return { problem: 'bạn chọn lớp dài bao lâu.' }
    if (draft.place.length < 3) return { problem: 'ghi lớp ở đâu.' }
    const capacity = Number(draft.capacity)
    if (draft.capacity !== '' && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= MOST_SEATS))
      return { problem: `số chỗ là một số từ 1 đến ${MOST_SEATS}, hoặc để trống.` }
    return {
      row: {
        title: draft.title.slice(0, 120),
        startsAt,
        minutes: Number(draft.minutes),
        place: draft.place.slice(0, 120),
        capacity: draft.capacity === '' ? null : capacity,
      },
    }
  }

  async function form(c: C, draft: ClassDraft, formId: string, problem: string | null): Promise<Response> {
    const points = app.directory().points.filter(({ id }) => mayEdit(c, id))
    const all = mayEdit(c, null) ? [{ value: EVERYWHERE, label: 'Tuyến trên' }] : []
    if (points.length + all.length === 0) return refuse(c)
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      draft,
      points: [...all, ...points.map(({ id, name }) => ({ value: id, label: name }))],
      lengths: Object.entries(LENGTHS).map(([value, label]) => ({ value, label })),
      today: dayOf(app.now()),
      problem,
    }
    return c.html(classFormPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const EMPTY: ClassDraft = { title: '', point: '', day: '', time: '08:00', minutes: '240', place: '', capacity: '' }

const doneOf = (c: C): string | null => DONE[c.req.query('xong') ?? ''] ?? null

function draftOf(sent: Form): ClassDraft {
  const text = (name: string) => sent.one(name).normalize('NFC').trim()
  return {
    title: text('title'),
    point: text('point'),
    day: text('day'),
    time: text('time'),
    minutes: text('minutes'),
    place: text('place'),
    capacity: text('capacity'),
  }
}

function seatWords({ capacity }: ClassRow, taken: number): string {
  return capacity === null ? `${taken} người, không giới hạn` : `${taken} trên ${capacity} chỗ`
}
