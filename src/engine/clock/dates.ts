import type { Instant } from '../content.ts'
import { instantOf, localTime } from '../hours.ts'
import { find, type Syllable, syllables } from '../text.ts'
import { correcting } from './correction.ts'
import { nextLunar, nextNewYearsEve } from './lunar.ts'
import { digitsFor } from './numbers.ts'

/** A day that was read; `lunar`: it was named by the moon, and the confirmation says so. */
export interface Day {
  at: Instant
  lunar: boolean
}

/**
 * A date: hôm nay, mai, thứ Sáu (tuần sau), 30/4, ngày 5 tháng 12, mùng 3 Tết, rằm tháng Bảy, cuối tháng; the last one
 * where the text corrects itself. Returned as `2026-11-30` and always confirmed back to the person; null when unclear
 * or past. Dates without a year are the next such day.
 */
export function readDate(text: string, now: Instant): string | null {
  const found = correcting(text, (part) => dayIn(part, now))
  return found === null ? null : iso(found.value.at)
}

/** The day a part of a text names. */
export function dayIn(part: readonly Syllable[], now: Instant): Day | null {
  const says = (...phrases: readonly string[]) => phrases.some((phrase) => find(part, syllables(phrase)) !== 'none')
  const words = digitsFor(part, besideDay)
  return moonDay(words, says, now) ?? sunDay(words, says, now)
}

/** After these a single word is a number: "thứ sáu", "tháng tư", "ngày năm"; before those too: "ba hôm nữa". */
const BEFORE = new Set(['thu', 'thang', 'ngay', 'mung', 'mong', 'hom', 'nam'])
const AFTER = new Set(['ngay', 'hom', 'bua', 'tuan', 'thang', 'tay'])
const besideDay = (before: string, after: string) => BEFORE.has(before) || AFTER.has(after)

/** Why a text that speaks of a day names none that may be meant: it lies behind us, or no month has it (30/2). */
export function whyNoDay(text: string, now: Instant): 'past' | 'no_such_day' | null {
  const part = syllables(text)
  const says = (...phrases: readonly string[]) => phrases.some((phrase) => find(part, syllables(phrase)) !== 'none')
  if (says(...GONE)) return 'past'
  if (dayIn(part, now) !== null) return null
  return DAY_AND_MONTH.test(digitsFor(part, besideDay)) ? 'no_such_day' : null
}

const GONE = ['hôm qua', 'hôm kia', 'hôm trước', 'bữa trước', 'tuần trước', 'tháng trước']
const DAY_AND_MONTH = /(?<!\d)(\d{1,2})(?: thang | )(\d{1,2})(?:(?: nam | )(\d{4}|\d{2}))?(?![\dh]| gio\b)/

type Says = (...phrases: readonly string[]) => boolean

function moonDay(words: string, says: Says, now: Instant): Day | null {
  const lunar = (at: Instant | null) => (at === null ? null : { at, lunar: true })
  if (says('giao thừa', '30 tết', 'ba mươi tết', 'đêm 30 tết')) return lunar(nextNewYearsEve(now))
  const month = says('tháng giêng')
    ? 1
    : says('tháng chạp')
      ? 12
      : Number(/\bthang (\d{1,2})\b/.exec(words)?.[1] ?? Number.NaN)
  const day = Number(/\b(?:mung|mong|ngay) (\d{1,2})\b/.exec(words)?.[1] ?? Number.NaN)
  if (says('rằm')) return lunar(Number.isNaN(month) ? nextFull(now) : nextLunar(15, month, now))
  if (/\b(?:mung|mong) \d{1,2} tet\b/.test(words)) return lunar(nextLunar(day, 1, now))
  const named = says('tháng giêng', 'tháng chạp') || says('âm lịch') || / am$/.test(words)
  if (!named) return null
  const short = /\b(\d{1,2}) (\d{1,2})(?: am| am lich)\b/.exec(words)
  if (short) return lunar(nextLunar(Number(short[1]), Number(short[2]), now))
  return Number.isNaN(day) || Number.isNaN(month) ? null : lunar(nextLunar(day, month, now))
}

/** The next fifteenth of any moon month. */
function nextFull(now: Instant): Instant | null {
  const all = Array.from({ length: 12 }, (_, i) => nextLunar(15, i + 1, now)).filter((at) => at !== null)
  return all.length === 0 ? null : Math.min(...all)
}

const SUNDAY = 7

function sunDay(words: string, says: Says, now: Instant): Day | null {
  const today = localTime(now)
  const day = (at: Instant | null) => (at === null ? null : { at, lunar: false })
  const ahead = (days: number) => day(instantOf(today.year, today.month, today.day + days))
  const nextWeek = /\btuan (?:sau|toi)\b/.test(words)
  if (says(...GONE)) return null
  if (says('hôm nay', 'bữa nay', 'sáng nay', 'trưa nay', 'chiều nay', 'tối nay', 'đêm nay')) return ahead(0)
  const toMonday = 1 - today.weekday + (nextWeek ? 7 : 0)
  const weekday = /\b(?:thu ([2-7])|t([2-7])|(chu nhat|cn))\b/.exec(words)
  if (weekday) {
    const wanted = weekday[3] ? SUNDAY : Number(weekday[1] ?? weekday[2]) - 1
    if (nextWeek) return ahead(toMonday + wanted - 1)
    const days = (wanted - today.weekday + 7) % 7
    return ahead(days === 0 && !/\btuan nay\b/.test(words) ? 7 : days)
  }
  if (says('đầu tuần')) return ahead(nextWeek ? toMonday : toMonday + 7)
  if (says('giữa tuần')) return upcoming(toMonday + 2, ahead)
  if (says('cuối tuần')) return upcoming(toMonday + 5, ahead)
  const later = /\b(\d{1,2}) (ngay|hom|bua|tuan|thang) nua\b/.exec(words)
  if (later) return ahead(Number(later[1]) * (later[2] === 'tuan' ? 7 : later[2] === 'thang' ? 30 : 1))
  const inMonth = monthDay(words, says, today)
  if (inMonth !== undefined) return day(inMonth)
  // "Nay" alone is today; with week, month or year it is not a day.
  if (says('nay') && !says('tuần này', 'tháng này', 'năm nay')) return ahead(0)
  // "Một" with its own mark is one, not the day after tomorrow.
  if (
    (says('ngày kia') || (says('mốt') && /\bmot\b/.test(words))) &&
    !/\b(?:mot|1) (?:tuan|thang|ngay|nam)\b|\bthang (?:mot|1)\b/.test(words)
  )
    return ahead(2)
  if (says('mai', 'mơi')) return ahead(1)
  return day(numbered(words, now))
}

/** This week's day, or next week's once it has gone by. */
function upcoming(days: number, ahead: (days: number) => Day | null): Day | null {
  return ahead(days < 0 ? days + 7 : days)
}

/** "Cuối tháng", "đầu tháng sau", "ngày 10 tháng sau"; undefined where nothing of the kind stands. */
function monthDay(words: string, says: Says, today: ReturnType<typeof localTime>): Instant | null | undefined {
  const next = says('tháng sau', 'tháng tới') ? 1 : 0
  if (says('cuối tháng')) return instantOf(today.year, today.month + next + 1, 0)
  if (says('đầu tháng')) return instantOf(today.year, today.month + Math.max(next, today.day > 1 ? 1 : 0), 1)
  if (says('giữa tháng')) return instantOf(today.year, today.month + (next || (today.day > 15 ? 1 : 0)), 15)
  const date = next ? /\b(?:ngay|mung|mong|hom) (\d{1,2})\b|\b(\d{1,2}) (?:tay )?thang\b/.exec(words) : null
  if (!date) return undefined
  return existing(today.year, today.month + 1, Number(date[1] ?? date[2]))
}

function numbered(words: string, now: Instant): Instant | null {
  const today = localTime(now)
  const numeric = DAY_AND_MONTH.exec(words.replace(/\b(\d{1,2}) tay\b/, '$1'))
  if (numeric) return calendar(Number(numeric[1]), Number(numeric[2]), yearOf(numeric[3]), now)
  const day = /\b(?:ngay|mung|mong|hom) (\d{1,2})\b|\b(\d{1,2}) tay\b/.exec(words)
  if (!day) return null
  const date = Number(day[1] ?? day[2])
  const here = calendar(date, today.month, null, now)
  const soon = here !== null && localTime(here).year === today.year ? here : null
  return soon ?? calendar(date, (today.month % 12) + 1, null, now)
}

function yearOf(digits: string | undefined): number | null {
  if (digits === undefined) return null
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function calendar(day: number, month: number, year: number | null, now: Instant): Instant | null {
  const today = localTime(now)
  if (year !== null) return existing(year, month, day)
  const at = existing(today.year, month, day)
  const past = at !== null && at < instantOf(today.year, today.month, today.day)
  return past || at === null ? (existing(today.year + 1, month, day) ?? (past ? at : null)) : at
}

/** 30/2 is no day. */
function existing(year: number, month: number, day: number): Instant | null {
  const at = instantOf(year, month, day)
  const t = localTime(at)
  return t.day === day && (t.month - 1) % 12 === (month - 1) % 12 ? at : null
}

export function iso(at: Instant): string {
  const t = localTime(at)
  return `${t.year}-${String(t.month).padStart(2, '0')}-${String(t.day).padStart(2, '0')}`
}
