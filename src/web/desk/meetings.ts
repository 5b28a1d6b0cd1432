import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { aboutClub } from '../../app/club-about.ts'
import { meetingsAhead } from '../../app/meetings.ts'
import { may } from '../../app/permissions.ts'
import type { Club } from '../../engine/facts.ts'
import { dayOf, formatClock, formatDateTime, localTime } from '../../engine/hours.ts'
import { correctingMark, placesIn } from '../../store/clubs.ts'
import {
  addingMeeting,
  addingSeries,
  announcingMeeting,
  cancellingMeeting,
  changingMeeting,
  endingSeries,
  type MeetingRow,
  notingMeeting,
  readMeeting,
  readSeries,
} from '../../store/meetings.ts'
import { type Form, readForm } from '../form-fields.ts'
import { type MeetingDraft, meetingFormPage } from '../pages/desk/meeting-form.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { idOfForm } from './id-of-form.ts'
import {
  emptyDraft,
  LENGTHS,
  meetingDraft,
  NOTICES,
  PATTERNS,
  readMeetingChange,
  readMeetingForm,
  WEEKDAYS,
  WHICH,
} from './meeting-form.ts'
import { ANSWERS, AWAY, CAME, isAhead, isOpenForMarks, LENGTH_WORDS, showMeeting } from './show-meeting.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const MOST_OTHERS = 500
const HOLIDAYS = { sau: 'dời tới ngày làm việc sau đó', truoc: 'dời tới ngày làm việc trước đó', bo: 'bỏ buổi ấy' }

/** The meetings of a club: planned alone or in a row, announced, moved, called off, and who came. */
export function meetingRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/clb/:id/lich', async (c) => {
    const club = await find(c)
    return club instanceof Response ? club : form(c, club, null, emptyDraft(club), randomUUID(), null)
  })
  routes.post('/desk/clb/:id/lich', async (c) => {
    const club = await find(c)
    if (club instanceof Response) return club
    const sent = await readForm(c)
    const draft = meetingDraft(sent)
    const formId = idOf(sent)
    const read = readMeetingForm(app, draft)
    if ('problem' in read) return form(c, club, null, draft, formId, read.problem)
    if (sent.one('lam') === 'xem') {
      const dates =
        read.type === 'one'
          ? [formatDateTime(read.startsAt)]
          : read.dates.map(
              ({ startsAt, movedFrom }) =>
                `${formatDateTime(startsAt)}${movedFrom === null ? '' : ` (dời vì nghỉ ${movedFrom})`}`,
            )
      return form(c, club, null, draft, formId, null, dates)
    }
    const id = idOfForm(app, 'meeting', club.id, formId)
    const { calendar } = app.directory()
    const writes =
      read.type === 'one'
        ? [addingMeeting({ id, club: club.id, series: null, startsAt: read.startsAt }, read.plan)]
        : [
            addingSeries({ id, club: club.id, plan: read.plan, ...read.rule }),
            ...meetingsAhead({ id, club: club.id, plan: read.plan, ...read.rule }, calendar, app.now()),
          ]
    await audited(c, 'club.meet', null, { about: club.id, point: aboutClub(app, club).point ?? null }, writes)
    return c.redirect(`/desk/clb/${club.id}?xong=xep#buoi`, 303)
  })
  routes.post('/desk/clb/:id/lich/:series/dung', async (c) => {
    const club = await find(c)
    if (club instanceof Response) return club
    const series = (await readSeries(app.store, club.id)).find(({ id }) => id === c.req.param('series'))
    if (series)
      await audited(
        c,
        'club.meet',
        null,
        { about: series.id, point: aboutClub(app, club).point ?? null },
        endingSeries(series.id, app.now()),
      )
    return c.redirect(`/desk/clb/${club.id}?xong=dung#buoi`, 303)
  })

  routes.get('/desk/clb/:id/buoi/:meeting', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    await note(c, found.row, 'club.read')
    return show(c, found.club, found.row, null)
  })
  routes.get('/desk/clb/:id/buoi/:meeting/sua', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    return form(c, found.club, found.row, draftOf(found.row), randomUUID(), null)
  })
  // A reload of a page that answered a form.
  routes.get('/desk/clb/:id/buoi/:meeting/:verb', (c) =>
    c.redirect(
      `/desk/clb/${encodeURIComponent(c.req.param('id'))}/buoi/${encodeURIComponent(c.req.param('meeting'))}`,
      303,
    ),
  )
  routes.post('/desk/clb/:id/buoi/:meeting/sua', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    const { club, row } = found
    const sent = await readForm(c)
    const draft = meetingDraft(sent)
    if (!isAhead(row, app.now())) return show(c, club, row, 'Chưa đổi: buổi này đã qua hoặc đã huỷ.', 409)
    const read = readMeetingChange(app, draft)
    if ('problem' in read) return form(c, club, row, draft, idOf(sent), read.problem)
    const { startsAt, plan } = read
    // What members know already stays announced; a notice that is to come keeps its distance.
    const noticeAt = row.noticeAt + (startsAt - row.startsAt)
    const { minutes, place, agenda, capacity } = plan
    const writes = changingMeeting(row.id, { startsAt, minutes, place, agenda, capacity, noticeAt }, app.now())
    await note(c, row, 'club.meet', writes)
    return done(c, row, 'doi')
  })
  routes.post('/desk/clb/:id/buoi/:meeting/huy', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    const { club, row } = found
    if (!isAhead(row, app.now())) return show(c, club, row, 'Buổi này đã qua hoặc đã huỷ từ trước.', 409)
    await note(c, row, 'club.meet', cancellingMeeting(row.id, app.now()))
    return done(c, row, 'huy')
  })
  routes.post('/desk/clb/:id/buoi/:meeting/bao', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    const { club, row } = found
    if (!isAhead(row, app.now()) || row.announcedAt !== null)
      return show(c, club, row, 'Buổi này đã được báo, hoặc đã qua.', 409)
    await note(c, row, 'club.meet', [announcingMeeting(row.id, app.now())])
    return done(c, row, 'bao')
  })
  routes.post('/desk/clb/:id/buoi/:meeting/ghi', async (c) => {
    const found = await findMeeting(c)
    if (found instanceof Response) return found
    const { club, row } = found
    if (!isOpenForMarks(row, app.now()))
      return show(c, club, row, 'Chưa ghi: chỉ điểm danh được từ nửa giờ trước buổi đến một tuần sau.', 409)
    const sent = await readForm(c)
    const others = sent.one('others').trim()
    if (!/^\d{0,3}$/.test(others) || Number(others) > MOST_OTHERS)
      return show(c, club, row, `Chưa ghi: số khách là một số từ 0 đến ${MOST_OTHERS}.`, 400)
    const words = sent.one('note').normalize('NFC').trim().slice(0, 2000)
    const sealed = words === '' ? null : app.vault.sealOwn(`meeting:${row.id}:note`, words)
    await note(c, row, 'club.meet', [notingMeeting(row.id, Number(others), sealed)])
    const point = aboutClub(app, club).point ?? ''
    let failed = 0
    for (const place of await placesIn(app.store, row.id)) {
      const as = sent.one(`p-${place.id}`)
      if ((as !== CAME && as !== AWAY) || place.state === as) continue
      if (!(place.state in ANSWERS)) {
        await note(c, row, 'club.meet', correctingMark(place.id, as, app.now()))
        continue
      }
      const action = { type: 'mark_visit', visit: place.id, as } as const
      const does = { action, form: `${idOf(sent)}:${place.id}`, called: 'club.meet', point } as const
      if ((await actOnVisit(app, c, place, does)) !== null) failed += 1
    }
    if (failed > 0) return show(c, club, row, `${failed} người vừa thay đổi, chưa ghi được. Bạn xem rồi ghi lại.`, 409)
    return done(c, row, 'ghi')
  })
  return routes

  async function find(c: C): Promise<Club | Response> {
    const club = app.directory().clubs.find(({ id }) => id === c.req.param('id'))
    if (!club) return c.html(errorPage(404), 404)
    const about = aboutClub(app, club)
    if (may('club.meet', c.get('who').member, about)) return club
    await audited(c, 'refused', null, { about: club.id, point: about.point ?? null })
    return c.html(refusedPage(c.get('who').member), 403)
  }

  async function findMeeting(c: C): Promise<{ club: Club; row: MeetingRow } | Response> {
    const club = await find(c)
    if (club instanceof Response) return club
    const row = await readMeeting(app.store, c.req.param('meeting')!)
    return row?.club === club.id ? { club, row } : c.html(errorPage(404), 404)
  }

  function note(c: C, row: MeetingRow, action: string, writes: Parameters<typeof audited>[4] = []): Promise<void> {
    const club = app.directory().clubs.find(({ id }) => id === row.club)
    const point = (club && aboutClub(app, club).point) ?? null
    return audited(c, action, null, { about: row.id, point }, writes)
  }

  function done(c: C, row: MeetingRow, what: string): Response {
    return c.redirect(`/desk/clb/${row.club}/buoi/${row.id}?xong=${what}`, 303)
  }

  async function show(
    c: C,
    club: Club,
    before: MeetingRow,
    message: string | null,
    status: 200 | 400 | 409 = 200,
  ): Promise<Response> {
    const row = (await readMeeting(app.store, before.id)) ?? before
    const page = await showMeeting(app, c.get('who'), club, row, { message, done: c.req.query('xong') ?? '' })
    return c.html(page, status)
  }

  async function form(
    c: C,
    club: Club,
    row: MeetingRow | null,
    draft: MeetingDraft,
    formId: string,
    problem: string | null,
    dates: readonly string[] = [],
  ): Promise<Response> {
    const choices = (of: Readonly<Record<string, string>>) =>
      Object.entries(of).map(([value, label]) => ({ value, label }))
    const back = row ? `/desk/clb/${club.id}/buoi/${row.id}` : `/desk/clb/${club.id}`
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      path: row ? `${back}/sua` : `${back}/lich`,
      back,
      club: club.name,
      draft,
      repeat: row
        ? null
        : {
            patterns: choices(PATTERNS),
            weekdays: choices(WEEKDAYS),
            which: Object.keys(WHICH)
              .sort((a, b) => (Number(a) < 0 ? 9 : Number(a)) - (Number(b) < 0 ? 9 : Number(b)))
              .map((value) => ({ value, label: WHICH[value] ?? value })),
            ways: choices(HOLIDAYS),
          },
      lengths: LENGTHS.map((one) => ({ value: String(one), label: LENGTH_WORDS[one] ?? `${one} phút` })),
      notices: NOTICES.map((one) => ({ value: String(one), label: `${one} ngày` })),
      today: dayOf(app.now()),
      dates,
      problem,
    }
    return c.html(meetingFormPage(view), problem === null ? 200 : 400)
  }
}

const idOf = (sent: Form): string => sent.one('id').slice(0, 100) || randomUUID()

function draftOf(row: MeetingRow): MeetingDraft {
  return {
    pattern: 'mot-lan',
    weekday: '',
    which: '',
    monthday: '',
    first: dayOf(row.startsAt),
    last: '',
    time: formatClock(localTime(row.startsAt).minutes),
    minutes: String(row.minutes),
    place: row.place,
    agenda: row.agenda,
    capacity: row.capacity === null ? '' : String(row.capacity),
    notice: '7',
    onHoliday: '',
    family: row.family,
  }
}
