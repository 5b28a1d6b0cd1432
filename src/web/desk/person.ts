import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import type { Purpose } from '../../engine/consent.ts'
import type { Id } from '../../engine/content.ts'
import { enrolmentCode } from '../../engine/enrolment/enrolment.ts'
import { formatDateTime } from '../../engine/hours.ts'
import { consentsOf, enrolmentOfContact } from '../../store/enrolments.ts'
import { alsoOf } from '../../store/joins.ts'
import { load } from '../../store/load.ts'
import { type PersonLine, type PersonPart, personLines } from '../../store/person.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { type PersonView, personPage } from '../pages/desk/person.ts'
import { audited } from '../signed-in.ts'
import { PURPOSE_RIGHTS, PURPOSE_WORDS, STEP_WORDS } from './enrolment-words.ts'
import { lineWords } from './person-words.ts'
import { readSubject, type Subject } from './subject.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

/** Which right opens each part; what a reader may not open is not on their page. */
const RIGHTS: Readonly<Record<PersonPart, Action>> = {
  ticket_opened: 'ticket.read',
  ticket_closed: 'ticket.read',
  contact: 'contact.record',
  request: 'enrolment.read',
  visit: 'visit.read',
  referral: 'referral.read',
  supporter: 'accompany.read',
  progress: 'accompany.read',
  club: 'club.members',
  consent_given: 'enrolment.read',
  consent_withdrawn: 'enrolment.read',
}
const PAGES: Readonly<Partial<Record<PersonPart, (id: Id) => string>>> = {
  ticket_opened: (id) => `/desk/tickets/${id}`,
  request: (id) => `/desk/dang-ky/${id}`,
  visit: (id) => `/desk/lich/${id}`,
  referral: (id) => `/desk/gioi-thieu/${id}`,
  club: (id) => `/desk/clb/${id}`,
}

/** A yes is opened by the right to what it is about. */
function rightOf(part: PersonPart, code: string): Action {
  const given = part === 'consent_given' || part === 'consent_withdrawn'
  return (given ? PURPOSE_RIGHTS[code as Purpose] : null) ?? RIGHTS[part]
}

/** One person's page: from a talk, a record, a request or an appointment, everything else is one more click away. */
export function personRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/nguoi', async (c) => {
    const subject = await readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')
    if (!subject) return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
    await audited(c, 'person.read', subject.contact, { about: subject.code, point: subject.point })
    return c.html(personPage(await describePerson(c, subject)))
  })
  return routes

  /** What this reader may know of one chat; a line of no point belongs to the one that has its chat. */
  async function linesOf(c: C, subject: Subject, contact: Id): Promise<readonly PersonLine[]> {
    const lines = await personLines(app.store, contact)
    const home = contact === subject.contact ? subject.point : ((await pointOf(contact, lines)) ?? subject.point)
    return lines.filter(({ part, point, code }) => allowed(c, rightOf(part, code), point ?? home))
  }

  /** The point of a record, the one the person chose in a chat, or the last that had anything of it. */
  async function pointOf(contact: Id, lines: readonly PersonLine[]): Promise<Id | null> {
    const { walkIn, answers, ticket } = (await load(app.store, contact)).conversation
    const chosen = answers.point?.type === 'code' && answers.point.value !== '' ? answers.point.value : null
    return walkIn?.point ?? chosen ?? ticket?.point ?? lines.find(({ point }) => point !== null)?.point ?? null
  }

  function allowed(c: C, right: Action, point: Id | null): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(right, c.get('who').member, { point, above })
  }

  async function describePerson(c: C, subject: Subject): Promise<PersonView> {
    const { member } = c.get('who')
    const { conversation } = await load(app.store, subject.contact)
    const also = await alsoOf(app.store, subject.contact)
    const all = await Promise.all([subject.contact, ...also].map((contact) => linesOf(c, subject, contact)))
    const lines = all.flat().toSorted((a, b) => b.at - a.at)
    const to = (path: string) => raw(`${path}?${subject.query}`)
    const request = await enrolmentOfContact(app.store, subject.contact)
    const mayRequest = lines.some(({ part }) => part === 'request')
    const consents = (await consentsOf(app.store, subject.contact)).filter(
      ({ withdrawnAt, purpose }) =>
        withdrawnAt === null && allowed(c, rightOf('consent_given', purpose), subject.point),
    )
    const next = (conversation.appointments ?? [])
      .filter(({ meeting, startsAt }) => !meeting && startsAt > app.now())
      .toSorted((a, b) => a.startsAt - b.startsAt)[0]
    const { supporters = [], clubs } = app.directory()
    const supporter = supporters.find(({ id }) => id === conversation.supporter?.supporter)
    const club = clubs.find(({ id }) => id === conversation.club?.club && conversation.club?.state === 'member')
    const now = [
      ...(also.length > 0
        ? [{ name: 'Kênh và hồ sơ đã nối', value: `${also.length + 1} kênh, hồ sơ của một người`, href: null }]
        : []),
      ...(request && mayRequest
        ? [
            {
              name: 'Đăng ký',
              value: `${enrolmentCode(request.id)} · ${STEP_WORDS[request.state]}`,
              href: `/desk/dang-ky/${request.id}`,
            },
          ]
        : []),
      ...(next && mayEver('visit.read', member)
        ? [{ name: 'Buổi gặp tới', value: formatDateTime(next.startsAt), href: `/desk/lich/${next.id}` }]
        : []),
      ...(supporter && mayEver('accompany.read', member)
        ? [{ name: 'Người đồng hành', value: supporter.name, href: to('/desk/dong-hanh/nguoi') }]
        : []),
      ...(club && mayEver('club.members', member)
        ? [{ name: 'Câu lạc bộ', value: club.name, href: `/desk/clb/${club.id}` }]
        : []),
      {
        name: 'Đang đồng ý',
        value: consents.map(({ purpose }) => PURPOSE_WORDS[purpose as Purpose] ?? purpose).join('; ') || 'chưa có gì',
        href: null,
      },
    ]
    const can = (action: Action, path: string, words: string) =>
      mayEver(action, member) ? [{ href: to(path), words }] : []
    return {
      reader: readerOf(c.get('who')),
      code: subject.code,
      back: subject.back,
      now,
      ways: [
        ...can('visit.book', '/desk/lich/moi', 'Đặt lịch hẹn'),
        ...(request && mayRequest ? [] : can('enrolment.write', '/desk/dang-ky/moi', 'Ghi yêu cầu đăng ký')),
        ...can('referral.write', '/desk/gioi-thieu/moi', 'Giới thiệu đến nơi khác'),
        ...can('accompany.write', '/desk/dong-hanh/nguoi', 'Người đồng hành, nhìn lại theo tháng'),
        ...can('club.members', '/desk/clb/nguoi', 'Mời vào câu lạc bộ'),
        ...can('visit.book', '/desk/moc', 'Giai đoạn và mốc hỏi thăm'),
      ],
      lines: lines.map((line) => ({
        when: formatDateTime(line.at),
        words: lineWords(line),
        href: PAGES[line.part]?.(line.of) ?? null,
      })),
      note: null,
    }
  }
}
