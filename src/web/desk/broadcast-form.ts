import type { App } from '../../app/app.ts'
import type { Instant } from '../../engine/content.ts'
import { tellingWords } from '../../engine/discreet.ts'
import { readPlace } from '../../engine/place.ts'
import type { Audience } from '../../store/broadcasts.ts'
import type { Form } from '../form-fields.ts'
import type { BroadcastDraft } from '../pages/desk/broadcast.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { STAGE_WORDS } from './labels.ts'

export const WHO: Readonly<Record<string, string>> = {
  minh: 'Người hỏi cho mình',
  'nguoi-than': 'Người thân',
  'tim-hieu': 'Người tìm hiểu',
}

const DAY_MS = 86_400_000
const TEXT_LIMIT = 600
const FURTHEST_DAYS = 250

export function broadcastDraft(form: Form): BroadcastDraft {
  return {
    point: form.one('point'),
    text: form.one('text').normalize('NFC').replaceAll('\r\n', '\n').trim(),
    who: form.all('who'),
    channels: form.all('channels'),
    clubs: form.all('clubs'),
    languages: form.all('languages'),
    entrances: form.all('entrances'),
    stages: form.all('stages'),
    communes: form.one('communes').normalize('NFC'),
    day: form.one('day'),
    time: form.one('time'),
    until: form.one('until'),
  }
}

/** A message to many as a form tells it, or what is wrong and where. */
export function readBroadcastForm(
  app: App,
  draft: BroadcastDraft,
): { text: string; audience: Audience; startsAt: Instant; endsAt: Instant } | { problem: string } {
  const { text } = draft
  if (text.length < 10) return problem('lời nhắn cần có ít nhất 10 ký tự.')
  if (text.length > TEXT_LIMIT) return problem(`lời nhắn dài ${text.length} ký tự, giới hạn là ${TEXT_LIMIT}.`)
  const [, blank] = /\[([^\]]*)\]/.exec(text) ?? []
  if (blank !== undefined) return problem(`bạn điền “${blank}” rồi bỏ dấu ngoặc vuông.`)
  if (/[{}]/.test(text)) return problem('lời nhắn không dùng dấu ngoặc nhọn.')
  const telling = tellingWords(text, app.book().discreet ?? [])
  if (telling.length > 0)
    return problem(
      `lời nhắn có chữ làm lộ chuyện của người nhận: ${telling.map((one) => `“${one}”`).join(', ')}. Bạn viết cách khác.`,
    )
  const communes: string[] = []
  for (const line of draft.communes.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const place = readPlace(line, app.directory())
    if (place.type === 'several') return problem(`“${line}” là nhiều nơi. Hãy thêm tên tỉnh sau dấu phẩy.`)
    if (place.type !== 'commune') return problem(`không có xã, phường “${line}”.`)
    communes.push(place.id)
  }
  const days = readDays(app, draft)
  if ('problem' in days) return days
  return {
    text,
    audience: {
      who: draft.who.filter((one) => one in WHO),
      communes,
      channels: draft.channels,
      clubs: draft.clubs,
      languages: draft.languages,
      entrances: draft.entrances,
      stages: draft.stages.filter((one) => one in STAGE_WORDS),
    },
    ...days,
  }
}

function readDays(
  app: App,
  { day, time, until }: BroadcastDraft,
): { startsAt: Instant; endsAt: Instant } | { problem: string } {
  const now = app.now()
  let startsAt = now
  if (day !== '') {
    if (!isDay(day)) return problem(`không có ngày “${day}” trong lịch.`)
    const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time || '08:00') ?? []
    if (hours === undefined) return problem(`giờ “${time}” chưa đúng. Bạn viết như 08:30.`)
    startsAt = midnightOf(day) + (Number(hours) * 60 + Number(minutes)) * 60_000
    if (startsAt < now)
      return problem(`${writtenDay(day)} lúc ấy đã qua. Bạn chọn giờ sau bây giờ, hoặc để trống để gửi ngay.`)
  }
  if (!isDay(until)) return problem('bạn chọn ngày cuối cùng mà tin còn có ích.')
  const endsAt = midnightOf(until) + DAY_MS
  if (endsAt <= startsAt) return problem('ngày cuối cùng phải sau lúc bắt đầu gửi.')
  if (endsAt > now + FURTHEST_DAYS * DAY_MS) return problem(`ngày cuối cùng xa quá ${FURTHEST_DAYS} ngày.`)
  return { startsAt, endsAt }
}

const problem = (words: string) => ({ problem: `Chưa lưu: ${words}` })
