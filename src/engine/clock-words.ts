import type { Instant } from './content.ts'
import { instantOf, localTime } from './hours.ts'
import { fold } from './text.ts'

/** Small numbers as people write them, without marks. */
const NUMBERS: Readonly<Record<string, number>> = {
  khong: 0,
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
}

/** A whole number written in digits or as one word; null for anything else. */
export function readNumber(text: string): number | null {
  const words = fold(text)
  if (/^\d{1,9}$/.test(words)) return Number(words)
  return NUMBERS[words] ?? null
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
  const words = fold(text)
  const today = localTime(now)
  const ahead = (days: number) => iso(instantOf(today.year, today.month, today.day + days))
  if (/\b(hom nay|bua nay|nay)\b/.test(words)) return ahead(0)
  if (/\b(ngay kia|ngay mot|mot)\b/.test(words) && !/\bthang mot\b/.test(words)) return ahead(2)
  if (/\b(ngay mai|mai)\b/.test(words)) return ahead(1)
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
  const numeric = /(?<!\d)(\d{1,2})\s*(?:[/.-]|\s+thang\s+|\s)\s*(\d{1,2})(?:\s*(?:[/.-]|\s+nam\s+|\s)\s*(\d{4}))?(?!\d)/
  const found = numeric.exec(words)
  if (found) return calendar(Number(found[1]), Number(found[2]), found[3] ? Number(found[3]) : null, now)
  const day = /\b(?:ngay|mung|mong)\s+(\d{1,2})\b/.exec(words)
  if (day) {
    const here = calendar(Number(day[1]), today.month, null, now)
    const soon = here?.startsWith(String(today.year)) ? here : null
    return soon ?? calendar(Number(day[1]), (today.month % 12) + 1, null, now)
  }
  return null
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

/**
 * A time of day in minutes after midnight: 14:30, 2h, 2 giờ rưỡi chiều, 7 giờ kém 15. One to six o'clock without a
 * part of the day is read as afternoon; the answer is always confirmed back. Null when unclear.
 */
export function readTime(text: string): number | null {
  const plain = fold(text)
  const found = /(?<!\d)(\d{1,2})\s*(?:gio|h|g|:|\s)?\s*(ruoi|kem\s+\d{1,2}|\d{2})?(?!\d)/.exec(
    text.includes(':') ? text.replaceAll(':', ' ') : plain.replace(/(\d)(h|g)(\d|$|\s)/g, '$1 h $3'),
  )
  const word = /\b(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+(?:gio|ruoi)/.exec(plain)
  const hour = found ? Number(found[1]) : word ? NUMBERS[word[1]!]! : null
  if (hour === null || hour > 24) return null
  let minutes = 0
  const tail = found?.[2] ?? (/\bruoi\b/.test(plain) ? 'ruoi' : '')
  if (tail === 'ruoi' || /\bruoi\b/.test(plain)) minutes = 30
  else if (tail.startsWith('kem')) minutes = -Number(tail.replace(/\D/g, ''))
  else if (tail !== '') minutes = Number(tail)
  if (minutes > 59) return null
  const afternoon = /\b(chieu|toi|dem|pm)\b/.test(plain) || (/\btrua\b/.test(plain) && hour < 11)
  const morning = /\b(sang|am|trua)\b/.test(plain)
  const base = afternoon && hour < 12 ? hour + 12 : !morning && hour >= 1 && hour <= 6 ? hour + 12 : hour
  const total = (base % 24) * 60 + minutes
  return total >= 0 && total < 1440 ? total : null
}
