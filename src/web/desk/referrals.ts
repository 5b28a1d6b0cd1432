import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import type { FillValue, Id } from '../../engine/content.ts'
import { formatDate, formatDateTime, formatShifts } from '../../engine/hours.ts'
import { NEXT_STEPS, openReferrals, passedOn, REFERRAL_STATES } from '../../engine/referrals/referral.ts'
import { shortCode } from '../../engine/short-code.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import {
  countReferrals,
  endedReferralsAt,
  openReferralsAt,
  type ReferralRow,
  readReferral,
  referralSteps,
} from '../../store/referrals.ts'
import { referralPage, referralSlipPage, referralsPage } from '../pages/desk/referral.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { checkInItems } from './check-ins.ts'
import { fieldsOf } from './field.ts'
import { NEXT_WORDS, PASS_WORDS, REFERRAL_STATE_WORDS, SERVICE_KIND_WORDS, STEP_WORDS } from './referral-words.ts'
import { personOf, writtenDate } from './show-visits.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/gioi-thieu'
const DAY_MS = 86_400_000
const NOTE_LIMIT = 500
const DONE: Readonly<Record<string, string>> = {
  hoi: 'Đã nhắn hỏi ý người ấy. Chưa có gì được chuyển đi.',
  co: 'Đã ghi là người ấy đồng ý.',
  'hoi-tham': 'Đã ghi là đã hỏi thăm.',
  buoc: 'Đã ghi.',
}

/** Giới thiệu: how far each introduction came, and the slip that goes with it. */
export function referralRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(LIST, async (c) => {
    const who = c.get('who')
    if (!mayEver('referral.read', who.member)) return refuse(c)
    await audited(c, 'referral.read')
    const points = app
      .directory()
      .points.filter(({ id }) => allowed(c, 'referral.read', id))
      .map(({ id }) => id)
    const now = app.now()
    const view = {
      reader: readerOf(who),
      open: (await openReferralsAt(app.store, points)).map(itemOf),
      ended: (await endedReferralsAt(app.store, points, now - 30 * DAY_MS)).map(itemOf),
      checkIns: await checkInItems(app, c),
      counts: (await countReferrals(app.store, points, now - 365 * DAY_MS, now + 1)).map((one) => ({
        ...one,
        kind: SERVICE_KIND_WORDS[one.kind],
      })),
      formId: randomUUID(),
      mayWrite: mayEver('referral.write', who.member),
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    return c.html(referralsPage(view))
  })

  routes.get(`${LIST}/:id`, async (c) => {
    const row = await find(c, 'referral.read')
    if (row instanceof Response) return row
    await audited(c, 'referral.read', row.contact, { about: row.id, point: row.point })
    return show(c, row, { to: '', note: '' }, null)
  })
  routes.post(`${LIST}/:id/buoc`, async (c) => {
    const fields = await fieldsOf(c)
    const row = await find(c, 'referral.write')
    if (row instanceof Response) return row
    const draft = { to: fields('to'), note: fields('note').normalize('NFC').trim() }
    const to = REFERRAL_STATES.find((one) => one === draft.to && NEXT_STEPS[row.state].includes(one))
    if (!to) return show(c, row, draft, 'Chưa ghi: bạn chọn bước tiếp.')
    if (draft.note.length > NOTE_LIMIT) return show(c, row, draft, `Chưa ghi: ghi chú dài quá ${NOTE_LIMIT} ký tự.`)
    const reason = await actOnVisit(app, c, row, {
      action: { type: 'referral_step', referral: row.id, to, note: draft.note },
      form: fields('id'),
      called: 'referral.write',
      point: row.point,
    })
    if (reason !== null) return show(c, row, draft, 'Chưa ghi: lần giới thiệu này vừa thay đổi. Bạn mở lại.', 409)
    return c.redirect(`${LIST}/${encodeURIComponent(row.id)}?xong=buoc`, 303)
  })
  routes.get(`${LIST}/:id/phieu`, async (c) => {
    const row = await find(c, 'referral.read')
    if (row instanceof Response) return row
    const place = placeOf(row.service)
    const made = (await passedOf(row)) !== null
    // Before the yes there is nothing to carry anywhere.
    if (!place || !made) return c.html(errorPage(404), 404)
    await audited(c, 'referral.read', row.contact, { about: row.id, point: row.point })
    const hours = formatShifts(place.shifts)
    const view = {
      back: `${LIST}/${row.id}`,
      name: place.name,
      address: place.address,
      phone: place.phone,
      hours: hours === '' ? ['Chưa có giờ xác nhận: hỏi trước khi đến'] : hours.split('\n'),
      code: row.code,
    }
    return c.html(referralSlipPage(view))
  })
  return routes

  function allowed(c: C, action: Action, point: Id): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, c.get('who').member, { point, above })
  }

  async function find(c: C, action: Action): Promise<ReferralRow | Response> {
    // Whoever may read none at all is told so; of one of another point nobody learns that it is there.
    if (!mayEver(action, c.get('who').member)) return refuse(c)
    const row = await readReferral(app.store, c.req.param('id')!)
    if (row && allowed(c, action, row.point)) return row
    if (row) await audited(c, 'refused', null, { about: row.id, point: row.point })
    return c.html(errorPage(404), 404)
  }

  function placeOf(id: Id) {
    return (app.directory().services ?? []).find((one) => one.id === id)
  }

  function itemOf(row: ReferralRow) {
    return {
      id: row.id,
      code: shortCode(row.contact),
      place: placeOf(row.service)?.name ?? 'nơi không còn trong danh bạ',
      kind: SERVICE_KIND_WORDS[row.kind],
      state: REFERRAL_STATE_WORDS[row.state],
      since: writtenDate(row.movedAt),
      next: NEXT_WORDS[row.state],
    }
  }

  /** The things that may be told to the place, with their values; null before the yes, and once it is over. */
  async function passedOf(row: ReferralRow): Promise<readonly (readonly [string, string])[] | null> {
    const { conversation } = await load(app.store, row.contact)
    const one = openReferrals(conversation).find(({ id }) => id === row.id)
    if (!one || one.consentId === null) return null
    const given = passedOn(conversation, one)
    return Promise.all(
      one.passes.map(async (item) => {
        const value = given.find((each) => each.item === item)?.value
        return [PASS_WORDS[item], value ? await shown(value) : 'chưa có'] as const
      }),
    )
  }

  async function shown(value: FillValue): Promise<string> {
    if (value.type === 'answer') return (await openWords(app.store, app.vault, value.id)) ?? 'đã hết hạn lưu'
    if (value.type === 'instant') return formatDate(value.at)
    return value.type === 'text' ? value.text : ''
  }

  async function show(
    c: C,
    row: ReferralRow,
    draft: { to: string; note: string },
    message: string | null,
    status: 200 | 400 | 409 = message === null ? 200 : 400,
  ): Promise<Response> {
    const who = c.get('who')
    const item = itemOf(row)
    const steps = await referralSteps(app.store, row.id)
    const view = {
      reader: readerOf(who),
      id: row.id,
      formId: randomUUID(),
      code: `${row.code} · ${item.code}`,
      facts: [
        ['Đến', item.place] as const,
        ['Về việc', item.kind] as const,
        ['Trạng thái', `${item.state}, từ ${item.since}`] as const,
        ['Điểm', app.directory().points.find(({ id }) => id === row.point)?.name ?? row.point] as const,
        ['Tiếp theo', item.next] as const,
      ],
      passed: await passedOf(row),
      steps: await Promise.all(
        steps.map(async ({ step, at, by, note }) => ({
          when: formatDateTime(at),
          what: REFERRAL_STATE_WORDS[step],
          by: by === null ? 'chính người ấy' : staffName(app, by),
          note: note === null ? null : await openWords(app.store, app.vault, note),
        })),
      ),
      next: allowed(c, 'referral.write', row.point)
        ? NEXT_STEPS[row.state].map((value) => ({ value, label: STEP_WORDS[value] }))
        : [],
      person: await personOf(app, who, row),
      draft,
      message,
      done: message === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(referralPage(view), status)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
