import type { Instant } from './content.ts'
import { instantOf, localTime } from './hours.ts'
import { compare, find, fold, particle, type Syllable, syllables } from './text.ts'

/** Small numbers as people write them. */
const NUMBERS = 'không một hai ba bốn năm sáu bảy tám chín mười'
  .split(' ')
  .map((word, value) => ({ word: syllables(word)[0]!, value }))
  .concat({ word: syllables('tư')[0]!, value: 4 })

/** The number one syllable stands for: digits, or a word whose marks, where typed, agree ("bà" is not three). */
export function numberWord(syllable: Syllable): number | null {
  if (/^\d{1,9}$/.test(syllable.bare)) return Number(syllable.bare)
  return NUMBERS.find(({ word }) => compare(syllable, word) !== 'none')?.value ?? null
}

/** The only whole number of a short text ("2", "hai", "khoảng 3 lần ạ"); null when there is none, or more than one. */
export function readNumber(text: string): number | null {
  const typed = syllables(text.slice(0, 200)).filter((one) => !particle(one))
  if (typed.length === 1) return numberWord(typed[0]!)
  const digits = text.slice(0, 200).match(/\d+/g) ?? []
  return typed.length <= 6 && digits.length === 1 && digits[0]!.length <= 9 ? Number(digits[0]) : null
}

const DAYS = new Map([
  ['hai', 1],
  ['ba', 2],
  ['tu', 3],
  ['nam', 4],
  ['sau', 5],
  ['bay', 6],
])

/**
 * A simple date: hôm nay, mai, thứ Sáu (tuần sau), 30/4, ngày 5 tháng 12. Returned as `2026-11-30` and always
 * confirmed back to the person; null when unclear. Dates without a year are the next such day.
 */
export function readDate(text: string, now: Instant): string | null {
  const words = fold(text.slice(0, 200))
  const typed = syllables(text.slice(0, 200))
  const says = (...phrases: readonly string[]) => phrases.some((phrase) => find(typed, syllables(phrase)) !== 'none')
  const today = localTime(now)
  const ahead = (days: number) => iso(instantOf(today.year, today.month, today.day + days))
  if (says('hôm nay', 'bữa nay', 'sáng nay', 'trưa nay', 'chiều nay', 'tối nay', 'đêm nay')) return ahead(0)
  const weekday = /\b(?:thu ([2-7]|hai|ba|tu|nam|sau|bay)|t([2-7])|(chu nhat|cn))\b(.*)/.exec(words)
  if (weekday) {
    const word = weekday[1] ?? weekday[2] ?? ''
    const wanted = weekday[3] ? 7 : (DAYS.get(word) ?? Number(word) - 1)
    const toMonday = 1 - today.weekday
    const rest = weekday[4] ?? ''
    if (/\btuan (sau|toi)\b/.test(rest)) return ahead(toMonday + 7 + wanted - 1)
    const days = (wanted - today.weekday + 7) % 7
    return ahead(days === 0 && !/\btuan nay\b/.test(rest) ? 7 : days)
  }
  if (says('nay') && !says('tuần này', 'tháng này', 'năm nay')) return ahead(0)
  // "Một" with its own mark is one, not the day after tomorrow.
  if (says('ngày kia', 'mốt') && !/\bmot (?:tuan|thang|ngay|nam)\b|\bthang mot\b/.test(words)) return ahead(2)
  if (says('mai')) return ahead(1)
  const later = /\b(\d{1,2}) (?:ngay|hom|bua) nua\b/.exec(words)
  if (later) return ahead(Number(later[1]))
  const numeric =
    /(?<!\d)(\d{1,2})\s*(?:[/.-]|\s+thang\s+|\s)\s*(\d{1,2})(?:\s*(?:[/.-]|\s+nam\s+|\s)\s*(\d{4}|\d{2}))?(?!\d)/
  const found = numeric.exec(words)
  if (found) return calendar(Number(found[1]), Number(found[2]), yearOf(found[3]), now)
  const day = /\b(?:ngay|mung|mong)\s+(\d{1,2})\b/.exec(words)
  if (day) {
    const here = calendar(Number(day[1]), today.month, null, now)
    const soon = here?.startsWith(String(today.year)) ? here : null
    return soon ?? calendar(Number(day[1]), (today.month % 12) + 1, null, now)
  }
  return null
}

function yearOf(digits: string | undefined): number | null {
  if (digits === undefined) return null
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function calendar(day: number, month: number, year: number | null, now: Instant): string | null {
  const today = localTime(now)
  const make = (y: number) => {
    const at = localTime(instantOf(y, month, day))
    return at.day === day && at.month === month ? instantOf(y, month, day) : null
  }
  if (year !== null) return iso(make(year))
  const at = make(today.year)
  const past = at !== null && at < instantOf(today.year, today.month, today.day)
  return iso(past || at === null ? (make(today.year + 1) ?? at) : at)
}

function iso(at: Instant | null): string | null {
  if (at === null) return null
  const t = localTime(at)
  return `${t.year}-${String(t.month).padStart(2, '0')}-${String(t.day).padStart(2, '0')}`
}

const UNIT = 'mot|hai|ba|bon|tu|lam|nam|sau|bay|tam|chin'
const SPELLED = `(?:(?:hai |ba |bon |nam )?muoi(?: (?:${UNIT}))?|${UNIT})`
const UNITS: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  lam: 5,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
}

/** `muoi mot` → 11, `ba muoi` → 30. */
function spelled(words: string): number {
  const [before, after] = words.includes('muoi') ? words.split('muoi').map((part) => part.trim()) : [undefined, words]
  const tens = before === undefined ? 0 : before === '' ? 10 : 10 * UNITS[before]!
  return tens + (after ? UNITS[after]! : 0)
}

/** The folded text with its hours as `7 h 30`, whether typed 7:30, 7h30, 7 giờ 30 or bảy giờ ba mươi. */
function clockText(text: string): string {
  const digits = (words: string) => String(spelled(words))
  return fold(text)
    .replace(new RegExp(`\\b(${SPELLED})(?= (?:gio|h|ruoi)\\b)`, 'g'), digits)
    .replace(/(\d) ?(?:gio|h|g)(?=\d|\b)/g, '$1 h ')
    .replace(/ {2,}/g, ' ')
    .replace(new RegExp(`(?<=\\d h (?:kem )?)(${SPELLED})\\b`), digits)
}

/**
 * A time of day in minutes after midnight: 14:30, 2h, 2 giờ rưỡi chiều, 7 giờ kém 15. One to six o'clock without a
 * part of the day is read as afternoon; the answer is always confirmed back. Null when unclear.
 */
export function readTime(text: string): number | null {
  const near = text.slice(0, 200)
  const plain = clockText(near)
  const found = /(?<!\d)(\d{1,2})(?: h)?(?: (ruoi|kem \d{1,2}|\d{2}|\d(?= (?:p|phut)\b)))?(?:p|ph)?(?!\d)/.exec(plain)
  if (!found || Number(found[1]) > 24) return null
  const tail = found[2] ?? ''
  const minutes = tail === 'ruoi' ? 30 : tail.startsWith('kem') ? -Number(tail.slice(4)) : Number(tail)
  if (Math.abs(minutes) > 59) return null
  return (((partOfDay(Number(found[1]) % 24, near, plain) * 60 + minutes) % 1440) + 1440) % 1440
}

/** The hour on the 24-hour clock. */
function partOfDay(hour: number, text: string, plain: string): number {
  const typed = syllables(text)
  const says = (word: string) => find(typed, syllables(word)) !== 'none'
  // "toi" without its mark is as often "tôi".
  const evening =
    find(typed, syllables('tối')) === 'exact' ||
    (/\btoi\b/.test(plain.replace(/\b(?:cho|goi|cua|voi|so|nhan) toi\b/g, '')) && says('tối'))
  if (hour > 12) return hour
  if (says('đêm') || says('khuya')) return hour === 12 ? 0 : hour >= 6 ? hour + 12 : hour
  if (says('sáng') || /(?:\d|\b)am\b/.test(plain)) return hour === 12 ? 0 : hour
  if (evening) return hour === 12 ? 0 : hour + 12
  if (says('chiều') || /(?:\d|\b)pm\b/.test(plain)) return hour === 12 ? 12 : hour + 12
  if (says('trưa')) return hour <= 3 ? hour + 12 : hour
  return hour >= 1 && hour <= 6 ? hour + 12 : hour
}
