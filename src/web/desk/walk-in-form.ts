import type { App } from '../../app/app.ts'
import type { WalkIn } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { formatClock } from '../../engine/hours.ts'
import { readPhone } from '../../engine/phone.ts'
import { CONSENT_VERSION, type WalkInDraft } from '../pages/desk/walk-in-form.ts'
import { nextCallDay, readCallDay } from './call-day.ts'
import { NOTE_LIMIT } from './contact-form.ts'
import { COVER, HOURS } from './labels.ts'

const SHORT = 60
const SENTENCE = 200
const PRONOUNS = ['em', 'cháu', 'con', 'bác', 'cô', 'chú', 'anh', 'chị']
/** Nobody is called before or after these, whatever the form says. */
const [EARLIEST, LATEST] = [7 * 60, 21 * 60]

export function draftOf(fields: (name: string) => string): WalkInDraft {
  const names = ['point', 'called', 'pronoun', 'phone', 'hours', 'call_time', 'cover', 'cover_words'] as const
  const more = ['language', 'note', 'call_on', 'consent'] as const
  return Object.fromEntries([...names, ...more].map((name) => [name, fields(name).trim()])) as unknown as WalkInDraft
}

/** The record a form asks for, or the first thing wrong with it. Words are kept as typed, a number as E.164. */
export function readWalkIn(
  app: App,
  points: readonly Point[],
  draft: WalkInDraft,
): { walkIn: WalkIn } | { problem: string } {
  const point = points.find(({ id }) => id === draft.point)
  if (!point) return { problem: 'Bạn chọn điểm giữ hồ sơ này.' }
  if (draft.consent !== CONSENT_VERSION)
    return {
      problem: 'Chưa lưu gì: bạn đọc câu xin phép cho người đó nghe và chỉ đánh dấu khi họ nói đồng ý.',
    }
  const long = (
    [
      ['called', SHORT],
      ['language', SHORT],
      ['cover_words', SENTENCE],
      ['note', NOTE_LIMIT],
    ] as const
  ).find(([name, limit]) => draft[name].length > limit)
  if (long) return { problem: `Một ô dài quá giới hạn ${long[1]} ký tự. Bạn rút gọn giúp.` }
  if (draft.pronoun !== '' && !PRONOUNS.includes(draft.pronoun))
    return { problem: 'Bạn chọn cách xưng hô trong danh sách.' }
  const phone = draft.phone === '' ? null : readPhone(draft.phone)
  if (draft.phone !== '' && phone === null)
    return {
      problem:
        'Số điện thoại chưa đúng. Số di động có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09; số cố định có 11 chữ số cả mã vùng, ví dụ 0212 3 123 456. Không có số thì để trống.',
    }
  const call = phone === null ? { codes: {}, words: {}, callOn: null } : readCall(app, point, phone, draft)
  if ('problem' in call) return call
  const words = { ...call.words, ...given('called', draft.called), ...given('language', draft.language) }
  const { consent, note } = draft
  const codes = { ...call.codes, point: point.id }
  return {
    walkIn: { point: point.id, consent, pronoun: draft.pronoun || null, codes, words, note, callOn: call.callOn },
  }
}

type Call = Pick<WalkIn, 'codes' | 'words' | 'callOn'>

/** A number is kept only with when it is safe to call and what to say to somebody else. */
function readCall(app: App, point: Point, phone: string, draft: WalkInDraft): Call | { problem: string } {
  if (!(draft.hours in HOURS) && draft.hours !== 'gio-khac')
    return { problem: 'Có số điện thoại thì cần giờ gọi an toàn. Bạn hỏi và chọn giúp.' }
  const time = draft.hours === 'gio-khac' ? minutesOf(draft.call_time) : null
  if (draft.hours === 'gio-khac' && (time === null || time < EARLIEST || time > LATEST))
    return {
      problem: `Giờ gọi cụ thể cần nằm trong ${formatClock(EARLIEST)}–${formatClock(LATEST)}, ví dụ 14:30.`,
    }
  if (!(draft.cover in COVER) && draft.cover !== 'cau-khac')
    return { problem: 'Có số điện thoại thì cần biết nói gì nếu người khác nghe máy. Bạn hỏi và chọn giúp.' }
  if (draft.cover === 'cau-khac' && draft.cover_words === '')
    return { problem: 'Bạn ghi câu sẽ nói khi người khác nghe máy, hoặc chọn một câu có sẵn.' }
  const day = draft.call_on === '' ? { day: nextCallDay(app, point.id) } : readCallDay(app, point.id, draft.call_on)
  if ('problem' in day) return day
  return {
    codes: {
      ...(time === null ? { hours: draft.hours } : { hours: draft.hours, call_time: String(time) }),
      cover: draft.cover,
    },
    words: { phone, ...(draft.cover === 'cau-khac' ? { cover_words: draft.cover_words } : {}) },
    callOn: day.day,
  }
}

function given(name: string, text: string): Readonly<Record<string, string>> {
  return text === '' ? {} : { [name]: text }
}

function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null
  return Number(hours) * 60 + Number(minutes)
}
